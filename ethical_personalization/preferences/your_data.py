"""Everything we know, to read and to take along; and what a running erasure can still undo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from ethical_personalization.models import DataRequest, Erasure, RequestChannel, RequestKind
from ethical_personalization.shopper.address import address_of
from ethical_personalization.shopper.erasure import can_be_undone, pending_erasures
from ethical_personalization.shopper.origin import same_origin_or_csrf
from ethical_personalization.shopper.shopper import Shopper, shopper_for
from ethical_personalization.shopper.throttle import is_too_often
from ethical_personalization.transparency.saved import saved_message

from .confirmation import confirmation_page
from .export import as_file, export_of
from .readable import readable_json, readable_tables
from .replies import endpoint, not_understood, refusal

MAX_DOWNLOADS = 10


@dataclass(frozen=True, kw_only=True)
class RunningErasure:
    """An erasure that was confirmed, and whether she can still take it back."""

    confirmed_at: datetime
    due_at: datetime
    can_be_undone: bool


@endpoint("GET", "HEAD")
def your_data(request: HttpRequest) -> HttpResponse:
    """The readable page; opening it changes nothing."""
    shopper = shopper_for(request)
    document = export_of(shopper)
    context = {
        "message": saved_message(request),
        "running": running(
            pending_erasures(shopper.user, shopper.cookies.pseudonyms), now=shopper.now
        ),
        "document": document,
        "known": [fact for fact in document["facts"] if fact["not_known_because"] is None],
        "not_allowed": [
            fact for fact in document["facts"] if fact["not_known_because"] == "not_permitted"
        ],
        "tables": readable_tables(document["tables"]),
        "records": [
            {**record, "readable": readable_json(record["content"])}
            for record in document["records"]
        ],
        "session": readable_json(document["session"]),
        "has_account": shopper.user is not None,
        "is_empty": not (
            document["tables"]
            or document["session"]
            or shopper.device.refused
            or document["device"]["viewed"]
        ),
    }
    return render(request, "ethical_personalization/preferences/your_data.html", context)


def confirm_download(request: HttpRequest) -> HttpResponse:
    """Ask once more: a file must not be fetched by a page of somebody else's."""
    words = {
        "heading": gettext("Download your data"),
        "intro": gettext("We could not tell where this form came from."),
        "buttons": {"use": gettext("Download"), "leave": gettext("Back")},
    }
    return confirmation_page(request, words, submit=("do", "download"), fields=())


@endpoint("POST")
@same_origin_or_csrf(confirm_download)
def download(request: HttpRequest) -> HttpResponse:
    """The file; that somebody asked for one is counted, without saying who."""
    shopper = shopper_for(request)
    if request.POST.get("do") != "download":
        return not_understood(request)
    if is_too_often("download", _sender(shopper), limit=MAX_DOWNLOADS):
        return too_often(request)
    response = as_file(export_of(shopper))
    if shopper.may_be_known:
        record_access(RequestChannel.PAGE)
    return response


def running(pending: Sequence[Erasure], *, now: datetime) -> Sequence[RunningErasure]:
    """What the page says of erasures that are not done yet."""
    return [
        RunningErasure(
            confirmed_at=erasure.confirmed_at,
            due_at=erasure.due_at,
            can_be_undone=can_be_undone(erasure, now=now),
        )
        for erasure in pending
    ]


def record_access(channel: RequestChannel) -> None:
    """A request that was answered on the spot."""
    DataRequest.objects.create(
        kind=RequestKind.ACCESS, channel=channel, done_on=timezone.localdate()
    )


def too_often(request: HttpRequest) -> HttpResponse:
    """Not now."""
    return refusal(
        request,
        gettext("Too often in a short time"),
        gettext("Please wait ten minutes and try again."),
        status=429,
    )


def _sender(shopper: Shopper) -> str:
    if shopper.user is not None:
        return f"account {shopper.user.pk}"
    device = shopper.device.subject_id or address_of(shopper.request)
    return f"device {device}" if device else ""
