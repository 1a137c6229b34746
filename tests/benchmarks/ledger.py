"""The ledger: recording a choice beside a plain transaction, and verifying a long ledger."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from itertools import count
from statistics import median
from time import perf_counter
from uuid import uuid4

from django.core.management import call_command
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.core.links import link_hash
from ethical_personalization.models import ConsentEvent, ConsentMethod, ConsentState, Subject
from ethical_personalization.shopper.ledger import Occasion, record_answers
from ethical_personalization.shopper.roots import sign_finished_days
from ethical_personalization.testing import unguarded_ledger

#: As long as the words of a banner with eight purposes.
WORDS = {"text": "All that was on screen. " * 120}
OF_A_SUBJECT = 4
DAYS = 100
VERIFICATIONS = 3


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Transactions per second of each turn, and the seconds of each verification."""

    plain: Sequence[float]
    recorded: Sequence[float]
    events: int
    verified: Sequence[float]

    @property
    def ratio(self) -> float:
        """The median of the ratios to the plain turn beside it."""
        pairs = zip(self.recorded, self.plain, strict=True)
        return median(own / plain for own, plain in pairs)


def measure_ledger(*, events: int, turns: int, seconds: float) -> Ledger:
    """Empties the ledger and leaves it full of ``events``."""
    empty_ledger()
    plain, recorded = _rates(turns, seconds)
    empty_ledger()
    _fill(events)
    return Ledger(
        plain=plain,
        recorded=recorded,
        events=events,
        verified=[_verify() for _time in range(VERIFICATIONS)],
    )


def _rates(turns: int, seconds: float) -> tuple[list[float], list[float]]:
    """A choice each, in turns that take turns in going first."""
    subject, other = Subject.objects.create(), Subject.objects.create()
    site = Site.objects.get(is_default_site=True)
    (first,) = _choose(other, site, allowed=True)
    number = count()

    def record() -> None:
        _choose(subject, site, allowed=next(number) % 2 == 0)

    def write_two_rows() -> None:
        """An event of the same size, without chain, lock or look, and its state."""
        with transaction.atomic():
            row = ConsentEvent(**_columns(first), hash=uuid4().hex * 2)
            row.previous_hash = row.hash
            row.save()
            ConsentState.objects.filter(subject=other).update(event=row)

    plain, recorded = [], []
    for turn in range(turns + 1):
        both = [(write_two_rows, plain), (record, recorded)]
        for work, rates in both if turn % 2 else reversed(both):
            rate = _rate(work, seconds)
            if turn:  # the first turn warms up
                rates.append(rate)
    return plain, recorded


def _columns(event: ConsentEvent) -> dict[str, object]:
    left_out = {"id", "previous_hash", "hash"}
    return {
        field.attname: getattr(event, field.attname)
        for field in ConsentEvent._meta.concrete_fields
        if field.attname not in left_out
    }


def _rate(work: Callable[[], object], seconds: float) -> float:
    started, done = perf_counter(), 0
    while perf_counter() < started + seconds:
        work()
        done += 1
    return done / (perf_counter() - started)


def _choose(subject: Subject, site: Site, *, allowed: bool) -> list[ConsentEvent]:
    occasion = Occasion(
        site=site,
        language="en",
        method=ConsentMethod.API,
        words=WORDS,
        now=timezone.now(),
    )
    return record_answers(subject, {"stated": allowed}, occasion)


def empty_ledger() -> None:
    """No event, state or subject."""
    ConsentState.objects.all().delete()
    with unguarded_ledger():
        QuerySet(ConsentEvent)._raw_delete("default")
    Subject.objects.all().delete()


def _fill(events: int) -> None:
    """Chains of the same choices, in the past, on as many days as there are; all signed."""
    site = Site.objects.get(is_default_site=True)
    (pattern,) = _choose(Subject.objects.create(), site, allowed=True)
    subjects = Subject.objects.bulk_create(
        [Subject() for _number in range(events // OF_A_SUBJECT)], batch_size=5000
    )
    rows = [row for number, each in enumerate(subjects) for row in _chain(pattern, each, number)]
    ConsentEvent.objects.bulk_create(rows, batch_size=2000)
    ConsentState.objects.bulk_create(
        [
            ConsentState(
                subject_id=row.subject_id,
                purpose=pattern.purpose_version.purpose,
                site_id=row.site_id,
                event=row,
            )
            for row in rows[OF_A_SUBJECT - 1 :: OF_A_SUBJECT]
        ],
        batch_size=2000,
    )
    sign_finished_days(now=timezone.now())


def _chain(pattern: ConsentEvent, subject: Subject, number: int) -> list[ConsentEvent]:
    made, previous = [], ""
    for place in range(OF_A_SUBJECT):
        row = ConsentEvent(**_columns(pattern) | {"subject_id": subject.pk})
        row.at -= timedelta(days=1 + number % DAYS, seconds=OF_A_SUBJECT - place)
        row.previous_hash = previous
        row.hash = previous = _hash_of(row, pattern)
        made.append(row)
    return made


def _hash_of(row: ConsentEvent, pattern: ConsentEvent) -> str:
    version = pattern.purpose_version
    return link_hash(
        at=row.at.isoformat(),
        keep_until=row.keep_until.isoformat(),
        language=row.language,
        method=row.method,
        notice=pattern.notice.words_hash,
        previous=row.previous_hash,
        purpose=version.purpose.key,
        request=row.request_key,
        site=row.site_id,
        status=row.status,
        subject=str(row.subject_id),
        terms=version.material_hash,
        valid_until=row.valid_until.isoformat(),
        version=version.number,
    )


def _verify() -> float:
    started = perf_counter()
    call_command("verify_consent", stdout=StringIO())
    return perf_counter() - started
