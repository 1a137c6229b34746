"""Whether the shopper's middleware is there, and where it has to be."""

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.checks import CheckMessage
from django.middleware.cache import UpdateCacheMiddleware
from django.utils.module_loading import import_string
from oscar.core.loading import get_class

from ethical_personalization.middleware import ShopperMiddleware

from .messages import error

OURS = "ethical_personalization.middleware.ShopperMiddleware"


def check_middleware(**kwargs: Any) -> list[CheckMessage]:
    """Session, account and basket are known before the shopper is."""
    ours = _position(ShopperMiddleware)
    if ours is None:
        return [error("E001", "MIDDLEWARE lacks ours.", f'Add as its last line: "{OURS}",')]
    basket = get_class("basket.middleware", "BasketMiddleware")
    return [
        error(
            "E002",
            f"ShopperMiddleware stands before {needed.__name__}, which it needs.",
            f'Move "{OURS}", to the end of MIDDLEWARE.',
        )
        for needed in (SessionMiddleware, AuthenticationMiddleware, basket)
        if (_position(needed) or 0) > ours
    ]


def check_cache_middleware(**kwargs: Any) -> list[CheckMessage]:
    """A page has learnt that it is private before Django's cache middleware sees it."""
    ours, cache = _position(ShopperMiddleware), _position(UpdateCacheMiddleware)
    if ours is None or cache is None or cache < ours:
        return []
    return [
        error(
            "E003",
            "The cache middleware stands after ShopperMiddleware and would keep personal pages.",
            'Move "django.middleware.cache.UpdateCacheMiddleware", to the top of MIDDLEWARE.',
        )
    ]


def _position(wanted: type) -> int | None:
    for number, path in enumerate(settings.MIDDLEWARE):
        try:
            found = import_string(path)
        except ImportError:
            continue  # Django itself says so
        if isinstance(found, type) and issubclass(found, wanted):
            return number
    return None
