"""Whether the hosts, the addresses and the templates are set up for us."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.management import get_commands
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from ethical_personalization.personalization.adapter import ConsentSegmentsAdapter
from ethical_personalization.personalization.host_hooks import still_registered
from ethical_personalization.well_known import gpc_statement

from .messages import error, warning

ADAPTER = f"{ConsentSegmentsAdapter.__module__}.{ConsentSegmentsAdapter.__name__}"
HOST_CONFIG = "wagtail_personalisation.config.WagtailPersonalisationConfig"
URLS = 'path("preferences/", include("ethical_personalization.urls")),'
GPC_ADDRESS = "/.well-known/gpc.json"
GPC_URLS = 'path(".well-known/", include("ethical_personalization.well_known")),'
REQUEST = "django.template.context_processors.request"


def check_adapter(**kwargs: Any) -> list[CheckMessage]:
    """wagtail-personalisation asks us for segments."""
    if getattr(settings, "PERSONALISATION_SEGMENTS_ADAPTER", None) == ADAPTER:
        return []
    return [
        error(
            "E004",
            "wagtail-personalisation evaluates segments itself, without asking for consent.",
            f'Add to your settings: PERSONALISATION_SEGMENTS_ADAPTER = "{ADAPTER}"',
        )
    ]


def check_host_config(**kwargs: Any) -> list[CheckMessage]:
    """By its bare name wagtail-personalisation would want a migration and connect nothing."""
    if "wagtail_personalisation" not in settings.INSTALLED_APPS:
        return []
    return [
        error(
            "E005",
            "wagtail-personalisation is installed without its config.",
            f'In INSTALLED_APPS replace "wagtail_personalisation" by "{HOST_CONFIG}",',
        )
    ]


def check_host_hooks(**kwargs: Any) -> list[CheckMessage]:
    """Nothing of wagtail-personalisation stores visits or serves variants behind our back."""
    return [
        error(
            "E006",
            f"wagtail-personalisation's hook {name} is registered, which asks nobody for consent.",
            "Remove the code that registers it after the apps are ready.",
        )
        for name in still_registered()
    ]


def check_urls(**kwargs: Any) -> list[CheckMessage]:
    """The shopper can reach her choices."""
    try:
        reverse("ethical_personalization:center")
    except NoReverseMatch:
        hint = f"Add to your urlpatterns, before Wagtail's: {URLS}"
        return [error("E007", "The preference center has no address.", hint)]
    return []


def check_gpc_statement(**kwargs: Any) -> list[CheckMessage]:
    """A shop that honours Global Privacy Control says so where browsers look for it."""
    try:
        found: Any = resolve(GPC_ADDRESS).func
    except Resolver404:
        found = None
    if found is gpc_statement:
        return []
    hint = f"Add to your urlpatterns, before Wagtail's: {GPC_URLS}"
    return [warning("W008", f"Nothing of ours answers at {GPC_ADDRESS}.", hint)]


def check_templates(**kwargs: Any) -> list[CheckMessage]:
    """Template tags see the request."""
    for engine in settings.TEMPLATES:
        options: Any = engine.get("OPTIONS", {})
        if REQUEST in options.get("context_processors", ()):
            return []
    hint = f'Add to "context_processors" in TEMPLATES: "{REQUEST}",'
    return [error("E008", "Templates don't see the request, so no tag of ours works.", hint)]


def check_commands(**kwargs: Any) -> list[CheckMessage]:
    """``rebuild_index`` calls ``update_index``; Wagtail's would leave the catalogue empty."""
    if not get_commands().get("update_index", "").startswith("wagtail"):
        return []
    hint = "In INSTALLED_APPS put *oscar.INSTALLED_APPS before Wagtail's apps."
    return [warning("W004", "The command update_index is Wagtail's, not Oscar's.", hint)]
