"""What a subject told us on the spot to leave out: kept sealed, undone to what was before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from ethical_personalization.core.exceptions import PersonalizationError
from ethical_personalization.core.instructions import BRAND, CATEGORY, Instructions
from ethical_personalization.facts.categories import below

from .vault import change_record, open_record

#: What only narrows needs no purpose: it is kept under any subject.
INSTRUCTIONS = "instructions"
#: Of each part. Far more than a hand can click, and little enough to read on every page.
MAX_ENTRIES = 500
_AT, _VALUES = "at", "values"


class Part(StrEnum):
    """The parts of the record; each maps what is left out to when she said so."""

    EXCLUDED = "excluded"
    HIDDEN = "hidden"
    LESS = "less"
    LINES = "lines"
    BRANDS = BRAND
    CATEGORIES = CATEGORY


class TooMany(PersonalizationError):
    """More than ``MAX_ENTRIES`` in one part; undo some first."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that she told us to leave out: its key, since when, and what it was listed for."""

    part: Part
    key: str
    at: datetime
    values: Mapping[str, tuple[str, ...]]


def instructions_in(record: Mapping[str, Any]) -> Instructions:
    """What an opened record says; a muted category stands for those below it, too."""
    categories, less = record.get(Part.CATEGORIES, {}), record.get(Part.LESS, {})
    muted = {
        BRAND: frozenset(record.get(Part.BRANDS, {})),
        CATEGORY: frozenset(categories) | _below(categories),
    }
    return Instructions(
        excluded=frozenset(record.get(Part.EXCLUDED, {})),
        hidden=frozenset(map(int, [*record.get(Part.HIDDEN, {}), *less])),
        muted={kind: values for kind, values in muted.items() if values},
        less=_less(less),
        left_out_lines=frozenset(map(int, record.get(Part.LINES, {}))),
    )


def entries_of(record: Mapping[str, Any]) -> list[Entry]:
    """Everything in an opened record, the newest first."""
    found = [_entry(part, key, said) for part in Part for key, said in record.get(part, {}).items()]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def leave_out(
    subject_id: UUID,
    part: Part,
    key: str,
    *,
    now: datetime,
    values: Mapping[str, Collection[str]] | None = None,
) -> None:
    """Follow it from the next response on; said twice, the first time counts.

    ``values`` are what a product was listed for, of which she wants less. Raises ``TooMany``.
    """
    at = now.isoformat()
    said = at if values is None else {_AT: at, _VALUES: {k: sorted(v) for k, v in values.items()}}

    def change(record: Mapping[str, Any]) -> Mapping[str, Any]:
        kept = dict(record.get(part, {}))
        if key not in kept and len(kept) >= MAX_ENTRIES:
            raise TooMany(f"{part} has {MAX_ENTRIES} entries.")
        kept.setdefault(key, said)
        return {**record, part.value: kept}

    change_record(subject_id, INSTRUCTIONS, change)


def take_back(subject_id: UUID, part: Part, key: str) -> None:
    """As it was before she said so; nothing happens where she did not."""

    def change(record: Mapping[str, Any]) -> Mapping[str, Any]:
        kept = {name: said for name, said in record.get(part, {}).items() if name != key}
        rest = {name: content for name, content in record.items() if name != part}
        return {**rest, part.value: kept} if kept else rest

    change_record(subject_id, INSTRUCTIONS, change)


def hand_over_instructions(source_id: UUID, target_id: UUID) -> None:
    """Let the account leave out what the device was told to; what both were told is the account's.

    There is no limit here: what was told is never dropped.
    """
    told = open_record(source_id, INSTRUCTIONS)
    if not told:
        return

    def change(record: Mapping[str, Any]) -> Mapping[str, Any]:
        return {name: {**told.get(name, {}), **record.get(name, {})} for name in {**told, **record}}

    change_record(target_id, INSTRUCTIONS, change)


def _entry(part: Part, key: str, said: Any) -> Entry:
    at, values = (said[_AT], said[_VALUES]) if isinstance(said, dict) else (said, {})
    return Entry(
        part=part,
        key=key,
        at=datetime.fromisoformat(at),
        values={fact: tuple(each) for fact, each in values.items()},
    )


def _below(categories: Collection[str]) -> frozenset[str]:
    if not categories:
        return frozenset()
    return frozenset(str(pk) for found in below(categories).values() for pk in found)


def _less(products: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    less: dict[str, frozenset[str]] = {}
    for said in products.values():
        for fact, values in said[_VALUES].items():
            less[fact] = less.get(fact, frozenset()) | frozenset(values)
    return less
