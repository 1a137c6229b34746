"""Every sentence on a fact: each comparison that fits it, with sample values, true and negated."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from ethical_personalization.core.conditions import Condition
from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.operators import Operator, operators_for
from ethical_personalization.core.readings import Reading
from ethical_personalization.core.traces import Supposition
from ethical_personalization.wording import evidence_sentence, supposition_in_words

Sample = tuple[Any, Any]
_AS_OF = datetime(2026, 3, 1, 12, tzinfo=UTC)
#: Stand in for the values of a fact.
_LETTERS = ("A", "B")
#: More choices than that, such as countries, are not listed one by one.
_FEW = 10
_EVENING = (time(18), time(23))


def sentences_on(fact: Fact) -> Iterator[str]:
    """What a reason can say of ``fact``, each sentence once, in the active language."""
    sampled = _sampled(fact)
    told = (_sentence(sampled, evidence) for evidence in _evidence_of(sampled))
    yield from dict.fromkeys(sentence for sentence in told if sentence)


def labels_of(fact: Fact) -> Iterator[str]:
    """What a value is called: each of a few choices, and one that is no choice any more."""
    if fact.kind is FactKind.CHOICE and fact.choices is not None:
        choices = fact.choices()
        if len(choices) <= _FEW:
            yield from (str(label) for _value, label in choices)
    yield str(fact.gone)


def supposition_on(fact: Fact) -> str:
    """What is said of a version that another value would bring, with a sample value."""
    fact = _sampled(fact)
    a, b = _values_of(fact)
    values: Mapping[FactKind, Any] = {
        FactKind.SET: frozenset({a, b}),
        FactKind.NUMBER: 2,
        FactKind.CHOICE: a,
        FactKind.TEXT: a,
        FactKind.BOOLEAN: True,
        FactKind.TIME: _EVENING[0],
    }
    supposition = Supposition(
        condition=Condition(fact=fact.key, operator=""), reading=Reading(value=values[fact.kind])
    )
    return attempt(
        lambda: supposition_in_words(fact, supposition), otherwise="", what=f"told:{fact.key}"
    )


def _sentence(fact: Fact, evidence: Evidence) -> str:
    """Nothing, and a line in the log, where the shop's own sentence fails."""
    return attempt(lambda: evidence_sentence(fact, evidence), otherwise="", what=f"told:{fact.key}")


def _evidence_of(fact: Fact) -> Iterator[Evidence]:
    for operator in operators_for(fact):
        for negated in (False, True):
            for value, wanted in _samples(fact):
                if bool(operator.test(value, wanted)) is not negated:
                    for count in (1, 2):
                        reading = _reading(value, count)
                        yield _evidence(fact, operator, wanted, reading, negated=negated)


def _reading(value: Any, count: int) -> Reading:
    counts = dict.fromkeys(value, count) if isinstance(value, frozenset) else {}
    return Reading(value=value, as_of=_AS_OF, since=_AS_OF, counts=counts)


def _evidence(
    fact: Fact, operator: Operator, wanted: Any, reading: Reading, *, negated: bool
) -> Evidence:
    """What the condition would find, as ``Condition.evidence`` says it."""
    return Evidence(
        fact=fact.key,
        operator=operator.key,
        wanted=wanted,
        negated=negated,
        matched=() if negated else tuple(sorted(operator.matched(reading.value, wanted))),
        reading=reading,
    )


def _samples(fact: Fact) -> list[Sample]:
    """Pairs of a value and what is asked of it: none, one and several of each."""
    a, b = _values_of(fact)
    sets = (frozenset[str](), frozenset({a}), frozenset({a, b}))
    samples: Mapping[FactKind, list[Sample]] = {
        FactKind.SET: [(value, wanted) for value in sets for wanted in sets[1:]],
        FactKind.NUMBER: [(value, Decimal(wanted)) for value in range(3) for wanted in range(3)],
        FactKind.CHOICE: [(a, sets[1]), (a, sets[2]), (a, frozenset({b}))],
        FactKind.TEXT: [(word, re.compile("^A$")) for word in _LETTERS],
        FactKind.BOOLEAN: [(True, None), (False, None)],
        FactKind.TIME: [(time(19), _EVENING), (time(9), _EVENING)],
    }
    return samples[fact.kind]


def _sampled(fact: Fact) -> Fact:
    """The fact with values that are in every shop; a small set of choices speaks for itself."""
    if fact.kind is not FactKind.SET:
        return fact
    return replace(fact, choices=lambda: [(letter, letter) for letter in _LETTERS])


def _values_of(fact: Fact) -> tuple[str, str]:
    none: list[tuple[str, str]] = []
    choices = fact.choices() if fact.choices is not None else none
    first, second, *_rest = [*(value for value, _label in choices), *_LETTERS]
    return first, second
