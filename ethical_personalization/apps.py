"""How the app starts inside a Django project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EthicalPersonalizationConfig(AppConfig):
    """One app, one line in ``INSTALLED_APPS``."""

    name = "ethical_personalization"
    verbose_name = _("Ethical personalisation")
    default_auto_field = "django.db.models.BigAutoField"
