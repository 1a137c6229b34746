"""The parts that the preference center has by itself, and what each is made from."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from ethical_personalization.facts.stated import PURPOSE as STATED
from ethical_personalization.shopper.answers import proposed_purposes
from ethical_personalization.shopper.request_keys import new_key
from ethical_personalization.transparency.completeness import with_full_terms
from ethical_personalization.transparency.notice import open_to_choice
from ethical_personalization.transparency.screens import Words, fingerprint

from .choice_cards import choice_cards
from .correspondence import correspondence
from .effects import effects_now
from .history import newest_choices
from .known_facts import Surroundings, known_facts
from .muted import muted_entries
from .narrowed import age_context
from .notices import center_notice, likes_notice, proposal_notice
from .other_sites import other_sites
from .overtaken import digest_of_answers
from .questions import asked_questions
from .sections import CenterPage, Section

_FOLDER = "ethical_personalization/preferences/"
Made = Mapping[str, Any] | None


def _proposal(page: CenterPage) -> Made:
    proposed = proposed_purposes(page.shopper)
    purposes = [words for words in page.offered if words["key"] in proposed]
    if not purposes:
        return None
    words = proposal_notice(purposes, page.controller)
    return {"proposal": _with_fingerprint(words), "heading": words["heading"]}


def _choices(page: CenterPage) -> Made:
    open_purposes = open_to_choice(page.offered)
    cards = choice_cards(page.shopper, open_purposes, effects_now())
    before = {card.purpose["key"]: card.answer for card in cards}
    words = center_notice(open_purposes, page.controller, before)
    full = zip(cards, words["purposes"], strict=True)
    needed = [words for words in page.offered if words not in open_purposes]
    choices = {
        **_with_fingerprint(words),
        "cards": [replace(card, purpose=purpose) for card, purpose in full],
        "needed": [with_full_terms(words, page.controller) for words in needed],
    }
    return {"choices": choices}


def _likes(page: CenterPage) -> Made:
    words = likes_notice(page.offered, page.controller)
    is_paused = page.shopper.consent.narrowing.is_paused(now=page.shopper.now)
    is_asked = words["purposes"] and not is_paused
    questions = asked_questions(page.shopper, page.answers) if is_asked else []
    if not questions:
        return None
    likes = {
        **_with_fingerprint(words),
        "questions": [
            asked.with_ticks(page.ticked.get(asked.key, asked.ticked)) for asked in questions
        ],
        "stood": digest_of_answers({asked.key: asked.ticked for asked in questions}),
        "is_permitted": STATED in page.shopper.permitted,
    }
    return {"likes": likes}


def _known(page: CenterPage) -> Made:
    surroundings = Surroundings(effects=effects_now(), anchors=page.anchors, answers=page.answers)
    known = known_facts(page.shopper, page.offered, surroundings)
    return {
        "known": known,
        "is_something_off": not all(group.is_permitted for group in known),
    }


def _muted(page: CenterPage) -> Made:
    muted = muted_entries(page.shopper)
    return {"muted": muted} if muted else None


def _pause(page: CenterPage) -> Made:
    pause = page.narrowed["pause"]
    return {"heading": pause["words"]["heading"]} if pause is not None else None


def _history(page: CenterPage) -> Made:
    return {"history": newest_choices(page.shopper), "other_sites": other_sites(page.shopper)}


def _with_fingerprint(words: Words) -> dict[str, Any]:
    return {"words": words, "fingerprint": fingerprint(words), "request_key": new_key()}


#: The gaps are for what others add: messages and prices stand at 60 and 70.
OUR_SECTIONS = (
    Section(
        key="proposal",
        heading=_("Shall this hold for your account?"),
        template=_FOLDER + "proposal.html",
        context=_proposal,
        order=10,
    ),
    Section(
        key="choices",
        heading=_("Your choices"),
        template=_FOLDER + "choices.html",
        context=_choices,
        order=20,
    ),
    Section(
        key="likes",
        heading=_("What you like"),
        template=_FOLDER + "likes.html",
        context=_likes,
        order=30,
    ),
    Section(
        key="known",
        heading=_("What we know"),
        template=_FOLDER + "known.html",
        context=_known,
        order=40,
    ),
    Section(
        key="muted",
        heading=_("Muted and hidden"),
        template=_FOLDER + "muted.html",
        context=_muted,
        order=50,
    ),
    Section(
        key="pause",
        heading=_("Pause everything"),
        template=_FOLDER + "pause.html",
        context=_pause,
        order=80,
    ),
    Section(
        key="age",
        heading=_("Your age"),
        template=_FOLDER + "age.html",
        context=lambda page: {"age": age_context(page.shopper)},
        order=90,
    ),
    Section(
        key="history",
        heading=_("History of choices"),
        template=_FOLDER + "history.html",
        context=_history,
        order=100,
    ),
    Section(
        key="data",
        heading=_("Your data"),
        template=_FOLDER + "data_link.html",
        context=lambda page: {},
        order=110,
    ),
    Section(
        key="questions",
        heading=_("Questions and complaints"),
        template=_FOLDER + "correspondence.html",
        context=lambda page: {"correspondence": correspondence(page.shopper, page.controller)},
        order=120,
    ),
)
