"""What is wrong with a rule on a fact, and at which of its parts."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ethical_personalization.core.exceptions import InvalidCondition
from ethical_personalization.core.facts import Fact
from ethical_personalization.core.operators import ValueShape, operator_for, parse_value
from ethical_personalization.core.text import Words
from ethical_personalization.facts.sensitive import sensitive_in
from ethical_personalization.models import FactRule

from .catalogue import FactCatalogue
from .comparisons import what_is_wanted


@dataclass(frozen=True, kw_only=True)
class Problem:
    """``part`` is "fact", "operator" or "value"; for a value, ``shape`` is what was wanted."""

    part: str
    text: str
    shape: ValueShape | None = None


def problem_of(rule: FactRule, catalogue: FactCatalogue) -> Problem | None:
    """The first problem in reading order; None where the rule can be evaluated."""
    if not rule.fact:
        return Problem(part="fact", text=_("Choose what the rule looks at, or delete the rule."))
    fact = catalogue.find(rule.fact)
    if fact is None:
        question = catalogue.sensitive_questions.get(rule.fact)
        text = tells_too_much(question) if question else _unavailable(rule.fact)
        return Problem(part="fact", text=text)
    if fact.is_sensitive:
        return Problem(part="fact", text=tells_too_much(fact.label))
    try:
        operator = operator_for(fact, rule.operator)
    except InvalidCondition:
        return Problem(part="operator", text=_no_comparison(fact, rule.operator))
    if sensitive := sensitive_in(fact.key, _values(rule), catalogue.sensitive):
        text = names_too_much(fact, sensitive)
        return Problem(part="value", shape=operator.shape, text=text)
    if strange := _strange_values(rule, fact, catalogue):
        text = what_is_wanted(operator.shape, fact, strange)
        return Problem(part="value", shape=operator.shape, text=text)
    try:
        parse_value(operator, rule.value)
    except InvalidCondition:
        text = what_is_wanted(operator.shape, fact, ())
        return Problem(part="value", shape=operator.shape, text=text)
    return None


def _unavailable(key: str) -> str:
    return _(
        "“%(fact)s” is no longer available: its code or its question is gone. Choose something "
        "else, or delete the rule."
    ) % {"fact": key}


def tells_too_much(label: Words) -> str:
    """Why no segment may use the fact, or the question, of that ``label``."""
    return _(
        "“%(fact)s” tells something that the law protects most, such as health or religion (GDPR "
        "Art. 9). A segment has no explicit consent for that. Choose something else, or delete "
        "the rule."
    ) % {"fact": label}


def names_too_much(fact: Fact, sensitive: Collection[str]) -> str:
    """Why no rule may ask for these values of ``fact``."""
    return _(
        "An interest in this tells something that the law protects most, such as health or "
        "religion (GDPR Art. 9): %(values)s. A segment has no explicit consent for that. Take the "
        "tick away, or delete the rule."
    ) % {"values": ", ".join(fact.labels(sorted(sensitive)))}


def _no_comparison(fact: Fact, operator: str) -> str:
    if not operator:
        return _("Choose how “%(fact)s” is compared.") % {"fact": fact.label}
    return _("This comparison does not fit “%(fact)s”; choose another one.") % {"fact": fact.label}


def _strange_values(rule: FactRule, fact: Fact, catalogue: FactCatalogue) -> list[str]:
    """Stored values that are no longer among the choices of ``fact``."""
    known = catalogue.every_value(fact)
    if known is None or not isinstance(rule.value, list):
        return []
    values = {value for value, _label in known}
    return [str(value) for value in rule.value if value not in values]


def _values(rule: FactRule) -> frozenset[str]:
    """The stored values, whatever else was stored."""
    stored = rule.value if isinstance(rule.value, list) else []
    return frozenset(value for value in stored if isinstance(value, str))
