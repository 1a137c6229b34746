"""The question at the foot of every page, until it is answered; later only what is open."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ethical_personalization.core.asking import WhyAsked
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.shopper.who import who_of

from .addresses import is_our_page, same_page
from .kept_html import rendered_once
from .notice import asked_for_consent, banner_notice
from .offered import Offered, offered_at_hand
from .open_questions import questions_for
from .responsible import controller_at_hand
from .saved import saved_message
from .screens import fingerprint

TEMPLATE = "ethical_personalization/consent_banner.html"
#: Stands in the kept question where each page's own address goes.
_WAY_BACK = "ep-way-back"
#: And where it says for whom it was made.
_WHO = "ep-for-whom"


def banner(request: HttpRequest | None) -> SafeString:
    """The notice for whoever has not answered; a note for whoever just did; else nothing.

    Who has answered is asked again only on what is new, has changed or run out. Nothing on our own
    pages, which hold the same question in full.
    """
    if request is None or is_our_page(request):
        return SafeString()
    shopper, offered = shopper_for(request), offered_at_hand(request)
    asked = questions_for(shopper, offered)
    if asked is not None:
        saved = saved_message(request)
        if saved:
            return render_to_string(TEMPLATE, {"saved": saved})
        if not asked:
            return SafeString()
    controller = controller_at_hand(request)
    # Without an account the first question is the same for everybody: its page can be kept for all.
    shopper.is_named = shopper.user is not None
    who = who_of(request) if asked or shopper.is_named else ""
    kept = rendered_once(
        "banner",
        lambda: _question(offered, controller, asked, who=_WHO if who else ""),
        offered.edition,
        tuple(controller.items()),
        tuple((asked or {}).items()),
        bool(who),
    )
    made = kept.replace(_WAY_BACK, escape(_way_back(request))).replace(_WHO, who)
    return mark_safe(made)  # noqa: S308 - escaped


def _question(
    offered: Offered,
    controller: dict[str, str],
    asked: Mapping[str, WhyAsked] | None,
    *,
    who: str,
) -> str:
    """The same for everybody who is asked the same; empty where nothing needs a yes."""
    purposes = asked_for_consent(offered.words())
    if asked is not None:
        purposes = [words for words in purposes if words["key"] in asked]
    if not purposes:
        return ""
    words = banner_notice(purposes, controller, asked)
    context = {"notice": words, "fingerprint": fingerprint(words), "next": _WAY_BACK, "who": who}
    return render_to_string(TEMPLATE, context)


def _way_back(request: HttpRequest) -> str:
    """A page that only answers to a form can't be gone back to."""
    return same_page(request) if request.method in ("GET", "HEAD") else ""
