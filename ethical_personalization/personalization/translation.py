"""What a stored rule of any class asks for, whatever the code does that says so."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum, auto

from wagtail_personalisation.rules import AbstractBaseRule

from ethical_personalization.core.conditions import Condition, Expression, facts_of
from ethical_personalization.core.exceptions import InvalidCondition
from ethical_personalization.core.operators import BY_KEY
from ethical_personalization.core.patience import attempt_patiently, left_alone
from ethical_personalization.core.registry import facts, rules
from ethical_personalization.facts.sensitive import sensitive_in
from ethical_personalization.models.segments import BROKEN

logger = logging.getLogger(__name__)

#: How the log, and who is patient, names the translation of a rule.
TRANSLATION = "rule:"
NEVER: Expression = Condition(fact=BROKEN, operator="is_true")


class Flaw(StrEnum):
    """Why a rule is not used."""

    UNDECLARED = auto()
    INVALID = auto()
    FAILED = auto()
    SLOW = auto()


@dataclass(frozen=True, kw_only=True)
class Translation:
    """What became of a rule.

    ``facts`` are what it asks for, also where ``condition`` is never true because no segment may
    use them so, and ``sensitive`` the categories among its values that no segment may name, by
    fact. ``said`` is what the code that found it invalid says.
    """

    condition: Expression = NEVER
    facts: tuple[str, ...] = ()
    sensitive: Mapping[str, frozenset[str]] = field(default_factory=dict)
    flaw: Flaw | None = None
    said: str = ""


def condition_of(rule: AbstractBaseRule, sensitive: frozenset[str]) -> Expression:
    """The declared translation of a stored rule; never true where there is none.

    Nor where it names one of the ``sensitive`` categories.
    """
    return _attempt(rule, sensitive).condition


def translate(rule: AbstractBaseRule, sensitive: frozenset[str]) -> Translation:
    """The same for who has to explain it: with the reason why a rule is not used."""
    translation = _attempt(rule, sensitive)
    is_slow = _name(rule) in left_alone(TRANSLATION)
    return replace(translation, flaw=Flaw.SLOW) if is_slow else translation


def _attempt(rule: AbstractBaseRule, sensitive: frozenset[str]) -> Translation:
    return attempt_patiently(
        lambda: _translated(rule, sensitive),
        otherwise=Translation(flaw=Flaw.FAILED),
        what=_name(rule),
    )


def _name(rule: AbstractBaseRule) -> str:
    return f"{TRANSLATION}{rule._meta.label_lower}"


def _translated(rule: AbstractBaseRule, sensitive: frozenset[str]) -> Translation:
    declared = rules.find(rule._meta.label_lower)
    if declared is None:
        return Translation(flaw=Flaw.UNDECLARED)
    try:
        asked = declared.condition(rule)
    except InvalidCondition as error:
        logger.info("event=invalid_rule what=%s", _name(rule))
        return Translation(flaw=Flaw.INVALID, said=str(error))
    if not all(isinstance(leaf.fact, str) for leaf in asked.leaves()):
        raise TypeError("A fact is named by its key, a str.")
    named = {
        leaf.fact: found
        for leaf in asked.leaves()
        if (found := sensitive_in(leaf.fact, leaf.value, sensitive))
    }
    is_usable = not named and all(_fits(leaf) for leaf in asked.leaves())
    return Translation(
        condition=asked if is_usable else NEVER, facts=facts_of(asked), sensitive=named
    )


def _fits(condition: Condition) -> bool:
    """Whether segments may use the fact so; code may have changed since the rule was stored."""
    fact, operator = facts.declared().get(condition.fact), BY_KEY.get(condition.operator)
    if fact is None:
        return True
    return not fact.is_sensitive and operator is not None and operator.kind is fact.kind
