"""What came of asking for a fact: its value, or the gap where it would be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Gap(StrEnum):
    """Why a fact is not known."""

    NOT_PERMITTED = "not_permitted"
    EXCLUDED = "excluded"
    MISSING = "missing"
    FAILED = "failed"
    UNREGISTERED = "unregistered"
    UNREAD = "unread"  # permitted, and nothing has needed it


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A fact's value, or the gap where it would be. An empty set and a zero are values.

    ``as_of`` is the (aware) time of the newest thing that the value rests on, ``since`` that of
    the oldest. ``counts`` says how often each member of a set occurred. ``is_partial``: the shopper
    told us to leave something out, so nothing follows from what is not in the value.
    """

    value: Any = None  # its type is the fact's kind
    gap: Gap | None = None
    as_of: datetime | None = None
    since: datetime | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    is_partial: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is a value, be it empty or zero."""
        return self.gap is None


Read = Callable[[str], Reading]


def only(read: Read, known: frozenset[str]) -> Read:
    """``read`` with every fact outside ``known`` unknown."""
    return lambda key: read(key) if key in known else Reading(gap=Gap.EXCLUDED)


def without(read: Read, key: str) -> Read:
    """``read`` as it would be if the shopper excluded the fact ``key``."""
    return lambda other: Reading(gap=Gap.EXCLUDED) if other == key else read(other)


def as_reading(value: object) -> Reading:
    """What a reader returned, as a reading; None means that there is nothing to know."""
    if isinstance(value, Reading):
        return value
    return Reading(gap=Gap.MISSING) if value is None else Reading(value=value)
