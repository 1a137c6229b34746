"""Follows what a shopper says on the spot about one thing, and its undoing, at once."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from ethical_personalization.models import ConsentMethod, Subject
from ethical_personalization.personalization.recommendations import listed_for
from ethical_personalization.shopper.answers import answer
from ethical_personalization.shopper.instructions import (
    MAX_ENTRIES,
    Part,
    TooMany,
    leave_out,
    take_back,
)
from ethical_personalization.shopper.origin import same_origin_or_csrf
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.shopper.taken_off import about_to_be_off, loss_with
from ethical_personalization.transparency.losses import loss_before

from .confirmation import confirmation_page
from .control_form import CONTROLS, OFF, Control, ControlForm
from .notices import off_notice
from .replies import endpoint, not_understood, refusal, saved, saving, wants_json
from .undoing import off_page


def confirm_control(request: HttpRequest) -> HttpResponse:
    """Ask once more."""
    form = ControlForm(request.POST, shopper=shopper_for(request))
    if not form.is_valid():
        return _mistaken(request, form)
    name, value = form.cleaned_data["control"], form.cleaned_data["value"]
    intro = gettext("Nothing is saved yet. We could not tell where this form came from.")
    loss = loss_with(shopper_for(request), form.cleaned_data.get("purposes", ()))
    words = {
        "heading": gettext("Please confirm"),
        "intro": f"{intro} {loss_before(loss)}".strip(),
        "buttons": {"use": _label(name), "leave": gettext("Save nothing")},
    }
    return confirmation_page(request, words, submit=("control", name), fields=[("value", value)])


@endpoint("POST")
@same_origin_or_csrf(confirm_control)
def follow_control(request: HttpRequest) -> HttpResponse:
    """Keep the instruction, or switch off for good. Neither needs a purpose: it only narrows."""
    shopper = shopper_for(request)
    form = ControlForm(request.POST, shopper=shopper)
    if not form.is_valid():
        return _mistaken(request, form)
    subject, name = shopper.subject, form.cleaned_data["control"]
    if subject is None:
        return not_understood(request, gettext("Nothing is used about you, so nothing was saved."))
    if name == OFF:
        return saving(request, lambda: _switch_off(request, form.cleaned_data["purposes"]))
    control, key = CONTROLS[name], form.cleaned_data["key"]
    try:
        return saving(request, lambda: _save(request, subject, control, key))
    except _NotListed:
        return not_understood(
            request, gettext("This product is in none of your lists (any more). Nothing was saved.")
        )


class _NotListed(Exception):
    """There is nothing that she could want less of."""


def _save(request: HttpRequest, subject: Subject, control: Control, key: str) -> HttpResponse:
    now = shopper_for(request).now
    if control.find is None:
        take_back(subject.pk, control.part, key)
        return saved(request, control.saved, part="muted")
    values = listed_for(request, int(key)) if control.part is Part.LESS else None
    if control.part is Part.LESS and not values:
        raise _NotListed
    try:
        leave_out(subject.pk, control.part, key, now=now, values=values)
    except TooMany:
        return _too_many(request)
    return saved(request, control.saved, part="muted")


def _switch_off(request: HttpRequest, purposes: list[str]) -> HttpResponse:
    shopper = shopper_for(request)
    taken = about_to_be_off(shopper, purposes)
    outcome = answer(
        shopper,
        dict.fromkeys(purposes, False),
        method=ConsentMethod.PREFERENCE_CENTER,
        words=off_notice(),
    )
    has_way_back = bool(taken.purposes) and not wants_json(request)
    response = off_page(request, taken) if has_way_back else saved(request, "off", part="choices")
    outcome.tell(response)
    return response


def _too_many(request: HttpRequest) -> HttpResponse:
    text = gettext(
        "You have told us this %(count)d times, and more can’t be kept. Nothing was saved. Take "
        "something back in your preferences, under “Muted and hidden”, and then try again."
    )
    title = gettext("This could not be saved")
    return refusal(request, title, text % {"count": MAX_ENTRIES}, status=409)


def _label(name: str) -> str:
    return off_notice()["buttons"]["none"] if name == OFF else str(CONTROLS[name].label)


def _mistaken(request: HttpRequest, form: ControlForm) -> HttpResponse:
    return not_understood(request, " ".join(map(str, form.non_field_errors())))
