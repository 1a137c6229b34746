"""What the law protects most (GDPR Art. 9(1)) is no value of a fact, and no rule may ask for it."""

from collections.abc import Set
from dataclasses import replace
from functools import partial
from typing import Any

from ethical_personalization.core.facts import Fact
from ethical_personalization.core.instructions import CATEGORY
from ethical_personalization.core.readings import Gap, Reading, as_reading
from ethical_personalization.core.registry import facts

from .categories import category_tree
from .source import FactSource


def without_sensitive(fact: Fact | None) -> Fact | None:
    """``fact`` with a reader that leaves sensitive categories out, whoever declared it.

    Those above them stay, and stay true. Where nothing is left, there is nothing to know: the empty
    set would say that she has, or looked at, nothing at all.
    """
    if fact is None or fact.values_of != CATEGORY:
        return fact
    return replace(fact, reader=partial(_read, fact))


def sensitive_in(key: str, value: object, sensitive: frozenset[str]) -> frozenset[str]:
    """Those of the ``sensitive`` categories that a rule names as values of the fact ``key``."""
    named = sensitive.intersection(value) if isinstance(value, Set) else frozenset()
    if not named:
        return frozenset()
    fact = facts.find(key)
    return named if fact is not None and fact.values_of == CATEGORY else frozenset()


def _read(fact: Fact, source: FactSource) -> Reading:
    reading = as_reading(fact.reader(source))
    values: Any = reading.value
    told = frozenset(values) if isinstance(values, Set) else frozenset({values} - {None})
    sensitive = told & category_tree.get().sensitive_values if told else told
    if not sensitive:
        return reading
    if sensitive == told:
        return Reading(gap=Gap.MISSING)
    counts = {value: count for value, count in reading.counts.items() if value not in sensitive}
    return replace(reading, value=told - sensitive, counts=counts)
