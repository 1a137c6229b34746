"""A segment's rules as JSON and back: what a policy stores and what its revisions keep."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import (
    get_all_child_relations,
    get_serializable_data_for_fields,
    model_from_serializable_data,
)
from wagtail_personalisation.models import Segment
from wagtail_personalisation.rules import AbstractBaseRule

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models import SegmentPolicy
from ethical_personalization.personalization.compilation import rule_models, stored_rules

MATCH_ANY = "match_any"


@dataclass(frozen=True, kw_only=True)
class Described:
    """A definition that was read: rules in memory, none of them stored.

    ``lost`` counts rules that can't be read any more, because their app or a page they name has
    gone. Without them the segment could reach more people than it was meant for.
    """

    match_any: bool = False
    rules: tuple[AbstractBaseRule, ...] = ()
    lost: int = 0


def rule_relations() -> dict[str, type[AbstractBaseRule]]:
    """Each rule class of which a segment holds rows, by the name under which it holds them.

    A class that extends another with a table has none: the segment holds its parent's half.
    """
    return {
        relation.get_accessor_name(): relation.related_model
        for relation in get_all_child_relations(Segment)
        if issubclass(relation.related_model, AbstractBaseRule)
    }


def relation_of(model: type[AbstractBaseRule]) -> str:
    """The name under which a segment holds the rows of one rule class."""
    return next(name for name, other in rule_relations().items() if other is model)


def rule_kinds() -> dict[str, type[AbstractBaseRule]]:
    """Every rule class by the name of its rows in a definition."""
    relations = rule_relations()
    others = (model for model in rule_models() if model not in relations.values())
    return {**relations, **{model._meta.label_lower: model for model in others}}


def is_extension(model: type[AbstractBaseRule]) -> bool:
    """Whether no form can hold rows of ``model``, because it extends another rule class."""
    return model not in rule_relations().values()


def rules_of(segment: Segment) -> tuple[AbstractBaseRule, ...]:
    """The stored rules of ``segment``."""
    kinds = rule_kinds().values()
    return tuple(rule for model in kinds for rule in stored_rules(model).filter(segment=segment))


def write_definition(rules: Iterable[AbstractBaseRule], *, match_any: bool) -> dict[str, Any]:
    """The JSON of a segment: ``Segment.serializable_data()`` without what differs each time."""
    names = {model: name for name, model in rule_kinds().items()}
    rows: dict[str, list[Any]] = {name: [] for name in rule_relations()}
    for rule in rules:
        rows.setdefault(names[type(rule)], []).append(row_of(rule))
    return {MATCH_ANY: match_any, **rows}


def row_of(rule: AbstractBaseRule) -> dict[str, Any]:
    """The JSON of a rule: what it says, not which row of which segment it is."""
    links = {link.name for link in rule._meta.parents.values() if link is not None}
    said = {k: v for k, v in get_serializable_data_for_fields(rule).items() if k not in links}
    row: dict[str, Any] = json.loads(
        json.dumps({**said, "pk": None, "segment": None}, cls=DjangoJSONEncoder)
    )
    return row


def definition_of(segment: Segment) -> dict[str, Any]:
    """The JSON of a stored segment."""
    return write_definition(rules_of(segment), match_any=segment.match_any)


def read_definition(definition: Mapping[str, Any]) -> Described:
    """The rules that a definition describes; what can't be read is counted, never guessed."""
    kinds = rule_kinds()
    rules: list[AbstractBaseRule] = []
    wanted = 0
    for name, rows in definition.items():
        if not isinstance(rows, list):
            continue
        wanted += len(rows)
        if name in kinds:
            rules.extend(filter(None, (_read_rule(kinds[name], row) for row in rows)))
    return Described(
        match_any=bool(definition.get(MATCH_ANY)), rules=tuple(rules), lost=wanted - len(rules)
    )


def described_by(policy: SegmentPolicy) -> Described:
    """What ``policy`` describes; one that never described anything stands for its segment."""
    if policy.definition or policy.segment_id is None:
        return read_definition(policy.definition)
    segment = policy.segment
    return Described(match_any=segment.match_any, rules=rules_of(segment))


def in_memory(described: Described) -> Segment:
    """An unsaved segment that holds the rules that a form can, for it to work on."""
    segment = Segment(match_any=described.match_any)
    put_rules(segment, described.rules)
    return segment


def put_rules(segment: Segment, rules: Iterable[AbstractBaseRule]) -> None:
    """Let ``segment`` hold ``rules``, but for extensions; they are stored when it is saved."""
    held = tuple(rules)
    for name, model in rule_relations().items():
        setattr(segment, name, [rule for rule in held if type(rule) is model])


def _read_rule(model: type[AbstractBaseRule], row: Mapping[str, Any]) -> AbstractBaseRule | None:
    """None where the row names an object that is gone, or does not fit its class any more."""
    return attempt(
        lambda: model_from_serializable_data(
            model, {**row, "pk": None, "segment": None}, check_fks=True, strict_fks=True
        ),
        otherwise=None,
        what=f"rule_row:{model._meta.label_lower}",
    )
