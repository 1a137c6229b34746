"""What a shop tells of its personalisation, and what is different from what it told before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: Of a purpose's terms, those that are lists, and what each entry of them is.
_LISTS = ("recipients", "sources", "data_categories")


class Topic(StrEnum):
    """What a change is about; the terms of a purpose carry their names in its versions."""

    PURPOSE = "purpose"
    FACT = "fact"
    PERIOD = "period"
    PARAMETER = "parameter"
    BASIS = "basis"
    RETENTION = "retention_days"
    RECIPIENT = "recipients"
    SOURCE = "sources"
    CATEGORY = "data_categories"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that was added (``before`` None), removed (``after`` None) or changed.

    ``about`` is the key of the purpose, fact or question that it belongs to. Periods are in days,
    weights in points; a fact's value is the key of its purpose.
    """

    topic: Topic
    about: str
    before: str | int | None = None
    after: str | int | None = None


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one site tells: its purposes, each fact's purpose and own period, and the weights.

    A fact that needs no purpose has the empty one. ``periods`` has only facts with their own.
    """

    purposes: frozenset[str]
    facts: Mapping[str, str]
    periods: Mapping[str, int]
    parameters: Mapping[str, int]


def told_on(document: Mapping[str, Any], site_id: int | None) -> Told:
    """What a stored document tells on one site: nothing of purposes that it does not offer."""
    offered = frozenset(
        key
        for key, sites in document["purposes"].items()
        if site_id is not None and (sites is None or site_id in sites)
    )
    facts = {
        key: fact
        for key, fact in document["facts"].items()
        if not fact["purpose"] or fact["purpose"] in offered
    }
    return Told(
        purposes=offered,
        facts={key: fact["purpose"] for key, fact in facts.items()},
        periods={key: fact["days"] for key, fact in facts.items() if fact["days"] is not None},
        parameters={key: one["weight"] for key, one in document["parameters"].items()},
    )


def differences(before: Told, after: Told) -> tuple[Change, ...]:
    """What ``after`` adds, takes away and changes, in a fixed order.

    The facts of a purpose that comes or goes come and go with it, and are not told one by one.
    """
    stays = (before.purposes & after.purposes) | {""}
    facts_before, facts_after = _of(stays, before.facts), _of(stays, after.facts)
    both = facts_before.keys() & facts_after.keys()
    return (
        *_compared(Topic.PURPOSE, _named(before.purposes), _named(after.purposes)),
        *_compared(Topic.FACT, facts_before, facts_after),
        *_compared(Topic.PERIOD, _only(both, before.periods), _only(both, after.periods)),
        *_compared(Topic.PARAMETER, before.parameters, after.parameters),
    )


def changed_terms(
    purpose: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[Change, ...]:
    """What two versions of a purpose say differently; both as ``core.purposes.material_terms``."""
    found = [
        Change(topic=topic, about=purpose, before=before.get(topic), after=after.get(topic))
        for topic in (Topic.BASIS, Topic.RETENTION)
        if before.get(topic) != after.get(topic)
    ]
    for name in _LISTS:
        earlier, later = set(before.get(name, ())), set(after.get(name, ()))
        topic = Topic(name)
        found += [Change(topic=topic, about=purpose, after=one) for one in sorted(later - earlier)]
        found += [Change(topic=topic, about=purpose, before=one) for one in sorted(earlier - later)]
    return tuple(found)


def _compared(
    topic: Topic, before: Mapping[str, str | int], after: Mapping[str, str | int]
) -> Iterator[Change]:
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield Change(topic=topic, about=key, before=before.get(key), after=after.get(key))


def _named(keys: frozenset[str]) -> Mapping[str, str]:
    return {key: key for key in keys}


def _of(purposes: frozenset[str] | set[str], facts: Mapping[str, str]) -> dict[str, str]:
    return {key: purpose for key, purpose in facts.items() if purpose in purposes}


def _only(keys: Any, periods: Mapping[str, int]) -> Mapping[str, int]:
    return {key: days for key, days in periods.items() if key in keys}
