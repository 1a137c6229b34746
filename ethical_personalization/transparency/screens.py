"""The screen on which a choice is offered: what the ledger keeps of it, and its fingerprint."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from ethical_personalization.core.notices import notice_hash

from .inert import inert
from .kept_html import rendered_once

#: What is on screen, as JSON: text, lists and objects of text, nothing else.
Words = dict[str, Any]

_OURS = "ethical_personalization"
_SALT = f"{_OURS}.notice"
_STYLES = (f"{_OURS}/ep.css", f"{_OURS}/ep-preferences.css")


def _choices(words: Words) -> dict[str, Any]:
    """Each purpose as it stood: the dates of her earlier choices are in the ledger, not here."""
    cards = [
        {"purpose": purpose, "answer": words["before"].get(purpose["key"], "")}
        for purpose in words["purposes"]
    ]
    return {"choices": {"words": words, "cards": cards}, **_headed(words)}


def _headed(words: Words) -> dict[str, Any]:
    """The frame of a section takes its heading from there."""
    return {"section": {"heading": words["heading"]}}


#: By the kind of the words: the template that asks, and what it is rendered with.
_ASKING: Mapping[str, tuple[str, Callable[[Words], dict[str, Any]]]] = {
    "banner": ("consent_banner.html", lambda words: {"notice": words}),
    "center": ("preferences/choices.html", _choices),
    "proposal": (
        "preferences/proposal.html",
        lambda words: {"proposal": {"words": words}, **_headed(words)},
    ),
    "likes": ("preferences/likes_consent.html", lambda words: {"likes": {"words": words}}),
    "undo": ("preferences/undo.html", lambda words: {"undo": {"words": words}}),
    "registration": ("preferences/registration_consent.html", lambda words: {"words": words}),
    "confirmation": ("preferences/confirmation_question.html", lambda words: {"words": words}),
    "own_answer": ("preferences/confirmation_question.html", lambda words: {"words": words}),
    "likes_confirmation": (
        "preferences/confirmation_question.html",
        lambda words: {"words": words},
    ),
}


def screen_of(words: Words) -> str:
    """The inert markup of the page's part that asks; empty for words that stand on no screen."""
    if words.get("kind") not in _ASKING:
        return ""
    template, context = _ASKING[words["kind"]]
    return rendered_once(
        "screen",
        lambda: inert(render_to_string(f"{_OURS}/{template}", context(words))),
        notice_hash(words),
    )


def fingerprint(words: Words) -> str:
    """Travels with a form, so that a choice is only taken under what was on screen.

    It covers the template, too: a page that another release rendered is asked again. And it is
    keyed: nobody can make up a screen that the shop never showed, such as one with a ticked box.
    """
    shown = notice_hash(words, screen_of(words))
    return salted_hmac(_SALT, shown, algorithm="sha256").hexdigest()


def style_of(words: Words) -> str:
    """Our style sheets as they are served today; empty for words that stand on no screen."""
    return _style() if screen_of(words) else ""


@cache
def _style() -> str:
    """Read once in a worker's life, which a new release ends."""
    found = (finders.find(name) for name in _STYLES)
    return "\n".join(Path(path).read_text(encoding="utf-8") for path in found if path)
