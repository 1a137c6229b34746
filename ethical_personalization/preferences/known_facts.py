"""What we know: each fact that she permits, and a summary of what she does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ethical_personalization.core.facts import Fact, PermittedFacts
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.readings import Gap, Read, Reading
from ethical_personalization.core.registry import facts as fact_registry
from ethical_personalization.facts.orders import PURPOSE as ORDERS
from ethical_personalization.models.savepoints import undisturbed
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.transparency.controls import correct_at
from ethical_personalization.transparency.screens import Words
from ethical_personalization.wording import value_in_words

from .effects import Effects

MAX_UNFOLDED = 4


@dataclass(frozen=True, kw_only=True)
class KnownFact:
    """A fact with its value, or with the shopper's instruction not to use it.

    ``anchor`` is the id that the widget's "change this" leads to; empty where another row or
    section carries it. ``correct_at`` is where its value can be corrected; empty where it is
    corrected nowhere. ``used_for`` says what rests on it now.
    """

    key: str
    label: str
    value: str
    source: str
    as_of: datetime | None
    anchor: str
    correct_at: str
    used_for: Sequence[str]
    is_excluded: bool
    has_failed: bool
    can_delete: bool


@dataclass(frozen=True, kw_only=True)
class KnownGroup:
    """The facts of one purpose. ``unknown`` names those with nothing to know as yet."""

    purpose: Words
    is_permitted: bool
    known: Sequence[KnownFact]
    unknown: Sequence[str]

    @property
    def is_long(self) -> bool:
        """Whether its facts are folded, so that the page stays one to look through."""
        return len(self.known) > MAX_UNFOLDED


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the page has already: what rests on facts, its ids, the answers by fact."""

    effects: Effects
    anchors: frozenset[str]
    answers: Mapping[str, Sequence[tuple[str, str]]]


class _Telling:
    """With what the facts of one page are told; hands out each id once."""

    def __init__(self, read: Read, around: Surroundings) -> None:
        self.read = read
        self.around = around
        self._taken = set(around.anchors)

    def anchor(self, name: str) -> str:
        """Empty where the questions, a section or another row carry it."""
        if name in self._taken or name.startswith("likes-"):
            return ""
        self._taken.add(name)
        return name


def known_facts(
    shopper: Shopper, purposes: Sequence[Words], around: Surroundings
) -> list[KnownGroup]:
    """A group for each offered purpose that some fact serves. Reads only what is permitted."""
    nothing: list[KnownGroup] | None = None

    def together() -> list[KnownGroup]:
        with undisturbed():
            return _groups(shopper, purposes, _Telling(shopper.facts.read, around))

    found = attempt(together, otherwise=nothing, what="known_facts")
    if found is not None:
        return found
    apart = _apart(Shopper(shopper.request).facts)
    return _groups(shopper, purposes, _Telling(apart, around))


def _apart(facts: PermittedFacts) -> Read:
    """Each fact for itself, so that one whose query fails leaves the others readable."""

    def read_one(key: str) -> Reading:
        with undisturbed():
            return facts.read(key)

    failed = Reading(gap=Gap.FAILED)
    return lambda key: attempt(lambda: read_one(key), otherwise=failed, what=f"fact:{key}")


def _groups(shopper: Shopper, purposes: Sequence[Words], telling: _Telling) -> list[KnownGroup]:
    by_purpose: dict[str, list[Fact]] = {}
    for fact in fact_registry.all().values():
        told = _with_answers(fact, telling.around)
        by_purpose.setdefault(fact.purpose or "", []).append(told)
    return [
        _group(words, by_purpose[words["key"]], telling)
        if words["key"] in shopper.permitted
        else _summary(words, by_purpose[words["key"]])
        for words in purposes
        if words["key"] in by_purpose
    ]


def _summary(words: Words, facts: Sequence[Fact]) -> KnownGroup:
    """What would be read if she allowed it."""
    labels = [str(fact.label) for fact in facts]
    return KnownGroup(purpose=words, is_permitted=False, known=(), unknown=labels)


def _group(words: Words, facts: Sequence[Fact], telling: _Telling) -> KnownGroup:
    rows = [(str(fact.label), _row(fact, telling)) for fact in facts]
    return KnownGroup(
        purpose=words,
        is_permitted=True,
        known=[row for _label, row in rows if row is not None],
        unknown=[label for label, row in rows if row is None],
    )


def _row(fact: Fact, telling: _Telling) -> KnownFact | None:
    """None where there is nothing to know; a value that can't be put into words has failed."""
    reading = telling.read(fact.key)
    if reading.gap in (Gap.MISSING, Gap.NOT_PERMITTED):
        return None
    anchor = telling.anchor(fact.change_at)

    def told(reading: Reading) -> KnownFact:
        return _known(fact, reading, anchor, telling)

    failed = told(Reading(gap=Gap.FAILED))
    return attempt(lambda: told(reading), otherwise=failed, what=f"fact:{fact.key}")


def _with_answers(fact: Fact, around: Surroundings) -> Fact:
    """Not to ask once more for the labels that the questions show."""
    answers = around.answers.get(fact.key)
    return replace(fact, choices=lambda: answers) if answers is not None else fact


def _known(fact: Fact, reading: Reading, anchor: str, telling: _Telling) -> KnownFact:
    has_failed = reading.gap in (Gap.FAILED, Gap.UNREGISTERED)
    return KnownFact(
        key=fact.key,
        label=str(fact.label),
        value="" if has_failed else value_in_words(fact, reading),
        source=str(fact.source),
        as_of=reading.as_of,
        anchor=anchor,
        correct_at=_correction(fact, telling.around.anchors),
        used_for=telling.around.effects.of_facts.get(fact.key, ()),
        is_excluded=reading.gap is Gap.EXCLUDED,
        has_failed=has_failed,
        can_delete=fact.forget is not None,
    )


def _correction(fact: Fact, sections: frozenset[str]) -> str:
    """Where its value is changed; its own row and the choices change nothing but its use."""
    is_elsewhere = fact.change_at in sections - {"choices", "known"}
    is_elsewhere = is_elsewhere or fact.change_at.startswith("likes-")
    return correct_at(fact) if is_elsewhere or fact.purpose == ORDERS else ""
