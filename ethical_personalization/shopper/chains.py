"""Walks the chains of consent events: whether one was changed or lost, and whether states agree."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Site

from ethical_personalization.core.links import link_hash
from ethical_personalization.core.purposes import material_hash
from ethical_personalization.models import (
    ConsentEvent,
    ConsentState,
    Notice,
    PurposeVersion,
    Subject,
)
from ethical_personalization.models.plain_text import iso_time, key_text, time_text

#: Rows as tuples: a hundred thousand events are walked in a second or two, objects take ten.
_COLUMNS = (
    *(key_text("subject_id"), "pk", "purpose_version_id", "notice_id", "status", "method"),
    *("language", "site_id", time_text("at"), time_text("valid_until"), time_text("keep_until")),
    *("request_key", "despite_gpc", "previous_hash", "hash"),
)
_STATE_COLUMNS = (key_text("subject_id"), "purpose_id", "site_id", "event_id")
_ROWS_AT_ONCE = 5000
Row = tuple[Any, ...]
States = Mapping[tuple[int, int], int]


@dataclass(frozen=True, kw_only=True)
class Break:
    """The first thing that is wrong in a chain, a root or a notice; ``what`` is a sentence."""

    what: str
    subject: UUID | None = None
    event: int | None = None
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class _Agreed:
    """What events refer to.

    Notices: their place (language and site) and hash. Versions: purpose, key, number and hash.
    """

    notices: Mapping[int, tuple[tuple[str, int], str]]
    versions: Mapping[int, tuple[int, str, int, str]]
    sites: frozenset[int]


def broken_chains() -> Iterator[Break]:
    """The first break of each subject's chain, in one pass over all events."""
    agreed = _agreed()
    events = ConsentEvent.objects.order_by("subject_id", "pk").values_list(*_COLUMNS)
    states = ConsentState.objects.order_by("subject_id").values_list(*_STATE_COLUMNS)
    for subject, rows, held in _side_by_side(_stream(events), _stream(states)):
        found = _first_break(UUID(subject), rows, held, agreed)
        if found is not None:
            yield found


def first_broken_event(subject: Subject) -> int | None:
    """The primary key of the event at which the subject's chain breaks."""
    rows = ConsentEvent.objects.filter(subject=subject).order_by("pk").values_list(*_COLUMNS)
    states = ConsentState.objects.filter(subject=subject)
    held = {
        (purpose, site): event
        for purpose, site, event in states.values_list("purpose_id", "site_id", "event_id")
    }
    found = _first_break(subject.pk, rows, held, _agreed())
    return found.event if found is not None else None


def broken_notices() -> Iterator[Break]:
    """Notices and versions of purposes that are not what their hash was made of."""
    for notice in Notice.objects.iterator():
        if not notice.is_intact:
            yield Break(what=_("Notice %(pk)d was changed.") % {"pk": notice.pk})
    for version in PurposeVersion.objects.select_related("purpose").iterator():
        if material_hash(version.material) != version.material_hash:
            yield Break(what=_("The terms %(name)s were changed.") % {"name": version})


def _agreed() -> _Agreed:
    versions = PurposeVersion.objects.values_list(
        "pk", "purpose_id", "purpose__key", "number", "material_hash"
    )
    return _Agreed(
        notices={
            pk: ((language, site), said)
            for pk, language, site, said in Notice.objects.values_list(
                "pk", "language", "site_id", "words_hash"
            )
        },
        versions={
            pk: (purpose, key, number, terms) for pk, purpose, key, number, terms in versions
        },
        sites=frozenset(Site.objects.values_list("pk", flat=True)),
    )


def _stream(queryset: Any) -> Iterator[Row]:
    return iter(queryset.iterator(chunk_size=_ROWS_AT_ONCE))


def _side_by_side(
    events: Iterator[Row], states: Iterator[Row]
) -> Iterator[tuple[str, Iterable[Row], States]]:
    """Events and states of each subject; both come in the order of subjects."""
    held = groupby(states, itemgetter(0))
    waiting = next(held, None)
    for subject, rows in groupby(events, itemgetter(0)):
        while waiting is not None and waiting[0] < subject:
            yield waiting[0], (), _by_place(waiting[1])
            waiting = next(held, None)
        if waiting is not None and waiting[0] == subject:
            yield subject, rows, _by_place(waiting[1])
            waiting = next(held, None)
        else:
            yield subject, rows, {}
    while waiting is not None:
        yield waiting[0], (), _by_place(waiting[1])
        waiting = next(held, None)


def _by_place(states: Iterable[Row]) -> States:
    return {(purpose, site): event for _subject, purpose, site, event in states}


def _first_break(subject: UUID, rows: Iterable[Row], held: States, agreed: _Agreed) -> Break | None:
    previous, newest = "", {}
    pseudonym = str(subject)
    for row in rows:
        _s, pk, version_id, notice_id, status, method, language = row[:7]
        site, at, valid_until, keep_until, request, despite_gpc, before, stored = row[7:]
        if before != previous:
            return Break(what=_("An event before this one is missing."), subject=subject, event=pk)
        purpose_id, key, number, terms = agreed.versions[version_id]
        place, said = agreed.notices[notice_id]
        made = link_hash(
            at=iso_time(at) or "",
            despite_gpc=despite_gpc,
            keep_until=iso_time(keep_until),
            language=language,
            method=method,
            notice=said if place == (language, site) else "",
            previous=before,
            purpose=key,
            request=request,
            site=site,
            status=status,
            subject=pseudonym,
            terms=terms,
            valid_until=iso_time(valid_until),
            version=number,
        )
        if made != stored:
            return Break(what=_("This event was changed."), subject=subject, event=pk)
        previous = stored
        if site in agreed.sites:
            newest[purpose_id, site] = pk
    return _wrong_state(subject, newest, held)


def _wrong_state(subject: UUID, newest: States, held: States) -> Break | None:
    """States of a site that was deleted have gone with it."""
    if newest == held:
        return None
    places = sorted(place for place in {*newest, *held} if newest.get(place) != held.get(place))
    event = newest.get(places[0], held.get(places[0]))
    return Break(
        what=_("The state does not follow from this event; run rebuild_consent_states."),
        subject=subject,
        event=event,
    )
