"""The question at the foot of every page, until it is answered."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ethical_personalization.shopper.shopper import shopper_for

from .addresses import same_page
from .kept_html import rendered_once
from .notice import asked_for_consent, banner_notice, fingerprint
from .offered import Offered, offered_at_hand
from .saved import saved_message

APP = "ethical_personalization"
TEMPLATE = "ethical_personalization/consent_banner.html"
#: Stands in the kept question where each page's own address goes.
_WAY_BACK = "ep-way-back"


def banner(request: HttpRequest | None) -> SafeString:
    """The notice for whoever has not answered; a note for whoever just did; else nothing.

    Nothing on our own pages, which hold the same question in full.
    """
    if request is None or _is_ours(request):
        return SafeString()
    if shopper_for(request).has_answered:
        saved = saved_message(request)
        return render_to_string(TEMPLATE, {"saved": saved}) if saved else SafeString()
    offered = offered_at_hand()
    kept = rendered_once("banner", lambda: _question(offered), offered.edition)
    return mark_safe(kept.replace(_WAY_BACK, escape(_way_back(request))))  # noqa: S308 - escaped


def _question(offered: Offered) -> str:
    """The same for everybody; empty where nothing needs a yes."""
    purposes = asked_for_consent(offered.words())
    if not purposes:
        return ""
    words = banner_notice(purposes)
    context = {"notice": words, "fingerprint": fingerprint(words), "next": _WAY_BACK}
    return render_to_string(TEMPLATE, context)


def _is_ours(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.app_name == APP


def _way_back(request: HttpRequest) -> str:
    """A page that only answers to a form can't be gone back to."""
    return same_page(request) if request.method in ("GET", "HEAD") else ""
