"""The question at the foot of every page, until it is answered."""

from typing import Any

from django.http import HttpRequest

from ethical_personalization.shopper.shopper import shopper_for

from .addresses import same_page
from .notice import asked_for_consent, banner_notice, fingerprint
from .offered import cached_purposes
from .saved import saved_message

APP = "ethical_personalization"


def banner_context(request: HttpRequest | None) -> dict[str, Any]:
    """The notice for whoever has not answered; a note for whoever just did; else nothing.

    Nothing on our own pages, which hold the same question in full.
    """
    if request is None or _is_ours(request):
        return {}
    if shopper_for(request).has_answered:
        return {"saved": saved_message(request)}
    purposes = asked_for_consent(cached_purposes())
    if not purposes:
        return {}
    words = banner_notice(purposes)
    return {"notice": words, "fingerprint": fingerprint(words), "next": _way_back(request)}


def _is_ours(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.app_name == APP


def _way_back(request: HttpRequest) -> str:
    """A page that only answers to a form can't be gone back to."""
    return same_page(request) if request.method in ("GET", "HEAD") else ""
