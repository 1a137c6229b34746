"""One step back from "Off for good": a new yes, under the words that stand beside the button."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from ethical_personalization.core.consent import ConsentStatus
from ethical_personalization.core.exceptions import AnsweredBefore
from ethical_personalization.models import ConsentMethod
from ethical_personalization.shopper.answers import answer
from ethical_personalization.shopper.origin import same_origin_or_csrf
from ethical_personalization.shopper.request_keys import new_key
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.shopper.taken_off import (
    TakenOff,
    give_back,
    open_taken_off,
    seal_taken_off,
    standing_since,
)
from ethical_personalization.transparency.offers import offered_to
from ethical_personalization.transparency.responsible import controller_of
from ethical_personalization.transparency.saved import MESSAGES
from ethical_personalization.transparency.screens import Words, fingerprint, screen_of, style_of

from .languages import in_language_of_form
from .notices import undo_notice
from .replies import endpoint, not_understood, saved, saving, way_back


class UndoForm(forms.Form):
    """What was taken off, sealed, and the words that were on screen."""

    taken = forms.CharField()
    notice = forms.CharField(max_length=64)
    key = forms.CharField(max_length=100)


def off_page(request: HttpRequest, taken: TakenOff) -> HttpResponse:
    """Says that it is off; with the way back, where there is something to go back to."""
    sealed = seal_taken_off(taken, shopper_for(request))
    return _page(request, taken, sealed, message=str(MESSAGES["off"]))


def confirm_undo(request: HttpRequest) -> HttpResponse:
    """Ask once more."""
    form = UndoForm(request.POST)
    taken = _taken(request, form)
    if taken is None:
        return _too_late(request)
    return _ask_again(request, taken, form)


@endpoint("POST")
@in_language_of_form
@same_origin_or_csrf(confirm_undo)
def undo_off(request: HttpRequest) -> HttpResponse:
    """Allow again what she switched off, and keep again what was kept for it."""
    form, shopper = UndoForm(request.POST), shopper_for(request)
    taken = _taken(request, form)
    standing = standing_since(taken, shopper) if taken is not None else None
    if taken is None or standing is None:
        return _too_late(request)
    if standing is ConsentStatus.GIVEN:
        return saved(request, "on_again", part="choices")
    words = _words(request, taken)
    if words is None:
        return _too_late(request)
    if form.cleaned_data["notice"] != fingerprint(words):
        return _ask_again(request, taken, form)
    key = form.cleaned_data["key"]
    try:
        return saving(request, lambda: _save(request, taken, words, key))
    except AnsweredBefore:
        return _too_late(request)


def _save(request: HttpRequest, taken: TakenOff, words: Words, key: str) -> HttpResponse:
    outcome = answer(
        shopper_for(request),
        dict.fromkeys(taken.purposes, True),
        method=ConsentMethod.PREFERENCE_CENTER,
        words=words,
        screen=screen_of(words),
        style=style_of(words),
        request_key=key,
    )
    if outcome.subject is not None:
        give_back(taken, outcome.subject.pk)
    response = saved(request, "on_again", part="choices")
    outcome.tell(response)
    return response


def _taken(request: HttpRequest, form: UndoForm) -> TakenOff | None:
    return (
        open_taken_off(form.cleaned_data["taken"], shopper_for(request))
        if form.is_valid()
        else None
    )


def _words(request: HttpRequest, taken: TakenOff) -> Words | None:
    """None where something of it is not offered to her any more."""
    shopper = shopper_for(request)
    purposes = [words for words in offered_to(shopper) if words["key"] in taken.purposes]
    if len(purposes) != len(taken.purposes):
        return None
    return undo_notice(purposes, controller_of(shopper.site_id), loss=taken.loss)


def _ask_again(request: HttpRequest, taken: TakenOff, form: UndoForm) -> HttpResponse:
    text = gettext(
        "Nothing is saved yet. Either this did not come from a page of this shop, or our words "
        "have changed since you read them. Please look again."
    )
    return _page(request, taken, form.cleaned_data["taken"], message=text, status=409)


def _page(
    request: HttpRequest, taken: TakenOff, sealed: str, *, message: str, status: int = 200
) -> HttpResponse:
    words = _words(request, taken)
    undo = {"words": words, "taken": sealed} if words is not None else None
    if words is not None and undo is not None:
        undo |= {"fingerprint": fingerprint(words), "request_key": new_key()}
    context = {
        "message": message,
        "undo": undo,
        "next": way_back(request),
        "asks_again": status != 200,
    }
    response = render(
        request, "ethical_personalization/preferences/off.html", context, status=status
    )
    response.headers["Referrer-Policy"] = "same-origin"  # as where a form is confirmed
    return response


def _too_late(request: HttpRequest) -> HttpResponse:
    text = gettext(
        "This can’t be undone with one click any more: an hour has passed, or something was chosen "
        "since. Nothing was saved. You can choose anew in your preferences."
    )
    return not_understood(request, text)
