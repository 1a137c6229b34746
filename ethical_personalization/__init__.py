"""Personalisation for django-oscar and Wagtail shops that asks first and says why."""

__version__ = "0.1.0"
