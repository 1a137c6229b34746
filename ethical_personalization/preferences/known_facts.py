"""What we know: each fact that she permits, and a summary of what she does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ethical_personalization.core.facts import Fact, PermittedFacts
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.readings import Gap, Read, Reading
from ethical_personalization.core.registry import facts as fact_registry
from ethical_personalization.models.savepoints import undisturbed
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.transparency.screens import Words
from ethical_personalization.wording import value_in_words


@dataclass(frozen=True, kw_only=True)
class KnownFact:
    """A fact with its value, or with the shopper's instruction not to use it.

    ``anchor`` is the id that the widget's "change this" leads to; empty where another row or
    section carries it.
    """

    key: str
    label: str
    value: str
    source: str
    as_of: datetime | None
    anchor: str
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


def known_facts(shopper: Shopper, purposes: Sequence[Words]) -> list[KnownGroup]:
    """A group for each offered purpose that some fact serves. Reads only what is permitted."""
    nothing: list[KnownGroup] | None = None
    together = attempt(
        lambda: _read_together(shopper, purposes), otherwise=nothing, what="known_facts"
    )
    if together is not None:
        return together
    return _groups(shopper, purposes, _apart(Shopper(shopper.request).facts))


def _read_together(shopper: Shopper, purposes: Sequence[Words]) -> list[KnownGroup]:
    with undisturbed():
        return _groups(shopper, purposes, shopper.facts.read)


def _apart(facts: PermittedFacts) -> Read:
    """Each fact for itself, so that one whose query fails leaves the others readable."""

    def read_one(key: str) -> Reading:
        with undisturbed():
            return facts.read(key)

    failed = Reading(gap=Gap.FAILED)
    return lambda key: attempt(lambda: read_one(key), otherwise=failed, what=f"fact:{key}")


def _groups(shopper: Shopper, purposes: Sequence[Words], read: Read) -> list[KnownGroup]:
    by_purpose: dict[str, list[Fact]] = {}
    for fact in fact_registry.all().values():
        by_purpose.setdefault(fact.purpose or "", []).append(fact)
    anchors = _Anchors()
    return [
        _group(words, by_purpose[words["key"]], anchors, read)
        if words["key"] in shopper.permitted
        else _summary(words, by_purpose[words["key"]])
        for words in purposes
        if words["key"] in by_purpose
    ]


class _Anchors:
    """Hands out each id once; the questions and the choices carry theirs elsewhere."""

    def __init__(self) -> None:
        self._taken = {
            "choices",
            "likes",
            "known",
            "pause",
            "age",
            "gpc",
            "paused",
            "history",
            "muted",
        }

    def take(self, name: str) -> str:
        if name in self._taken or name.startswith("likes-"):
            return ""
        self._taken.add(name)
        return name


def _summary(words: Words, facts: Sequence[Fact]) -> KnownGroup:
    """What would be read if she allowed it."""
    labels = [str(fact.label) for fact in facts]
    return KnownGroup(purpose=words, is_permitted=False, known=(), unknown=labels)


def _group(words: Words, facts: Sequence[Fact], anchors: _Anchors, read: Read) -> KnownGroup:
    rows = [(str(fact.label), _known(fact, anchors, read(fact.key))) for fact in facts]
    return KnownGroup(
        purpose=words,
        is_permitted=True,
        known=[row for _label, row in rows if row is not None],
        unknown=[label for label, row in rows if row is None],
    )


def _known(fact: Fact, anchors: _Anchors, reading: Reading) -> KnownFact | None:
    if reading.gap in (Gap.MISSING, Gap.NOT_PERMITTED):
        return None
    return KnownFact(
        key=fact.key,
        label=str(fact.label),
        value=value_in_words(fact, reading),
        source=str(fact.source),
        as_of=reading.as_of,
        anchor=anchors.take(fact.change_at),
        is_excluded=reading.gap is Gap.EXCLUDED,
        has_failed=reading.gap in (Gap.FAILED, Gap.UNREGISTERED),
        can_delete=fact.forget is not None,
    )
