"""Pauses every use of what we hold about her, for a visit, some days or until she says so.

One click each, and one that lets it go on (GDPR Art. 18).
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from ethical_personalization.core.periods import PAUSE
from ethical_personalization.shopper.origin import same_origin_or_csrf
from ethical_personalization.shopper.restriction import restrict, subjects_of
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.shopper.visit_pause import end_pause_for_visit, pause_for_visit

from .confirmation import confirmation_page
from .notices import pause_notice
from .replies import endpoint, not_understood, saved, saving

_SAVED = {"visit": "paused_visit", "days": "paused_days", "on": "paused", "off": "resumed"}


class PauseForm(forms.Form):
    """How long, or that it ends now."""

    pause = forms.ChoiceField(choices=[(name, name) for name in _SAVED])


def confirm_pause(request: HttpRequest) -> HttpResponse:
    """Ask once more."""
    form = PauseForm(request.POST)
    if not form.is_valid():
        return not_understood(request)
    words, pause = pause_notice(), form.cleaned_data["pause"]
    asked = {
        "heading": gettext("Please confirm"),
        "intro": gettext("Nothing is saved yet. We could not tell where this form came from."),
        "buttons": {"use": words["buttons"][pause], "leave": gettext("Save nothing")},
    }
    return confirmation_page(request, asked, submit=("pause", pause), fields=[])


@endpoint("POST")
@same_origin_or_csrf(confirm_pause)
def change_pause(request: HttpRequest) -> HttpResponse:
    """Keep the instruction; what she chose before is as she left it."""
    form = PauseForm(request.POST)
    if not form.is_valid():
        return not_understood(request)
    return saving(request, lambda: _save(request, form.cleaned_data["pause"]))


def _save(request: HttpRequest, pause: str) -> HttpResponse:
    shopper = shopper_for(request)
    if pause == "visit":
        is_known = bool(subjects_of(shopper))
    else:
        until = shopper.now + PAUSE if pause == "days" else None
        is_known = restrict(shopper, restricted=pause != "off", until=until)
    if not is_known:
        return not_understood(request, gettext("Nothing is used about you, so nothing was saved."))
    response = saved(request, _SAVED[pause], part="pause")
    if pause == "visit":
        pause_for_visit(response)
    elif pause == "off":
        end_pause_for_visit(response)
    return response
