"""In which words a shopper is told that her browser's "no" is honoured (CCPA regulations §7025)."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.models import Purpose

from .addresses import is_our_page
from .kept_html import rendered_once
from .offered import Offered, offered_at_hand

TEMPLATE = "ethical_personalization/gpc_note.html"


def gpc_note(request: HttpRequest | None) -> SafeString:
    """The same hidden note for everybody; our module shows it where the browser sends the signal.

    So the page does not depend on the header. Empty where no purpose honours it, and on our own
    pages, where the server tells.
    """
    if request is not None and is_our_page(request):
        return SafeString()
    offered = offered_at_hand(request)
    return rendered_once("gpc", lambda: _note(offered), offered.edition)


def honoured(purposes: Sequence[Purpose]) -> list[Purpose]:
    """The purposes that the signal says no to."""
    return [each for each in _open(purposes) if each.honours_gpc]


def honoured_sentence(purposes: Sequence[Purpose]) -> str:
    """What the signal does in this shop; empty where it does nothing."""
    named = honoured(purposes)
    if not named:
        return ""
    if len(named) == len(_open(purposes)):
        return gettext(
            "Your browser sends Global Privacy Control, and we honour it: nothing about you is "
            "used, except what you allow here all the same."
        )
    return gettext(
        "Your browser sends Global Privacy Control, and we honour it for: %(purposes)s. Nothing "
        "about you is used for that, except what you allow here all the same."
    ) % {"purposes": " · ".join(map(str, named))}


def _open(purposes: Sequence[Purpose]) -> list[Purpose]:
    """What the contract needs rests on no choice."""
    return [
        each
        for each in purposes
        if each.declaration is not None and each.declaration.basis is not LawfulBasis.CONTRACT
    ]


def _note(offered: Offered) -> str:
    sentence = honoured_sentence(offered.purposes)
    return render_to_string(TEMPLATE, {"sentence": sentence}) if sentence else ""
