"""How the stored rules of a segment become one condition on facts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel
from wagtail_personalisation.rules import AbstractBaseRule

from ethical_personalization.core.conditions import AllOf, AnyOf, Condition, Expression
from ethical_personalization.core.operators import BY_KEY
from ethical_personalization.core.patience import attempt_patiently
from ethical_personalization.core.registry import facts, rules
from ethical_personalization.models import FactRule
from ethical_personalization.models.segments import BROKEN

#: How the log, and who is patient, names the translation of a rule.
TRANSLATION = "rule:"
NEVER: Expression = Condition(fact=BROKEN, operator="is_true")

#: Conditions by group; group None holds those that stand for themselves.
Grouped = Mapping[int | None, list[Expression]]


def rule_models() -> list[type[AbstractBaseRule]]:
    """The rule classes that have a table; a proxy would bring the rows of its parent again."""
    every = AbstractBaseRule.get_descendant_models()
    return [model for model in every if not model._meta.proxy]


def stored_rules(model: type[AbstractBaseRule]) -> QuerySet[AbstractBaseRule]:
    """The rows of ``model`` alone.

    A class that extends it keeps a row in both tables. What the extended one asks for is not what
    the parent says, so the parent's half is no rule.
    """
    rows: QuerySet[AbstractBaseRule] = model._base_manager.all()
    extensions = (each for each in model._meta.related_objects if _is_extension(each))
    return rows.filter(**{f"{each.name}__isnull": True for each in extensions})


def _is_extension(related: ForeignObjectRel) -> bool:
    return bool(getattr(related, "parent_link", False))


def compile_rules(rules_: Iterable[AbstractBaseRule], *, match_any: bool) -> Expression:
    """What ``rules_`` ask for together, whether they are stored or not."""
    grouped: dict[int | None, list[Expression]] = defaultdict(list)
    for rule in rules_:
        grouped[group_of(rule)].append(condition_of(rule))
    return combine(grouped, match_any=match_any)


def group_of(rule: AbstractBaseRule) -> int | None:
    """The number that an editor gave to rules that belong together."""
    return (rule.group or None) if isinstance(rule, FactRule) else None


def condition_of(rule: AbstractBaseRule) -> Expression:
    """The declared translation of a stored rule; never true where nobody declared one."""
    label = rule._meta.label_lower
    return attempt_patiently(
        lambda: _translated(rule, label), otherwise=NEVER, what=f"{TRANSLATION}{label}"
    )


def combine(grouped: Grouped, *, match_any: bool) -> Expression:
    """The editor's "all" or "any" over single conditions and groups, which have the other one."""
    outer, inner = (AnyOf, AllOf) if match_any else (AllOf, AnyOf)
    groups = [
        inner(tuple(parts))
        for group, parts in sorted(item for item in grouped.items() if item[0] is not None)
    ]
    return outer((*grouped.get(None, ()), *groups))


def _translated(rule: AbstractBaseRule, label: str) -> Expression:
    declared = rules.find(label)
    if declared is None:
        return NEVER
    translated = declared.condition(rule)
    return translated if all(_fits(leaf) for leaf in translated.leaves()) else NEVER


def _fits(condition: Condition) -> bool:
    """Whether segments may use the fact so; code may have changed since the rule was stored."""
    fact, operator = facts.declared().get(condition.fact), BY_KEY.get(condition.operator)
    if fact is None:
        return True
    return not fact.is_sensitive and operator is not None and operator.kind is fact.kind
