"""The preference center: her choices, what she likes, what we know, and what she chose when."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from ethical_personalization.facts.stated import PURPOSE as STATED
from ethical_personalization.shopper.answers import proposed_purposes
from ethical_personalization.shopper.gpc import HEADER
from ethical_personalization.shopper.request_keys import new_key
from ethical_personalization.shopper.shopper import Shopper, shopper_for
from ethical_personalization.transparency.completeness import with_full_terms
from ethical_personalization.transparency.notice import open_to_choice
from ethical_personalization.transparency.offers import offered_to
from ethical_personalization.transparency.responsible import controller_of
from ethical_personalization.transparency.saved import saved_message
from ethical_personalization.transparency.screens import Words, fingerprint

from .choice_cards import choice_cards
from .correspondence import correspondence
from .history import history_of
from .known_facts import known_facts
from .muted import muted_entries
from .narrowed import narrowed
from .notices import center_notice, likes_notice, proposal_notice
from .other_sites import other_sites
from .questions import asked_questions
from .replies import endpoint, refusal, wants_json


@endpoint("GET", "HEAD")
def center(request: HttpRequest) -> HttpResponse:
    """The whole page; opening it changes nothing."""
    return center_page(request)


def center_page(
    request: HttpRequest, *, complaints: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with ``complaints`` (section to sentence) about what was just sent."""
    if complaints and wants_json(request):
        return refusal(request, "", " ".join(complaints.values()), status=status)
    shopper = shopper_for(request)
    offered, controller = offered_to(shopper), controller_of(shopper.site_id)
    known = known_facts(shopper, offered)
    context = {
        "shopper": shopper,
        "message": saved_message(request),
        "complaints": complaints or {},
        "proposal": _proposal(shopper, offered, controller),
        "choices": _choices(shopper, offered, controller),
        "likes": _likes(shopper, offered, controller),
        "known": known,
        "is_something_off": not all(group.is_permitted for group in known),
        "muted": muted_entries(shopper),
        **narrowed(shopper),
        "history": history_of(shopper),
        "correspondence": correspondence(shopper, controller),
        "other_sites": other_sites(shopper),
    }
    response = render(
        request, "ethical_personalization/preferences/center.html", context, status=status
    )
    patch_vary_headers(response, [HEADER])  # here alone: other pages leave it to the browser
    return response


def _proposal(
    shopper: Shopper, offered: Sequence[Words], controller: dict[str, str]
) -> dict[str, Any] | None:
    proposed = proposed_purposes(shopper)
    purposes = [words for words in offered if words["key"] in proposed]
    return _with_fingerprint(proposal_notice(purposes, controller)) if purposes else None


def _choices(
    shopper: Shopper, offered: Sequence[Words], controller: dict[str, str]
) -> dict[str, Any]:
    open_purposes = open_to_choice(offered)
    cards = choice_cards(shopper, open_purposes)
    before = {card.purpose["key"]: card.answer for card in cards}
    words = center_notice(open_purposes, controller, before)
    full = zip(cards, words["purposes"], strict=True)
    needed = [words for words in offered if words not in open_purposes]
    return {
        **_with_fingerprint(words),
        "cards": [replace(card, purpose=purpose) for card, purpose in full],
        "needed": [with_full_terms(words, controller) for words in needed],
    }


def _likes(
    shopper: Shopper, offered: Sequence[Words], controller: dict[str, str]
) -> dict[str, Any] | None:
    words = likes_notice(offered, controller)
    is_asked = words["purposes"] and not shopper.consent.narrowing.is_restricted
    questions = asked_questions(shopper) if is_asked else []
    if not questions:
        return None
    return {
        **_with_fingerprint(words),
        "questions": questions,
        "is_permitted": STATED in shopper.permitted,
    }


def _with_fingerprint(words: Words) -> dict[str, Any]:
    return {"words": words, "fingerprint": fingerprint(words), "request_key": new_key()}
