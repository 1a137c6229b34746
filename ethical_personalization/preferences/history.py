"""Every choice and pause that was recorded, newest first, with the words of the choices."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import groupby, islice

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext

from ethical_personalization.core.consent import ConsentStatus
from ethical_personalization.models import ConsentEvent, ConsentMethod, RestrictionEvent
from ethical_personalization.models.consent import STATUS_LABELS
from ethical_personalization.shopper.shopper import Shopper, shopper_for

from .replies import endpoint

#: What the preference center shows of it, and what one page of the whole history does.
NEWEST, PER_PAGE = 5, 25
#: An entry has an event for each purpose that was asked; a shop has rarely more.
PURPOSES = 20


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """What was chosen at one time: purposes with the answer and the receipt of each.

    ``words`` are those it was made under; ``record`` leads to the screen, where there was one.
    """

    at: datetime
    method: str
    answers: Sequence[tuple[str, str, str]]
    words: Mapping[str, object]
    record: str


@dataclass(frozen=True, kw_only=True)
class HistoryPage:
    """Some entries, and the time before which the next ones are; None where there are no more."""

    entries: Sequence[HistoryEntry]
    older_than: datetime | None = None


@endpoint("GET", "HEAD")
def history_page(request: HttpRequest) -> HttpResponse:
    """The whole history, page by page; an address that says no time shows the newest."""
    shopper = shopper_for(request)
    page = history_of(shopper, older_than=_moment(request.GET.get("before", "")), limit=PER_PAGE)
    context = {"history": page, "shopper": shopper, "is_first": "before" not in request.GET}
    return render(request, "ethical_personalization/preferences/history_page.html", context)


def newest_choices(shopper: Shopper) -> HistoryPage:
    """The few that stand in the preference center."""
    return history_of(shopper, older_than=None, limit=NEWEST)


def history_of(shopper: Shopper, *, older_than: datetime | None, limit: int) -> HistoryPage:
    """Up to ``limit`` entries of this site before a time (aware); none where nobody is known.

    Two queries, and no more rows than that many entries have.
    """
    if shopper.subject is None:
        return HistoryPage(entries=())
    before = Q(at__lt=older_than) if older_than is not None else Q()
    events = _events(shopper).filter(before)[: (limit + 1) * PURPOSES]
    pauses = shopper.subject.restrictions.filter(before).order_by("-at", "-pk")[: limit + 1]
    both = merge(_chosen(events), map(_pause, pauses), key=lambda entry: entry.at, reverse=True)
    found = list(islice(both, limit + 1))
    entries = found[:limit]
    return HistoryPage(entries=entries, older_than=entries[-1].at if len(found) > limit else None)


def _events(shopper: Shopper) -> QuerySet[ConsentEvent]:
    has_screen = ExpressionWrapper(~Q(notice__screen=""), output_field=BooleanField())
    return (
        ConsentEvent.objects.filter(subject=shopper.subject, site=shopper.site_id)
        .select_related("notice", "purpose_version__purpose")
        .defer("notice__screen", "notice__style")  # many kilobytes each, and not shown here
        .annotate(has_screen=has_screen)
        .order_by("-at", "-pk")
    )


def _chosen(events: Iterable[ConsentEvent]) -> Iterator[HistoryEntry]:
    together = groupby(events, lambda event: (event.at, event.method, event.notice))
    return (_entry(list(group)) for _same, group in together)


def _pause(event: RestrictionEvent) -> HistoryEntry:
    method = str(ConsentMethod.PREFERENCE_CENTER.label)
    answers = [(gettext("Everything"), _said(event), "")]
    return HistoryEntry(at=event.at, method=method, answers=answers, words={}, record="")


def _said(event: RestrictionEvent) -> str:
    if not event.is_restricted:
        return gettext("holds again")
    if event.until is None:
        return gettext("paused")
    until = date_format(timezone.localtime(event.until), "DATE_FORMAT")
    return gettext("paused until %(date)s") % {"date": until}


def _entry(events: list[ConsentEvent]) -> HistoryEntry:
    newest = events[0]
    return HistoryEntry(
        at=newest.at,
        method=newest.get_method_display(),
        answers=[_answer(event) for event in reversed(events)],
        words=newest.notice.words,
        record=newest.hash if newest.has_screen else "",  # type: ignore[attr-defined]  # annotated
    )


def _answer(event: ConsentEvent) -> tuple[str, str, str]:
    purpose, status = event.purpose_version.purpose, ConsentStatus(event.status)
    return str(purpose), str(STATUS_LABELS[status]), event.hash


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
