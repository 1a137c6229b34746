"""What may be known about a shopper, and the only way to know it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from .consent import Consent, ConsentStatus, Permission
from .evidence import Evidence
from .exceptions import InvalidDeclaration
from .instructions import Instructions
from .patience import attempt_patiently
from .readings import Gap, Reading, as_reading
from .text import Words


class FactKind(StrEnum):
    """The shape of a fact's value; it decides which operators fit.

    SET is a frozenset of str, NUMBER an int, float or Decimal, CHOICE a str among known ones,
    TEXT any str, BOOLEAN a bool, TIME a datetime.time in the site's zone.
    """

    SET = "set"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    BOOLEAN = "boolean"
    TIME = "time"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that may be known, declared once and usable everywhere.

    ``reader`` takes the source of facts (``facts.source.FactSource``) and returns the value, a
    ``Reading`` where it can also say as of when, or None where there is nothing to know.
    ``purpose`` None means that no consent is needed because it tells nothing about a person; such
    a fact never makes a segment alone. ``sentence`` turns evidence, and the joined labels of its
    values, into words for the shopper; ``in_words`` tells a value that its kind alone can't, such
    as an amount of money. ``forget`` takes the sealed record of the purpose and returns it without
    this fact, so that the shopper can delete it.
    ``change_at`` is the id of the part of the preference center that changes the fact.
    ``gone`` is how a value is called that is not among the choices any more, where the value
    itself is no word (a primary key). ``values_of`` says what its values stand for, where a
    shopper can mute them: ``CATEGORY`` (primary keys) or ``BRAND`` of ``core.instructions``.
    ``is_sensitive``: it tells, or lets somebody infer, what GDPR Art. 9(1) names, such as health or
    religion. No segment may use it, and no basis but a yes opens it.
    """

    key: str
    label: Words
    kind: FactKind
    purpose: str | None
    data_category: str
    source: Words
    reader: Callable[[Any], Any]  # the core does not know the source's type
    sentence: Callable[[Evidence, str], str]
    change_at: str
    retention: timedelta | None = None
    choices: Callable[[], Sequence[tuple[str, str]]] | None = None
    in_words: Callable[[Any], str] | None = None
    forget: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    gone: Words = ""
    values_of: str = ""
    may_price: bool = False
    is_encrypted: bool = False
    is_sensitive: bool = False

    def __post_init__(self) -> None:
        if self.is_sensitive and self.purpose is None:
            raise InvalidDeclaration(
                f"Fact {self.key!r} is sensitive but has no purpose; declare one that asks for it."
            )
        if self.may_price and self.purpose is None:
            raise InvalidDeclaration(
                f"Fact {self.key!r} may touch prices but has no purpose; declare its purpose."
            )

    def labels(self, values: Sequence[str]) -> tuple[str, ...]:
        """The words for ``values``, each once, in the order of the choices.

        What is not among them (any more) is ``gone``, or as it is.
        """
        known = dict(self.choices()) if values and self.choices is not None else {}
        order = {value: number for number, value in enumerate(known)}
        ordered = sorted(values, key=lambda value: (order.get(value, len(order)), value))
        return tuple(dict.fromkeys(str(known.get(value, self.gone or value)) for value in ordered))


class PermittedFacts:
    """A shopper's facts, through the door of her consent; each is read at most once.

    This is the only caller of a fact's reader.
    """

    def __init__(
        self,
        *,
        find: Callable[[str], Fact | None],
        consent: Consent,
        instructions: Instructions,
        source: object,
        now: datetime,
    ) -> None:
        self._find = find
        self._consent = consent
        self._instructions = instructions
        self._source = source
        self._now = now
        self._readings: dict[str, Reading] = {}
        self._facts: dict[str, Fact | None] = {}

    def read(self, key: str) -> Reading:
        """The value of the fact, or the gap; never raises."""
        if key not in self._readings:
            self._readings[key] = self._read(key)
        return self._readings[key]

    def peek(self, key: str) -> Reading:
        """What is known of the fact already; nothing is read for it."""
        return self._readings.get(key) or self._closed(key) or Reading(gap=Gap.UNREAD)

    def fact(self, key: str) -> Fact | None:
        """What is declared under ``key``; the same throughout, with its choices asked once."""
        if key not in self._facts:
            self._facts[key] = _choosing_once(self._find(key))
        return self._facts[key]

    def permission(self, key: str) -> Permission | None:
        """The permission that the fact ``key`` rests on; None if it needs or has none."""
        fact = self.fact(key)
        if fact is None or fact.purpose is None:
            return None
        return self._consent.permission(fact.purpose, now=self._now)

    @property
    def readings(self) -> Mapping[str, Reading]:
        """What has been asked for so far."""
        return dict(self._readings)

    def _read(self, key: str) -> Reading:
        fact, closed = self.fact(key), self._closed(key)
        if fact is None or closed is not None:
            return closed or Reading(gap=Gap.UNREGISTERED)
        reading = attempt_patiently(
            lambda: as_reading(fact.reader(self._source)),
            otherwise=Reading(gap=Gap.FAILED),
            what=f"fact:{key}",
        )
        return self._instructions.of(reading, fact.values_of)

    def _closed(self, key: str) -> Reading | None:
        """The gap that stands before the reader is asked; None where it may be."""
        fact, permission = self.fact(key), self.permission(key)
        if fact is None:
            return Reading(gap=Gap.UNREGISTERED)
        if permission is not None and not permission.is_given:
            return Reading(gap=Gap.NOT_PERMITTED)
        if fact.is_sensitive and (
            permission is None or permission.status is not ConsentStatus.GIVEN
        ):
            return Reading(gap=Gap.NOT_PERMITTED)
        return Reading(gap=Gap.EXCLUDED) if key in self._instructions.excluded else None


def _choosing_once(fact: Fact | None) -> Fact | None:
    """A page tells a fact's values several times, and choices may come from the database."""
    if fact is None or fact.choices is None:
        return fact
    return replace(fact, choices=cache(fact.choices))
