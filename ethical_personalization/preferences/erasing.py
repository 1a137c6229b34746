"""Erasing: one page that says what goes and what stays, one button, and the way back."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from ethical_personalization.core.periods import UNDO_WINDOW
from ethical_personalization.shopper.absences import end_absence
from ethical_personalization.shopper.collection import forget_history, has_history
from ethical_personalization.shopper.cookie import write_subject
from ethical_personalization.shopper.erasure import (
    confirm_erasure,
    pending_erasures,
    undo_erasure,
)
from ethical_personalization.shopper.holdings import Goes, Holding, Person, installed_holdings
from ethical_personalization.shopper.origin import same_origin_or_csrf
from ethical_personalization.shopper.persons import open_subjects, persons_of
from ethical_personalization.shopper.shopper import Shopper, shopper_for
from ethical_personalization.shopper.who import who_of

from .confirmation import confirmation_page
from .export import session_of
from .replies import endpoint, not_understood, saved, saving

#: Values of the buttons, so that nothing happens by a form that is none of ours.
CONFIRM, UNDO = "confirm", "undo"


@endpoint("GET", "HEAD")
def erasing_page(request: HttpRequest) -> HttpResponse:
    """What goes and what stays, before the one click that confirms it."""
    shopper = shopper_for(request)
    persons = persons_of(shopper)
    held = [holding for holding in installed_holdings() if _is_held(holding, persons)]
    context = {
        "can_erase": _can_erase(shopper),
        "days": UNDO_WINDOW.days,
        "goes": _titles(held, Goes.WITH_ERASURE),
        "goes_with_account": _titles(held, Goes.WITH_ACCOUNT),
        "stays": _reasons(held),
        "who": who_of(request),
    }
    return render(request, "ethical_personalization/preferences/erase.html", context)


def confirm_erase(request: HttpRequest) -> HttpResponse:
    """Ask once more."""
    return _ask(request, gettext("Erase my data"), CONFIRM)


def confirm_undo(request: HttpRequest) -> HttpResponse:
    """Ask once more."""
    return _ask(request, gettext("Undo the erasure"), UNDO)


@endpoint("POST")
@same_origin_or_csrf(confirm_erase)
def erase(request: HttpRequest) -> HttpResponse:
    """Nothing is used from here on; until it is deleted the device keeps the way back."""
    shopper = shopper_for(request)
    if request.POST.get("do") != CONFIRM:
        return not_understood(request)
    if not _can_erase(shopper):
        return not_understood(request, gettext("We keep nothing about you that could be erased."))
    return saving(request, lambda: _erase(request, shopper))


@endpoint("POST")
@same_origin_or_csrf(confirm_undo)
def undo(request: HttpRequest) -> HttpResponse:
    """Everything as it was, from the next response on."""
    if request.POST.get("do") != UNDO:
        return not_understood(request)
    return saving(request, lambda: _undo(request, shopper_for(request)))


def _erase(request: HttpRequest, shopper: Shopper) -> HttpResponse:
    subjects = open_subjects(shopper)
    confirm_erasure(subjects, shopper.user, now=shopper.now)
    for key in session_of(request):
        del request.session[key]
    response = saved(request, "erasing", page="your_data")
    if shopper.anonymous_subject is not None:
        carried, own = shopper.anonymous_subject.pk, shopper.cookies.own
        write_subject(response, carried, cookie=own, kept=UNDO_WINDOW)
    if has_history(request):
        forget_history(response)
    return response


def _undo(request: HttpRequest, shopper: Shopper) -> HttpResponse:
    pending = pending_erasures(shopper.user, shopper.cookies.pseudonyms)
    undone = [erasure for erasure in pending if undo_erasure(erasure, now=shopper.now)]
    if not undone:
        return not_understood(request, gettext("There is nothing that could be undone."))
    if shopper.user is not None:
        end_absence(request, shopper.user.pk)
    response = saved(request, "undone", page="your_data")
    if shopper.device.subject_id is not None:
        write_subject(response, shopper.device.subject_id, cookie=shopper.cookies.own)
    return response


def _can_erase(shopper: Shopper) -> bool:
    """An account may be on lists and in counts that nobody asked it for; once is enough."""
    if open_subjects(shopper):
        return True
    return shopper.user is not None and not pending_erasures(shopper.user, ())


def _ask(request: HttpRequest, heading: str, do: str) -> HttpResponse:
    words = {
        "heading": heading,
        "intro": gettext("Nothing is done yet. We could not tell where this form came from."),
        "buttons": {"use": heading, "leave": gettext("Change nothing")},
    }
    return confirmation_page(request, words, submit=("do", do), fields=())


def _is_held(holding: Holding, persons: Sequence[Person]) -> bool:
    """Whether there is something of hers, or, where nobody can tell whose it is, may be."""
    if not (holding.of_subject or holding.of_account or holding.of_guest):
        return bool(holding.why)
    return any(holding.rows(person).exists() for person in persons)


def _titles(held: Sequence[Holding], goes: Goes) -> list[str]:
    return [str(holding.title) for holding in held if holding.goes is goes]


def _reasons(held: Sequence[Holding]) -> Mapping[str, list[str]]:
    """What stays, by the reason for it."""
    found: dict[str, list[str]] = {}
    for holding in held:
        if holding.why:
            found.setdefault(str(holding.why), []).append(str(holding.title))
    return found
