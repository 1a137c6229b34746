"""Whether the signed roots of the days stand, and whether the events under them are still there."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ethical_personalization.core.daily_roots import (
    RootStatement,
    entries_in,
    entry_of,
    is_due,
    is_signed,
)
from ethical_personalization.core.merkle import leaf_hash, root_of
from ethical_personalization.models import ConsentEvent, DailyRoot
from ethical_personalization.models.plain_text import iso_time, time_text

from .chains import Break
from .roots import start_of

_DAY = timedelta(days=1)
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


def broken_roots(keys: Mapping[str, bytes], *, now: datetime) -> Iterator[Break]:
    """What is wrong with each day's root, its signature, or the events under it."""
    previous, end = "", _BEGINNING
    for signed in DailyRoot.objects.order_by("day").iterator(chunk_size=10):
        yield from _dated_back(end, start_of(signed.day))
        what = _what_is_wrong(signed, previous, keys)
        if what:
            yield Break(what=what, day=signed.day)
        else:
            yield from _events_amiss(signed, now)
        previous, end = signed.statement.digest, start_of(signed.day + _DAY)


def differences(
    exported: Sequence[Mapping[str, Any]], keys: Mapping[str, bytes]
) -> Iterator[Break]:
    """What an exported list of roots says otherwise than the database.

    Raises ``KeyError``, ``TypeError`` or ``ValueError`` where it is no such list.
    """
    here = {signed.day: signed.statement for signed in DailyRoot.objects.defer("entries")}
    for said in exported:
        statement, signature = RootStatement.from_json(said["statement"]), str(said["signature"])
        key = keys.get(statement.key_id)
        if key is None or not is_signed(statement, signature, key):
            yield _wrong_day(statement.day, _("The exported root bears no signature of the key."))
        elif statement.day not in here:
            yield _wrong_day(statement.day, _("The exported root is missing in the database."))
        elif here[statement.day] != statement:
            yield _wrong_day(statement.day, _("The root is not the one that was exported."))


def _what_is_wrong(signed: DailyRoot, previous: str, keys: Mapping[str, bytes]) -> str:
    """Empty where the root stands."""
    key = keys.get(signed.key_id)
    if key is None:
        return _("The root is signed with a key that is not trusted.")
    if not is_signed(signed.statement, signed.signature, key):
        return _("The signature is not that of the root.")
    if signed.previous != previous:
        return _("A root before this one is missing.")
    leaves = [leaf_hash(entry) for entry in entries_in(bytes(signed.entries))]
    if len(leaves) != signed.size or root_of(leaves).hex() != signed.root:
        return _("The entries are not those of the root.")
    return ""


def _events_amiss(signed: DailyRoot, now: datetime) -> Iterator[Break]:
    """The first event that is under no root, and the first entry that lost its event too soon."""
    entries = set(entries_in(bytes(signed.entries)))
    start = start_of(signed.day)
    # In no order: to have them by key, PostgreSQL reads the whole table for each day.
    events = ConsentEvent.objects.filter(at__gte=start, at__lt=start + _DAY).order_by()
    found, strange = set(), []
    rows = events.values_list("pk", "hash", time_text("keep_until"))
    for pk, said, keep_until in rows.iterator(chunk_size=5000):
        entry = entry_of(said, _time(keep_until))
        if entry in entries:
            found.add(entry)
        else:
            strange.append(pk)
    if strange:
        what = _("This event is not under the root of its day.")
        yield Break(what=what, event=min(strange), day=signed.day)
    lost = [entry for entry in entries - found if not is_due(entry, now)]
    if lost:
        what = _("%(count)d events are missing that have to be kept.") % {"count": len(lost)}
        yield _wrong_day(signed.day, what)


def _dated_back(start: datetime, end: datetime) -> Iterator[Break]:
    """Events of days that have no root although a later day has one."""
    events = ConsentEvent.objects.filter(at__gte=start, at__lt=end).order_by("pk")
    for pk, subject, at in events.values_list("pk", "subject_id", "at")[:1]:
        what = _("This event is older than a signed root, and under none.")
        yield Break(what=what, subject=subject, event=pk, day=at.astimezone(UTC).date())


def _time(text: str | None) -> datetime | None:
    iso = iso_time(text)
    return datetime.fromisoformat(iso) if iso is not None else None


def _wrong_day(day: date, what: str) -> Break:
    return Break(what=what, day=day)
