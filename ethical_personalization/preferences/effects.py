"""What rests on a fact in this shop now: what its segments promise, and its lists of products."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext

from ethical_personalization.core.conditions import facts_of
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.registry import facts as fact_registry
from ethical_personalization.models import QuestionSource
from ethical_personalization.models.preferences import live_questions
from ethical_personalization.models.savepoints import undisturbed
from ethical_personalization.personalization.plan import published_plan


@dataclass(frozen=True, kw_only=True)
class Effects:
    """Sentences by the key of a fact, and by that of a purpose; nothing where it can't be told."""

    of_facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of_purposes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    are_known: bool = True


def effects_now() -> Effects:
    """Of what is published; it is the same for every shopper."""
    return attempt(_effects, otherwise=Effects(are_known=False), what="effects")


def _effects() -> Effects:
    with undisturbed():
        pairs = [*_of_segments(), *_of_lists()]
    purposes = {fact.key: fact.purpose or "" for fact in fact_registry.all().values()}
    by_purpose = ((purposes.get(fact, ""), words) for fact, words in pairs)
    return Effects(of_facts=_collected(pairs), of_purposes=_collected(by_purpose))


def _of_segments() -> Iterator[tuple[str, str]]:
    for audience in published_plan.get().audiences.values():
        if audience.benefit:
            for fact in facts_of(audience.condition):
                yield fact, audience.benefit


def _of_lists() -> Iterator[tuple[str, str]]:
    for question in live_questions.get():
        if question.weight and question.source != QuestionSource.OPTIONS:
            yield question.fact_key, gettext("Lists of products that fit your answers.")


def _collected(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for key, words in pairs:
        found[key][words] = None
    return {key: tuple(words) for key, words in found.items()}
