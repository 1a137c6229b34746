"""Guests: a form for an e-mail address, and the page behind the link that is sent there."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.periods import UNDO_WINDOW
from ethical_personalization.models import RequestChannel
from ethical_personalization.shopper.address import address_of
from ethical_personalization.shopper.erasure import (
    confirm_guest_erasure,
    pending_of_guest,
    undo_erasure,
)
from ethical_personalization.shopper.guests import email_of_token, find_guest_order, send_link
from ethical_personalization.shopper.origin import same_origin_or_csrf
from ethical_personalization.shopper.throttle import is_too_often
from ethical_personalization.transparency.addresses import with_parameters
from ethical_personalization.transparency.saved import SAVED, saved_message

from .confirmation import confirmation_page
from .export import as_file, export_of_guest
from .readable import readable_tables
from .replies import endpoint, not_understood, refusal, saved, saving
from .your_data import record_access, running, too_often

MAX_ADDRESSES, MAX_LINKS, MAX_USES = 10, 1, 10


class AddressForm(forms.Form):
    """Where the order's confirmation went."""

    email = forms.EmailField(
        label=_("E-mail address of your order"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@endpoint("GET", "HEAD")
def guest_page(request: HttpRequest) -> HttpResponse:
    """The form."""
    return _form_page(request, AddressForm())


def confirm_address(request: HttpRequest) -> HttpResponse:
    """Ask once more."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=400)
    email = form.cleaned_data["email"]
    return confirmation_page(
        request,
        {
            "heading": gettext("Send the link?"),
            "intro": gettext("Nothing is sent yet. We could not tell where this form came from."),
            "buttons": {"use": gettext("Send the link"), "leave": gettext("Send nothing")},
        },
        submit=("do", "send"),
        fields=[("email", email)],
        lines=[(gettext("E-mail address"), email)],
    )


@endpoint("POST")
@same_origin_or_csrf(confirm_address)
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """The same answer whether or not there is an order with this address."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=400)
    if is_too_often("guest", address_of(request), limit=MAX_ADDRESSES):
        return too_often(request)
    email = form.cleaned_data["email"]
    order = find_guest_order(email)
    if not is_too_often("link", email.casefold(), limit=MAX_LINKS):
        send_link.enqueue(order.pk if order is not None else None, get_language() or "")
    return saved(request, "link", page="guests")


def confirm_guest(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, with what was asked for."""
    wanted = request.POST.get("do")
    if wanted == "download":
        words = {"heading": gettext("Download your data"), "button": gettext("Download")}
        return _ask(request, words, wanted)
    if wanted == "undo":
        heading = gettext("Undo the erasure")
        return _ask(request, {"heading": heading, "button": heading}, wanted)
    return _ask_to_erase(request)


@endpoint("GET", "HEAD", "POST")
@same_origin_or_csrf(confirm_guest)
def guest_data(request: HttpRequest, token: str) -> HttpResponse:
    """What belongs to the address, to read, to take along, to erase."""
    email = email_of_token(token)
    if not email:
        return _run_out(request)
    response = _act(request, email, token) if request.method == "POST" else _show(request, email)
    response.headers["Referrer-Policy"] = "same-origin"  # the address opens the data for a day
    return response


def _show(request: HttpRequest, email: str) -> HttpResponse:
    context = {
        "message": saved_message(request),
        "running": running(pending_of_guest(email), now=timezone.now()),
        "tables": readable_tables(export_of_guest(email)["tables"]),
    }
    return render(request, "ethical_personalization/preferences/guest_data.html", context)


def _act(request: HttpRequest, email: str, token: str) -> HttpResponse:
    wanted = request.POST.get("do")
    if is_too_often("guest-use", email.casefold(), limit=MAX_USES):
        return too_often(request)
    if wanted == "download":
        record_access(RequestChannel.GUEST)
        return as_file(export_of_guest(email))
    if wanted == "erase":
        return _ask_to_erase(request)
    if wanted == "confirm":
        return saving(request, lambda: _erase(email, token))
    if wanted == "undo":
        return saving(request, lambda: _undo(request, email, token))
    return not_understood(request)


def _erase(email: str, token: str) -> HttpResponse:
    confirm_guest_erasure(email, now=timezone.now())
    return _back(token, "guest_erased")


def _undo(request: HttpRequest, email: str, token: str) -> HttpResponse:
    now = timezone.now()
    if not [erasure for erasure in pending_of_guest(email) if undo_erasure(erasure, now=now)]:
        return not_understood(request, gettext("There is nothing that could be undone."))
    return _back(token, "guest_undone")


def _back(token: str, said: str) -> HttpResponse:
    there = reverse("ethical_personalization:guest_data", args=[token])
    return HttpResponseRedirect(with_parameters(there, {SAVED: said}))


def _ask_to_erase(request: HttpRequest) -> HttpResponse:
    words = {
        "heading": gettext("Erase what does not belong to your orders?"),
        "intro": gettext(
            "From then on nothing of it is used. It is deleted after %(days)d days; until then a "
            "link to this address leads to the page where you can undo it. Orders stay, because "
            "the law demands it."
        )
        % {"days": UNDO_WINDOW.days},
        "button": gettext("Erase"),
    }
    return _ask(request, words, "confirm")


def _ask(request: HttpRequest, words: dict[str, str], do: str) -> HttpResponse:
    asked = {
        "heading": words["heading"],
        "intro": words.get("intro", ""),
        "buttons": {"use": words["button"], "leave": gettext("Change nothing")},
    }
    return confirmation_page(request, asked, submit=("do", do), fields=())


def _run_out(request: HttpRequest) -> HttpResponse:
    return refusal(
        request,
        gettext("This link does not hold any more"),
        gettext("A link holds for a day. Ask for a new one with the address of your order."),
        status=404,
    )


def _form_page(request: HttpRequest, form: AddressForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "message": saved_message(request)}
    template = "ethical_personalization/preferences/guests.html"
    return render(request, template, context, status=status)
