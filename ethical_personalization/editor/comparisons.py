"""Operators and their negations, in the words of an editor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.operators import (
    BY_KEY,
    MAX_WORD,
    OPERATORS,
    Operator,
    ValueShape,
    operators_for,
)
from ethical_personalization.core.text import Words

#: Operator -> its words, and the words of its negation.
LABELS: Mapping[str, tuple[Words, Words]] = {
    "any_of": (gettext_lazy("has at least one of"), gettext_lazy("has none of")),
    "all_of": (gettext_lazy("has all of"), gettext_lazy("does not have all of")),
    "is_empty": (gettext_lazy("is empty"), gettext_lazy("is not empty")),
    "at_least": (gettext_lazy("is at least"), gettext_lazy("is less than")),
    "at_most": (gettext_lazy("is at most"), gettext_lazy("is more than")),
    "one_of": (gettext_lazy("is one of"), gettext_lazy("is none of")),
    "is_true": (gettext_lazy("is true"), gettext_lazy("is not true")),
    "between": (gettext_lazy("is between"), gettext_lazy("is not between")),
    "matches": (gettext_lazy("matches the pattern"), gettext_lazy("does not match the pattern")),
}

KINDS: Mapping[FactKind, Words] = {
    FactKind.SET: gettext_lazy("For lists"),
    FactKind.NUMBER: gettext_lazy("For numbers"),
    FactKind.CHOICE: gettext_lazy("For one of several values"),
    FactKind.TEXT: gettext_lazy("For text"),
    FactKind.BOOLEAN: gettext_lazy("For yes or no"),
    FactKind.TIME: gettext_lazy("For times"),
}

_NOT = "not:"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """An operator, negated or not: what the editor chooses in one list."""

    operator: str
    negated: bool = False

    @property
    def key(self) -> str:
        """Its value in a form."""
        return f"{_NOT}{self.operator}" if self.negated else self.operator

    @property
    def label(self) -> str:
        """Its words; an operator whose code is gone is named as it is stored."""
        words = LABELS.get(self.operator)
        if words is None:
            return _("%(name)s (not known)") % {"name": self.operator or "–"}
        return str(words[self.negated])

    @property
    def shape(self) -> ValueShape | None:
        """What it wants beside the fact; None where the operator is not known."""
        operator = BY_KEY.get(self.operator)
        return operator.shape if operator is not None else None


def comparison_from(key: str) -> Comparison:
    """The comparison behind a form's value."""
    return Comparison(operator=key.removeprefix(_NOT), negated=key.startswith(_NOT))


def comparisons_for(fact: Fact) -> tuple[Comparison, ...]:
    """Those that fit ``fact``, each followed by its negation."""
    return tuple(both for operator in operators_for(fact) for both in _both(operator))


def all_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every comparison by kind of fact, for a rule whose fact is not chosen yet."""
    return [
        (
            str(label),
            [
                (comparison.key, comparison.label)
                for operator in OPERATORS
                if operator.kind is kind
                for comparison in _both(operator)
            ],
        )
        for kind, label in KINDS.items()
    ]


def what_is_wanted(shape: ValueShape, fact: Fact, strange: Sequence[str]) -> str:
    """What to enter instead of a value that does not fit; ``strange`` are unknown values."""
    if strange:
        return _("No longer available: %(values)s. Take the tick away.") % {
            "values": ", ".join(fact.labels(strange))
        }
    if shape is ValueShape.VALUES and fact.choices is None:
        return _("Write at least one value, one per line, none longer than %(max)d characters.") % {
            "max": MAX_WORD
        }
    return value_in_words(shape)


def value_in_words(shape: ValueShape) -> str:
    """What to enter as a value of ``shape``."""
    return {
        ValueShape.VALUES: _("Tick at least one value."),
        ValueShape.NUMBER: _("Write a number, such as 3 or 49.90."),
        ValueShape.TIMES: _("Give two different times, such as 18:00 and 23:00."),
        ValueShape.PATTERN: _("Write a short pattern without repeated groups, such as /sale/."),
        ValueShape.NOTHING: _("This comparison needs no value."),
    }[shape]


def _both(operator: Operator) -> tuple[Comparison, Comparison]:
    return (
        Comparison(operator=operator.key),
        Comparison(operator=operator.key, negated=True),
    )
