"""How the stored rules of a segment become one condition on facts."""

from collections.abc import Iterator, Mapping

from django.db.models import Q, QuerySet
from wagtail_personalisation.rules import AbstractBaseRule

from ethical_personalization.core.conditions import AllOf, AnyOf, Expression
from ethical_personalization.models import FactRule

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
    return _rows(model).exclude(_is_extended(model))


def extended_rows(model: type[AbstractBaseRule]) -> QuerySet[AbstractBaseRule]:
    """The halves that rules of other classes keep in the table of ``model``."""
    return _rows(model).filter(_is_extended(model))


def _rows(model: type[AbstractBaseRule]) -> QuerySet[AbstractBaseRule]:
    rows: QuerySet[AbstractBaseRule] = model._base_manager.all()
    return rows


def _is_extended(model: type[AbstractBaseRule]) -> Q:
    extended = Q(pk__in=())
    for halves in _halves(model):
        extended |= Q(pk__in=halves)
    return extended


def _halves(model: type[AbstractBaseRule]) -> Iterator[QuerySet[AbstractBaseRule, int]]:
    """The keys in ``model``, by each class that extends it directly.

    They are asked of that class, because ``model`` may not know it: its link can be hidden.
    """
    for child in rule_models():
        link = child._meta.parents.get(model)
        if link is not None and link.model is child:
            yield _rows(child).values_list(link.attname, flat=True)


def group_of(rule: AbstractBaseRule) -> int | None:
    """The number that an editor gave to rules that belong together."""
    return (rule.group or None) if isinstance(rule, FactRule) else None


def combine(grouped: Grouped, *, match_any: bool) -> Expression:
    """The editor's "all" or "any" over single conditions and groups, which have the other one."""
    outer, inner = (AnyOf, AllOf) if match_any else (AllOf, AnyOf)
    groups = [
        inner(tuple(parts))
        for group, parts in sorted(item for item in grouped.items() if item[0] is not None)
    ]
    return outer((*grouped.get(None, ()), *groups))
