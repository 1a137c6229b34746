"""The published segments and page versions, compiled from their stored rules into audiences."""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import F, Model, QuerySet
from wagtail.models import Page
from wagtail_personalisation.models import PersonalisablePageMetadata, Segment
from wagtail_personalisation.rules import VisitCountRule

from ethical_personalization.core.audiences import Audience
from ethical_personalization.core.conditions import Expression
from ethical_personalization.core.decisions import Option, by_priority
from ethical_personalization.core.patience import left_alone
from ethical_personalization.core.registry import facts, rules
from ethical_personalization.facts.categories import category_rows, read_tree
from ethical_personalization.models import SegmentPolicy
from ethical_personalization.models.fingerprints import Rows
from ethical_personalization.models.published import Published
from ethical_personalization.models.release import code_signature

from .compilation import Grouped, combine, group_of, rule_models, stored_rules
from .membership import with_membership
from .translation import TRANSLATION, condition_of

_PRIORITY = SegmentPolicy._meta.get_field("priority").default


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Every segment that may be shown now, by its primary key, and where.

    ``placements`` names the segments that fill a placement, ``versions`` the live versions of a
    page (page -> segment -> version), ``originals`` the page of which a page is a version.
    ``options`` are what a page can show to shoppers, best first.
    """

    audiences: Mapping[int, Audience] = field(default_factory=dict)
    placements: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    versions: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    originals: Mapping[int, int] = field(default_factory=dict)
    options: Mapping[int, tuple[Option, ...]] = field(default_factory=dict)

    def filling(self, placement: str) -> tuple[Audience, ...]:
        """The audiences that see the personalised part of ``placement``."""
        keys = self.placements.get(placement, ())
        return tuple(self.audiences[key] for key in keys if key in self.audiences)


def load_plan() -> Plan:
    """Compile what is enabled now. The number of queries depends on the rule tables only."""
    segments = {segment.pk: segment for segment in _enabled()}
    policies = {
        policy.segment_id: policy
        for policy in SegmentPolicy.objects.filter(segment__in=_enabled(), live=True).defer(
            "definition"
        )
    }
    audiences = {
        pk: _audience(segments[pk], policies.get(pk), expression)
        for pk, expression in _expressions(segments)
    }
    versions, originals = _page_versions()
    return Plan(
        audiences=audiences,
        placements=_placements(policies.values()),
        versions=versions,
        originals=originals,
        options={page: _options(found, audiences) for page, found in versions.items()},
    )


def _rows() -> Iterator[Rows]:
    """Everything that ``load_plan`` reads."""
    segments = ("name", "status", "match_any", "type", "randomisation_percent")
    yield Rows(label="segment", queryset=Segment.objects.all(), fields=segments)
    policies = ("segment", "live", "priority", "shopper_benefit", "placements")
    yield Rows(label="policy", queryset=SegmentPolicy.objects.all(), fields=policies)
    for model in dict.fromkeys(_rule_tables()):
        columns = tuple(f.name for f in model._meta.concrete_fields if not f.primary_key)
        label = f"rule_{model._meta.label_lower.replace('.', '_')}"
        yield Rows(label=label, queryset=model._base_manager.all(), fields=columns)
    metadata = PersonalisablePageMetadata.objects.all()
    columns = ("canonical_page", "variant", "segment")
    yield Rows(label="page_version", queryset=metadata, fields=columns)
    pages = Page.objects.filter(pk__in=metadata.values("variant"))
    yield Rows(label="page_live", queryset=pages, fields=("live",))
    yield from category_rows()


def _rule_tables() -> Iterator[type[Model]]:
    """Rules, and which rows they refer to by many-to-many fields; not what these rows hold."""
    for model in rule_models():
        yield model
        yield from (field.remote_field.through for field in model._meta.local_many_to_many)


@lru_cache(maxsize=1)
def _signature(editions: tuple[int, int]) -> str:
    """The code that translates rules and declares facts, ours and that of other apps."""
    conditions = {key: rule.condition for key, rule in rules.declared().items()}
    readers = {key: fact.reader for key, fact in facts.declared().items()}
    code = [*conditions.values(), *readers.values()]
    modules = {getattr(each, "__module__", __name__) for each in code}
    files = {getattr(sys.modules.get(name), "__file__", None) for name in modules}
    return code_signature(files=tuple(filter(None, files)), names=(*conditions, *readers))


def _left_alone() -> Iterator[str]:
    """The rules without a translation for a while, so that the plan is made anew afterwards."""
    return (f"-{what}" for what in left_alone(TRANSLATION))


published_plan: Published[Plan] = Published(
    "plan",
    rows=_rows,
    compile_rows=load_plan,
    signature=lambda: "".join((_signature((rules.edition, facts.edition)), *_left_alone())),
)


def _enabled() -> QuerySet[Segment]:
    segments: QuerySet[Segment] = Segment.objects.enabled()
    return segments


def _expressions(segments: Mapping[int, Segment]) -> Iterator[tuple[int, Expression]]:
    """The condition of each segment, without those that no permission could keep from matching."""
    free = frozenset(key for key, fact in facts.declared().items() if fact.purpose is None)
    grouped, counted = _rules(segments)
    for pk, segment in segments.items():
        ruled = combine(grouped[pk], match_any=segment.match_any)
        whole = with_membership(segment, ruled, counted=counted)
        if segment.is_static or not ruled.stands_alone(free):
            yield pk, whole


def _rules(segments: Mapping[int, Segment]) -> tuple[Mapping[int, Grouped], Collection[int]]:
    """The conditions of each segment by group, and the segments that count visits."""
    grouped: dict[int, dict[int | None, list[Expression]]] = defaultdict(lambda: defaultdict(list))
    counted, sensitive = set(), read_tree().sensitive_values
    for model in rule_models():
        for rule in stored_rules(model).filter(segment__in=_enabled()):
            grouped[rule.segment_id][group_of(rule)].append(condition_of(rule, sensitive))
            if isinstance(rule, VisitCountRule):
                counted.add(rule.segment_id)
    return grouped, counted


def _page_versions() -> tuple[Mapping[int, Mapping[int, int]], Mapping[int, int]]:
    """The live versions of each page by segment, and the page of each version, live or not."""
    versions: dict[int, dict[int, int]] = defaultdict(dict)
    originals: dict[int, int] = {}
    rows = PersonalisablePageMetadata.objects.exclude(canonical_page=F("variant")).values_list(
        "canonical_page", "variant", "segment", "variant__live"
    )
    for original, version, segment, is_live in rows.order_by("-pk"):
        if original is None or version is None:
            continue
        originals[version] = original
        if is_live and segment is not None:
            versions[original][segment] = version  # of two for one segment the older one
    return dict(versions), originals


def _options(versions: Mapping[int, int], audiences: Mapping[int, Audience]) -> tuple[Option, ...]:
    """The versions of one page in their order: a page can have one for each of many segments."""
    found = (
        Option(key=str(version), audience=audiences[segment])
        for segment, version in versions.items()
        if segment in audiences
    )
    return tuple(by_priority(found))


def _audience(segment: Segment, policy: SegmentPolicy | None, expression: Expression) -> Audience:
    return Audience(
        key=segment.pk,
        name=segment.name,
        condition=expression,
        benefit=policy.shopper_benefit if policy else "",
        priority=policy.priority if policy else _PRIORITY,
    )


def _placements(policies: Iterable[SegmentPolicy]) -> Mapping[str, tuple[int, ...]]:
    filled: dict[str, list[int]] = defaultdict(list)
    for policy in policies:
        for key in policy.placements:
            filled[key].append(policy.segment_id)
    return {key: tuple(pks) for key, pks in filled.items()}
