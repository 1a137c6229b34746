"""What the shop would work out about a shopper now: facts and groups, with their sources."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ethical_personalization.core.facts import Fact
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.readings import Gap, Reading
from ethical_personalization.core.registry import facts as fact_registry
from ethical_personalization.models import FactRule, Purpose, SegmentPolicy
from ethical_personalization.models.savepoints import undisturbed
from ethical_personalization.personalization.adapter import ConsentSegmentsAdapter
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.wording import value_in_words

Told = dict[str, Any]


def facts_of(shopper: Shopper) -> list[Told]:
    """Every fact there is, with its value where she permits that it is read."""
    titles = {purpose.key: str(purpose) for purpose in Purpose.objects.all()}
    return [_fact(shopper, fact, titles) for fact in fact_registry.all().values()]


def segments_of(shopper: Shopper) -> list[Told]:
    """The groups that she would be counted to now, and the facts that decide it."""

    def find() -> list[Told]:
        with undisturbed():
            return list(_segments(shopper))

    nothing: list[Told] = []
    return attempt(find, otherwise=nothing, what="segments")


def _fact(shopper: Shopper, fact: Fact, titles: dict[str, str]) -> Told:
    failed = (Reading(gap=Gap.FAILED), "")
    reading, in_words = attempt(lambda: _read(shopper, fact), otherwise=failed, what=fact.key)
    return {
        "key": fact.key,
        "label": str(fact.label),
        "value": _plain(reading.value) if reading.is_known else None,
        "in_words": in_words,
        "not_known_because": reading.gap.value if reading.gap is not None else None,
        "purpose": titles.get(fact.purpose or "", ""),
        "source": str(fact.source),
        "data_category": fact.data_category,
        "as_of": _moment(reading.as_of),
        "since": _moment(reading.since),
        "change_at": fact.change_at,
    }


def _read(shopper: Shopper, fact: Fact) -> tuple[Reading, str]:
    with undisturbed():
        reading = shopper.facts.read(fact.key)
        return reading, value_in_words(fact, reading) if reading.is_known else ""


def _segments(shopper: Shopper) -> Iterator[Told]:
    found = ConsentSegmentsAdapter(shopper.request).get_segments()
    keys = [segment.pk for segment in found]
    benefits = dict(
        SegmentPolicy.objects.filter(segment__in=keys).values_list("segment", "shopper_benefit")
    )
    labels = {fact.key: str(fact.label) for fact in fact_registry.all().values()}
    rules = FactRule.objects.filter(segment__in=keys).values_list("segment", "fact")
    for segment in found:
        used = {labels.get(fact, fact) for owner, fact in rules if owner == segment.pk}
        yield {
            "name": segment.name,
            "benefit": benefits.get(segment.pk, ""),
            "rests_on": sorted(used),
        }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _plain(value: Any) -> Any:
    """A set as a sorted list; the rest as the JSON encoder takes it."""
    return sorted(map(str, value)) if isinstance(value, frozenset | set) else value
