"""Signs each finished day of consent events, and proves that an event is under its day's root."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from ethical_personalization.conf import conf
from ethical_personalization.core.daily_roots import (
    Inclusion,
    RootStatement,
    entries_in,
    entry_of,
    key_id,
)
from ethical_personalization.core.merkle import inclusion_path, leaf_hash, root_of
from ethical_personalization.core.signatures import public_key_of, sign
from ethical_personalization.models import ConsentEvent, DailyRoot

#: A request that began before midnight may commit after it. No request runs for so long.
GRACE = timedelta(hours=1)
_DAY = timedelta(days=1)


def sign_finished_days(*, now: datetime) -> list[date]:
    """Sign every UTC day with events that ended more than an hour ago; the days, in order.

    Running it twice, also at the same time, signs nothing twice: what is signed follows from the
    events and the root before, and the first to be stored stands.
    """
    return list(_signing((now.astimezone(UTC) - GRACE).date()))


def trusted_keys() -> dict[str, bytes]:
    """The public keys of the shop, by their id."""
    public = [public_key_of(seed) for seed in conf.signing_keys]
    return {key_id(key): key for key in public}


def inclusion_of(event: ConsentEvent) -> Inclusion | None:
    """The proof for a receipt; None as long as the event's day is not signed."""
    signed = DailyRoot.objects.filter(day=event.at.astimezone(UTC).date()).first()
    if signed is None:
        return None
    entries = entries_in(bytes(signed.entries))
    entry = entry_of(event.hash, event.keep_until)
    if entry not in entries:
        return None
    index = entries.index(entry)
    path = inclusion_path([leaf_hash(each) for each in entries], index)
    return Inclusion(
        event_hash=event.hash,
        keep_until=event.keep_until,
        index=index,
        path=tuple(each.hex() for each in path),
        statement=signed.statement,
        signature=signed.signature,
    )


def start_of(day: date) -> datetime:
    """Midnight in UTC."""
    return datetime.combine(day, time(), tzinfo=UTC)


def signed_until() -> datetime | None:
    """The end of the newest signed day."""
    newest = DailyRoot.objects.order_by("-day").values_list("day", flat=True).first()
    return start_of(newest + _DAY) if newest is not None else None


def _signing(end: date) -> Iterator[date]:
    newest = DailyRoot.objects.order_by("-day").first()
    while (day := _next_day(newest)) is not None and day < end:
        DailyRoot.objects.bulk_create([_root_of(day, newest)], ignore_conflicts=True)
        newest = DailyRoot.objects.get(day=day)
        yield day


def _next_day(newest: DailyRoot | None) -> date | None:
    """The first day with events after the newest root. What is dated back stays unsigned."""
    events = ConsentEvent.objects.order_by("at")
    if newest is not None:
        events = events.filter(at__gte=start_of(newest.day + _DAY))
    at = events.values_list("at", flat=True).first()
    return at.astimezone(UTC).date() if at is not None else None


def _root_of(day: date, before: DailyRoot | None) -> DailyRoot:
    events = ConsentEvent.objects.filter(at__gte=start_of(day), at__lt=start_of(day + _DAY))
    rows = events.order_by("pk").values_list("hash", "keep_until")
    entries = [entry_of(*row) for row in rows.iterator()]
    seed = conf.signing_keys[0]
    statement = RootStatement(
        day=day,
        size=len(entries),
        root=root_of([leaf_hash(entry) for entry in entries]).hex(),
        previous=before.statement.digest if before is not None else "",
        key_id=key_id(public_key_of(seed)),
    )
    return DailyRoot(
        day=day,
        size=statement.size,
        root=statement.root,
        previous=statement.previous,
        key_id=statement.key_id,
        signature=sign(statement.signed_text, seed),
        entries=b"".join(entries),
    )
