"""Pauses every use of what we hold about her, and lets it go on: one click each (GDPR Art. 18)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from ethical_personalization.shopper.origin import same_origin_or_csrf
from ethical_personalization.shopper.restriction import restrict
from ethical_personalization.shopper.shopper import shopper_for

from .confirmation import confirmation_page
from .notices import pause_notice
from .replies import endpoint, not_understood, saved, saving


class PauseForm(forms.Form):
    """On or off."""

    pause = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])


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
    return saving(request, lambda: _save(request, restricted=form.cleaned_data["pause"] == "on"))


def _save(request: HttpRequest, *, restricted: bool) -> HttpResponse:
    if not restrict(shopper_for(request), restricted=restricted):
        return not_understood(request, gettext("Nothing is used about you, so nothing was saved."))
    return saved(request, "paused" if restricted else "resumed", part="pause")
