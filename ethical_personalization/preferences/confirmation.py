"""The page that asks once more, with a CSRF token: for a form that no browser vouched for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ethical_personalization.shopper.who import FIELD, who_of
from ethical_personalization.transparency.screens import Words

from .replies import refusal, wants_json, way_back

Fields = Iterable[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What is saved and what was sent instead, in words."""

    about: str
    saved: str
    sent: str


def confirmation_page(
    request: HttpRequest,
    words: Words,
    *,
    submit: tuple[str, str],
    fields: Fields,
    lines: Sequence[tuple[str, Any]] = (),
    compared: Sequence[Compared] = (),
) -> HttpResponse:
    """Show ``words``, ``lines`` (label and value) and what is ``compared``; post ``fields`` there.

    ``submit`` is name and value of the button. 409 because the request as it came was not done.
    """
    if wants_json(request):
        return refusal(request, words["heading"], words["intro"], status=409)
    context = {
        "words": words,
        "lines": lines,
        "compared": compared,
        "submit": submit,
        "fields": [*fields, ("next", way_back(request)), (FIELD, who_of(request))],
    }
    response = render(
        request, "ethical_personalization/preferences/confirmation.html", context, status=409
    )
    # Django's check needs the Origin of the form's own post, which ``no-referrer`` would hide.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
