"""Every choice and pause that was recorded, newest first, with the words of the choices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext

from ethical_personalization.core.consent import ConsentStatus
from ethical_personalization.models import ConsentEvent, ConsentMethod, RestrictionEvent
from ethical_personalization.models.consent import STATUS_LABELS
from ethical_personalization.shopper.shopper import Shopper

#: What the page shows; older events are kept all the same.
MAX_EVENTS = 200


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


def history_of(shopper: Shopper) -> list[HistoryEntry]:
    """The events of the shopper's subject on this site; none where there is no subject."""
    if shopper.subject is None or shopper.site is None:
        return []
    events = (
        ConsentEvent.objects.filter(subject=shopper.subject, site=shopper.site)
        .select_related("notice", "purpose_version__purpose")
        .order_by("-pk")[:MAX_EVENTS]
    )
    chosen = [
        _entry(list(group))
        for _same, group in groupby(events, lambda event: (event.at, event.method, event.notice))
    ]
    pauses = shopper.subject.restrictions.order_by("-pk")[:MAX_EVENTS]
    return sorted([*chosen, *map(_pause, pauses)], key=lambda entry: entry.at, reverse=True)


def _pause(event: RestrictionEvent) -> HistoryEntry:
    said = gettext("paused") if event.is_restricted else gettext("holds again")
    method = str(ConsentMethod.PREFERENCE_CENTER.label)
    answers = [(gettext("Everything"), said, "")]
    return HistoryEntry(at=event.at, method=method, answers=answers, words={}, record="")


def _entry(events: list[ConsentEvent]) -> HistoryEntry:
    newest = events[0]
    return HistoryEntry(
        at=newest.at,
        method=newest.get_method_display(),
        answers=[_answer(event) for event in reversed(events)],
        words=newest.notice.words,
        record=newest.hash if newest.notice.screen else "",
    )


def _answer(event: ConsentEvent) -> tuple[str, str, str]:
    purpose, status = event.purpose_version.purpose, ConsentStatus(event.status)
    return str(purpose), str(STATUS_LABELS[status]), event.hash
