"""The facts that rules may use, as one editor's request sees them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from ethical_personalization.core.facts import Fact
from ethical_personalization.core.instructions import CATEGORY
from ethical_personalization.core.registry import facts
from ethical_personalization.facts.categories import category_tree
from ethical_personalization.models import Purpose
from ethical_personalization.models.preferences import all_questions

from .comparisons import comparisons_for

Choices = Sequence[tuple[str, str]]


class FactCatalogue:
    """Facts with the titles of their purposes and their values, each asked for at most once."""

    def __init__(self) -> None:
        self._values: dict[str, Choices | None] = {}

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Every registered fact by key."""
        return facts.all()

    @cached_property
    def purposes(self) -> Mapping[str, Purpose]:
        """The shop's purposes by key, in their order."""
        found = Purpose.objects.prefetch_related("on_sites__site")
        return {purpose.key: purpose for purpose in found}

    def find(self, key: str) -> Fact | None:
        return self.facts.get(key)

    def title_of(self, purpose: str | None) -> str:
        """The words of a purpose for an editor."""
        if purpose is None:
            return _("No permission needed")
        stored = self.purposes.get(purpose)
        return str(stored) if stored is not None else purpose

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """The categories that no rule may name."""
        return category_tree.get().sensitive_values

    @cached_property
    def sensitive_questions(self) -> Mapping[str, str]:
        """The questions that no segment may use, by the key of the fact that they were."""
        marked = (question for question in all_questions.get() if question.is_sensitive)
        return {question.fact_key: question.title for question in marked}

    def values(self, fact: Fact) -> Choices | None:
        """The values that a rule may name, with their labels; None where any text will do."""
        every = self.every_value(fact)
        if every is None or fact.values_of != CATEGORY:
            return every
        return [(value, label) for value, label in every if value not in self.sensitive]

    def every_value(self, fact: Fact) -> Choices | None:
        """The same with those that are not offered because they are sensitive."""
        if fact.choices is None:
            return None
        if fact.key not in self._values:
            self._values[fact.key] = [(value, str(label)) for value, label in fact.choices()]
        return self._values[fact.key]

    def choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The facts for a select, under the titles of their purposes."""
        groups: dict[str, list[tuple[str, str]]] = {
            self.title_of(key): [] for key in (*self.purposes, None)
        }
        for fact in self.facts.values():
            if fact.is_sensitive:
                continue
            groups.setdefault(self.title_of(fact.purpose), []).append((fact.key, str(fact.label)))
        return [(title, group) for title, group in groups.items() if group]

    def labels(self, keys: Iterable[str]) -> list[str]:
        """The words for facts; one whose code is gone is named by its key."""
        return [str(fact.label) if (fact := self.find(key)) else key for key in keys]

    def as_data(self) -> dict[str, Any]:
        """What the form's script needs to offer only what fits."""
        return {
            fact.key: {
                "comparisons": [
                    {"key": item.key, "label": item.label, "shape": item.shape}
                    for item in comparisons_for(fact)
                ],
                "values": self.values(fact),
            }
            for fact in self.facts.values()
        }
