"""Ends the sealed records whose permission or period is over, and what may not stay inside one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q

from ethical_personalization.core.consent import ConsentStatus
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.periods import INSTRUCTIONS_KEPT
from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.facts.browsing import RECORD as BROWSING
from ethical_personalization.facts.stated import RECORD as STATED
from ethical_personalization.facts.stated import without_old_answers, without_sensitive_answers
from ethical_personalization.facts.viewed import day_of, without_old_views
from ethical_personalization.models import ConsentState, Purpose, SealedRecord, Subject
from ethical_personalization.models.purpose_sites import yes_counts_since

from .instructions import INSTRUCTIONS
from .profile import forget_purpose
from .vault import SealedBox, read_boxes, seal_record

Record = Mapping[str, Any]
Shorten = Callable[[Record, Purpose, datetime], Record]

#: What is dated inside a record ends by its own date, and what became sensitive at once.
_SHORTENERS: Mapping[str, Shorten] = {
    BROWSING: lambda record, purpose, now: without_old_views(
        record, day_of(now), purpose.retention
    ),
    STATED: lambda record, purpose, now: without_sensitive_answers(
        without_old_answers(record, now - purpose.retention)
    ),
}


@dataclass(frozen=True, kw_only=True)
class _Held:
    """What is sealed about one subject, when each record changed, and what she allows now."""

    box: SealedBox
    changed_at: Mapping[str, datetime]
    allowed: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class _Ending:
    """What is over of one subject: whole records by name, and what is left of others."""

    over: frozenset[str]
    shortened: Mapping[str, Record]

    @property
    def count(self) -> int:
        """How many records change."""
        return len(self.over) + len(self.shortened)


def end_records(now: datetime, batch: int) -> Iterator[int]:
    """How many records ended, subject by subject; each under the lock of its own subject."""
    purposes = {purpose.key: purpose for purpose in Purpose.objects.all()}
    last = UUID(int=0)
    while subjects := _next_subjects(last, batch):
        last = subjects[-1]
        for subject_id, held in _held(subjects, now).items():
            if _ending(held, purposes, now).count:
                yield _end(subject_id, purposes, now)


def _next_subjects(last: UUID, batch: int) -> list[UUID]:
    found = SealedRecord.objects.filter(subject__gt=last, subject__closed_at__isnull=True)
    keys = found.order_by("subject_id").values_list("subject_id", flat=True)
    return list(keys.distinct()[:batch])


def _held(subjects: Sequence[UUID], now: datetime) -> dict[UUID, _Held]:
    changed_at: dict[UUID, dict[str, datetime]] = {}
    rows = SealedRecord.objects.filter(subject__in=subjects)
    for subject_id, name, at in rows.values_list("subject_id", "name", "updated_at"):
        changed_at.setdefault(subject_id, {})[name] = at
    allowed = _allowed(subjects, now)
    return {
        subject_id: _Held(
            box=box,
            changed_at=changed_at.get(subject_id, {}),
            allowed=frozenset(allowed.get(subject_id, ())),
        )
        for subject_id, box in read_boxes(subjects).items()
    }


def _allowed(subjects: Sequence[UUID], now: datetime) -> dict[UUID, set[str]]:
    """The purposes that each subject allows now, on any site."""
    since = yes_counts_since(OuterRef("site"), purpose="purpose")
    given = ConsentState.objects.annotate(since=since).filter(
        Q(since__isnull=True) | Q(event__at__gte=F("since")),
        subject__in=subjects,
        event__status=ConsentStatus.GIVEN.value,
    )
    found: dict[UUID, set[str]] = {}
    columns = ("subject_id", "purpose__key", "event__valid_until")
    for subject_id, purpose, valid_until in given.values_list(*columns):
        if valid_until is None or valid_until > now:
            found.setdefault(subject_id, set()).add(purpose)
    return found


def _end(subject_id: UUID, purposes: Mapping[str, Purpose], now: datetime) -> int:
    """Look once more under the lock, because she may have said yes meanwhile, and delete."""
    with transaction.atomic():
        Subject.objects.select_for_update().filter(pk=subject_id).first()
        held = _held([subject_id], now).get(subject_id)
        if held is None:
            return 0
        ending = _ending(held, purposes, now)
        for name, rest in ending.shortened.items():
            _shorten(subject_id, name, rest, held.changed_at[name])
        for name in ending.over:
            forget_purpose(subject_id, name)
    return ending.count


def _shorten(subject_id: UUID, name: str, rest: Record, changed_at: datetime) -> None:
    """Getting shorter is not a change of hers: the record gets no younger by it."""
    seal_record(subject_id, name, rest)
    SealedRecord.objects.filter(subject=subject_id, name=name).update(updated_at=changed_at)


def _ending(held: _Held, purposes: Mapping[str, Purpose], now: datetime) -> _Ending:
    over = frozenset(
        name
        for name, changed_at in held.changed_at.items()
        if _is_over(name, now - changed_at, held.allowed, purposes)
    )
    shortened = dict(_shortened(held, over, purposes, now))
    emptied = {name for name, rest in shortened.items() if not rest}
    return _Ending(
        over=over | emptied,
        shortened={name: rest for name, rest in shortened.items() if rest},
    )


def _is_over(
    name: str, age: timedelta, allowed: frozenset[str], purposes: Mapping[str, Purpose]
) -> bool:
    if name == INSTRUCTIONS:  # only narrows: needs no purpose, and ends long after the last one
        return not allowed and age > INSTRUCTIONS_KEPT
    purpose = purposes.get(name)
    if purpose is None or age > purpose.retention:
        return True
    declared = purpose.declaration
    needs_a_yes = declared is None or declared.basis is LawfulBasis.CONSENT
    return needs_a_yes and name not in allowed


def _shortened(
    held: _Held, over: frozenset[str], purposes: Mapping[str, Purpose], now: datetime
) -> Iterator[tuple[str, Record]]:
    for name in held.box.ciphertexts.keys() & _SHORTENERS.keys() - over:
        before = _opened(held.box, name)
        after = _SHORTENERS[name](before, purposes[name], now)
        if after != before:
            yield name, after


def _opened(box: SealedBox, name: str) -> Record:
    """Empty where it does not open: a lost key stops no other record."""
    nothing: Record = {}
    return attempt(lambda: box.open(name), otherwise=nothing, what="retention")
