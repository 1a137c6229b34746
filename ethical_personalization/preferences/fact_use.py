"""Follows "don't use this" on one fact, and its undoing, from the next response on."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from ethical_personalization.core.registry import facts
from ethical_personalization.models import Subject
from ethical_personalization.shopper.origin import same_origin_or_csrf
from ethical_personalization.shopper.profile import set_excluded
from ethical_personalization.shopper.shopper import shopper_for

from .confirmation import confirmation_page
from .forms import FactForm
from .replies import endpoint, not_understood, saved, saving


def confirm_use(request: HttpRequest) -> HttpResponse:
    """Ask once more."""
    form = FactForm(request.POST)
    if not form.is_valid():
        return not_understood(request)
    fact, use = facts.get(form.cleaned_data["fact"]), form.cleaned_data["use"]
    excluded = use == "no"
    words = {
        "heading": gettext("Please confirm"),
        "intro": gettext("Nothing is saved yet. We could not tell where this form came from."),
        "buttons": {
            "use": gettext("Don’t use this") if excluded else gettext("Use this again"),
            "leave": gettext("Save nothing"),
        },
    }
    fields = [("fact", fact.key)]
    lines = [(str(fact.label), "")]
    return confirmation_page(request, words, submit=("use", use), fields=fields, lines=lines)


@endpoint("POST")
@same_origin_or_csrf(confirm_use)
def change_use(request: HttpRequest) -> HttpResponse:
    """Keep the instruction; it needs no purpose because it only narrows."""
    form = FactForm(request.POST)
    if not form.is_valid():
        return not_understood(request)
    subject = shopper_for(request).subject
    if subject is None:
        return not_understood(request, gettext("Nothing is used about you, so nothing was saved."))
    return saving(request, lambda: _save(request, subject, form))


def _save(request: HttpRequest, subject: Subject, form: FactForm) -> HttpResponse:
    excluded = form.cleaned_data["use"] == "no"
    now = shopper_for(request).now
    set_excluded(subject.pk, form.cleaned_data["fact"], excluded=excluded, now=now)
    return saved(request, "unused" if excluded else "used", part="known")
