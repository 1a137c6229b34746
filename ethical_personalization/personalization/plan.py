"""The published segments, compiled from their stored rules into audiences."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wagtail_personalisation.models import Segment
from wagtail_personalisation.rules import AbstractBaseRule

from ethical_personalization.core.audiences import Audience
from ethical_personalization.core.conditions import AllOf, AnyOf, Condition, Expression
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.operators import BY_KEY
from ethical_personalization.core.registry import facts, rules
from ethical_personalization.models import FactRule, SegmentPolicy
from ethical_personalization.models.segments import BROKEN

NEVER: Expression = Condition(fact=BROKEN, operator="is_true")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Every segment that may be shown now, by its primary key, and who fills which placement."""

    audiences: Mapping[int, Audience] = field(default_factory=dict)
    placements: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def filling(self, placement: str) -> tuple[Audience, ...]:
        """The audiences that see the personalised part of ``placement``."""
        keys = self.placements.get(placement, ())
        return tuple(self.audiences[key] for key in keys if key in self.audiences)


def load_plan() -> Plan:
    """Compile what is enabled now. The number of queries depends on the rule tables only."""
    segments = {
        segment.pk: segment
        for segment in Segment.objects.enabled().filter(
            type=Segment.TYPE_DYNAMIC, randomisation_percent__isnull=True
        )
    }
    policies = {
        policy.segment_id: policy
        for policy in SegmentPolicy.objects.filter(segment_id__in=segments, live=True)
    }
    conditions, free = _conditions(segments), _free_facts()
    audiences = {
        pk: _audience(segment, policies.get(pk), expression)
        for pk, segment in segments.items()
        if not (expression := _combine(conditions[pk], match_any=segment.match_any)).stands_alone(
            free
        )
    }
    return Plan(audiences=audiences, placements=_placements(policies.values()))


def compile_rules(rules_: Iterable[AbstractBaseRule], *, match_any: bool) -> Expression:
    """What ``rules_`` ask for together, whether they are stored or not."""
    grouped: dict[int | None, list[Expression]] = defaultdict(list)
    for rule in rules_:
        grouped[_group_of(rule)].append(condition_of(rule))
    return _combine(grouped, match_any=match_any)


def _free_facts() -> frozenset[str]:
    return frozenset(key for key, fact in facts.declared().items() if fact.purpose is None)


def _audience(segment: Segment, policy: SegmentPolicy | None, expression: Expression) -> Audience:
    return Audience(
        key=segment.pk,
        name=segment.name,
        condition=expression,
        benefit=policy.shopper_benefit if policy else "",
        priority=policy.priority if policy else SegmentPolicy._meta.get_field("priority").default,
    )


#: Conditions by group; group None holds those that stand for themselves.
_Grouped = Mapping[int | None, list[Condition | AllOf | AnyOf]]


def _conditions(segments: Mapping[int, Segment]) -> Mapping[int, _Grouped]:
    found: dict[int, dict[int | None, list[Expression]]] = defaultdict(lambda: defaultdict(list))
    for model in AbstractBaseRule.get_descendant_models():
        for rule in model._default_manager.filter(segment_id__in=segments):
            found[rule.segment_id][_group_of(rule)].append(condition_of(rule))
    return found


def _group_of(rule: AbstractBaseRule) -> int | None:
    return (rule.group or None) if isinstance(rule, FactRule) else None


def condition_of(rule: AbstractBaseRule) -> Expression:
    """The declared translation of a stored rule; never true where nobody declared one."""
    declared = rules.find(rule._meta.label_lower)
    if declared is None:
        return NEVER
    translated = attempt(
        lambda: declared.condition(rule), otherwise=NEVER, what=f"rule:{rule._meta.label_lower}"
    )
    return translated if all(_fits(leaf) for leaf in translated.leaves()) else NEVER


def _fits(condition: Condition) -> bool:
    """Whether the operator is for this kind of fact, which code may have changed since."""
    fact, operator = facts.declared().get(condition.fact), BY_KEY.get(condition.operator)
    return fact is None or (operator is not None and operator.kind is fact.kind)


def _combine(grouped: _Grouped, *, match_any: bool) -> Expression:
    outer, inner = (AnyOf, AllOf) if match_any else (AllOf, AnyOf)
    groups = [
        inner(tuple(parts))
        for group, parts in sorted(item for item in grouped.items() if item[0] is not None)
    ]
    return outer((*grouped.get(None, ()), *groups))


def _placements(policies: Iterable[SegmentPolicy]) -> Mapping[str, tuple[int, ...]]:
    filled: dict[str, list[int]] = defaultdict(list)
    for policy in policies:
        for key in policy.placements:
            filled[key].append(policy.segment_id)
    return {key: tuple(pks) for key, pks in filled.items()}
