"""Follows "don't use this" on one fact, its undoing, and "delete", from the next response on."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.registry import facts
from ethical_personalization.models import Subject
from ethical_personalization.shopper.origin import same_origin_or_csrf
from ethical_personalization.shopper.profile import forget_fact, set_excluded
from ethical_personalization.shopper.shopper import shopper_for

from .confirmation import confirmation_page
from .forms import FactForm
from .replies import endpoint, not_understood, saved, saving

BUTTONS = {
    "no": _("Don’t use this"),
    "yes": _("Use this again"),
    "forget": _("Delete"),
}


def confirm_use(request: HttpRequest) -> HttpResponse:
    """Ask once more."""
    form = FactForm(request.POST)
    if not form.is_valid():
        return not_understood(request)
    fact, use = facts.get(form.cleaned_data["fact"]), form.cleaned_data["use"]
    words = {
        "heading": gettext("Please confirm"),
        "intro": gettext("Nothing is saved yet. We could not tell where this form came from."),
        "buttons": {
            "use": str(BUTTONS[use]),
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
    fact, use = facts.get(form.cleaned_data["fact"]), form.cleaned_data["use"]
    if use == "forget":
        forget_fact(subject.pk, fact)
        return saved(request, "deleted", part="known")
    now = shopper_for(request).now
    set_excluded(subject.pk, fact.key, excluded=use == "no", now=now)
    return saved(request, "unused" if use == "no" else "used", part="known")
