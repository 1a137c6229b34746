"""How a subject stands while the ledger writes: locked, read and moved on in one statement each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, UUIDField, Value

from ethical_personalization.core.consent import Choice, ConsentStatus
from ethical_personalization.models import (
    ConsentEvent,
    ConsentState,
    Notice,
    Purpose,
    PurposeSite,
    PurposeVersion,
    Subject,
)

# Written out by hand: a choice may cost twice a transaction of two plain rows, and to compose this
# Django alone takes longer than that.
_TABLES = {
    "subjects": Subject._meta.db_table,
    "purposes": Purpose._meta.db_table,
    "places": PurposeSite._meta.db_table,
    "versions": PurposeVersion._meta.db_table,
    "states": ConsentState._meta.db_table,
    "events": ConsentEvent._meta.db_table,
    "notices": Notice._meta.db_table,
}
_LOCK = "SELECT id, under_age_until FROM {subjects} WHERE id = %s".format_map(_TABLES)
_READ = """
SELECT purpose.id, purpose.key, purpose.retention_days, version.id, version.number,
    version.material_hash, event.status, event.purpose_version_id, event.at, event.valid_until,
    event.despite_gpc,
    purpose.is_offered AND (purpose.is_on_every_site OR place.id IS NOT NULL) AS is_open,
    COALESCE(place.since, purpose.came_back_at),
    (SELECT hash FROM {events} WHERE subject_id = %s ORDER BY id DESC LIMIT 1),
    (SELECT id FROM {notices} WHERE site_id = %s AND language = %s AND words_hash = %s)
FROM {purposes} purpose
JOIN {versions} version ON version.purpose_id = purpose.id
    AND version.number = (SELECT max(number) FROM {versions} WHERE purpose_id = purpose.id)
LEFT JOIN {places} place ON place.purpose_id = purpose.id AND place.site_id = %s
LEFT JOIN {states} state ON state.purpose_id = purpose.id
    AND state.subject_id = %s AND state.site_id = %s
LEFT JOIN {events} event ON event.id = state.event_id
WHERE event.id IS NOT NULL OR purpose.is_offered
""".format_map(_TABLES)


_WRITE = """
INSERT INTO {states} (subject_id, purpose_id, site_id, event_id) VALUES (%s, %s, %s, %s)
ON CONFLICT (subject_id, purpose_id, site_id) DO UPDATE SET event_id = excluded.event_id
""".format_map(_TABLES)
_TIME = Value(None, output_field=DateTimeField())


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A purpose that is offered, or was when she answered it; in its newest version.

    One that ``is_open`` no more takes a *no* and nothing else. ``yes_counts_since`` is as in
    ``Terms``.
    """

    purpose_id: int
    key: str
    version_id: int
    version: int
    material_hash: str
    retention: timedelta
    is_open: bool
    yes_counts_since: datetime | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What may be answered, what was, and where the next event goes.

    ``notice_id`` is None for words that were never shown before; ``under_age_until`` is as in
    ``Subject``.
    """

    offers: Mapping[str, Offer]
    choices: Mapping[str, Choice]
    words_hash: str
    newest_hash: str = ""
    notice_id: int | None = None
    under_age_until: datetime | None = None


def lock_and_read(subject_id: UUID, site_id: int, *, language: str, words_hash: str) -> Standing:
    """As it is now, and nobody else writes until the transaction ends."""
    subject = _key(subject_id)
    lock = _LOCK + (" FOR UPDATE" if connection.features.has_select_for_update else "")
    with connection.cursor() as cursor:
        cursor.execute(lock, [subject])
        locked = cursor.fetchone()
        if locked is None:
            raise Subject.DoesNotExist(f"No subject {subject_id}; it was deleted meanwhile.")
        at = [subject, site_id, language, words_hash, site_id, subject, site_id]
        cursor.execute(_READ, at)
        rows = cursor.fetchall()
    if not rows:
        return Standing(offers={}, choices={}, words_hash=words_hash)
    *_, newest_hash, notice_id = rows[0]
    return Standing(
        offers={row[1]: _offer(row) for row in rows if row[11] or row[6] is not None},
        choices={row[1]: _choice(row) for row in rows if row[6] is not None},
        words_hash=words_hash,
        newest_hash=newest_hash or "",
        notice_id=notice_id,
        under_age_until=_time(locked[1]),
    )


def move_on(subject_id: UUID, site_id: int, events: Mapping[int, int]) -> None:
    """The newest event of each purpose, both by primary key, is the state from now on."""
    subject = _key(subject_id)
    with connection.cursor() as cursor:
        for purpose_id, event_id in events.items():
            cursor.execute(_WRITE, [subject, purpose_id, site_id, event_id])


def _key(subject_id: UUID) -> Any:
    return UUIDField().get_db_prep_value(subject_id, connection)


def _offer(row: tuple[Any, ...]) -> Offer:
    purpose_id, key, days, version_id, version, material_hash = row[:6]
    return Offer(
        purpose_id=purpose_id,
        key=key,
        version_id=version_id,
        version=version,
        material_hash=material_hash,
        retention=timedelta(days=days),
        is_open=bool(row[11]),
        yes_counts_since=_time(row[12]),
    )


def _choice(row: tuple[Any, ...]) -> Choice:
    """The version is 0 where it is any other than the newest: that is all that matters here."""
    status, agreed_id, at, valid_until, despite_gpc = row[6:11]
    made_at = _time(at)
    assert made_at is not None  # noqa: S101 - the column is never empty
    return Choice(
        purpose=row[1],
        status=ConsentStatus(status),
        version=row[4] if agreed_id == row[3] else 0,
        at=made_at,
        valid_until=_time(valid_until),
        despite_gpc=bool(despite_gpc),
    )


def _time(stored: Any) -> datetime | None:
    """SQLite returns text; the conversion is Django's own."""
    for convert in connection.ops.get_db_converters(_TIME):
        stored = convert(stored, _TIME, connection)
    return stored  # type: ignore[no-any-return]  # the driver's, which is untyped
