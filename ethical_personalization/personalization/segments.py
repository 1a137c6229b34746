"""Which of the published segments a request belongs to, decided lazily and once."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest

from ethical_personalization.core.decisions import Decision, Option, choose
from ethical_personalization.core.explanations import Explained
from ethical_personalization.core.readings import Read

from .arrow import decide
from .plan import Plan, published_plan
from .preview import preview, preview_placement, previewed

_ATTRIBUTE = "_ethical_personalization_plan"


def plan_of(request: HttpRequest) -> Plan:
    """The plan, the same one throughout a request, and only when a decision needs it."""
    plan: Plan | None = getattr(request, _ATTRIBUTE, None)
    if plan is None:
        plan = published_plan.get()
        setattr(request, _ATTRIBUTE, plan)
    return plan


def decide_version(request: HttpRequest, placement: str, versions: Mapping[int, str]) -> Explained:
    """Choose among ``versions``, which maps a segment's primary key to the version's own key."""
    segment = previewed(request)
    if segment is not None:
        return preview(segment, placement, versions.get(segment.pk))

    def rules(read: Read) -> Decision:
        audiences = plan_of(request).audiences
        options = [
            Option(key=version, audience=audiences[pk])
            for pk, version in versions.items()
            if pk in audiences
        ]
        return choose(placement, options, read)

    return decide(request, placement, rules)


def decide_page(request: HttpRequest, page_pk: int) -> Explained:
    """Choose among the live versions of a page; their keys are their primary keys."""
    placement = f"page-{page_pk}"
    plan = plan_of(request)
    segment = previewed(request)
    if segment is not None:
        version = plan.versions.get(page_pk, {}).get(segment.pk)
        return preview(segment, placement, str(version) if version is not None else None)
    options = plan.options.get(page_pk, ())
    return decide(request, placement, lambda read: choose(placement, options, read))


def decide_placement(request: HttpRequest, placement: str) -> Explained:
    """Whether the personalised part of a registered placement is shown."""
    segment = previewed(request)
    if segment is not None:
        return preview_placement(segment, placement)

    def rules(read: Read) -> Decision:
        options = _each_audience(plan_of(request), placement)
        return choose(placement, options, read)

    return decide(request, placement, rules)


def decide_named(request: HttpRequest, name: str) -> Explained:
    """Whether the shopper belongs to a segment called ``name``; names are not unique."""
    segment = previewed(request)
    if segment is not None:
        return preview(segment, "segment", str(segment.pk) if segment.name == name else None)

    def rules(read: Read) -> Decision:
        called = [each for each in plan_of(request).audiences.values() if each.name == name]
        keys = (str(audience.key) for audience in called)
        options = [Option(key=str(audience.key), audience=audience) for audience in called]
        return choose("-".join(("segment", *keys)), options, read)

    return decide(request, "segment", rules)


def _each_audience(plan: Plan, placement: str) -> Iterable[Option]:
    return [
        Option(key=str(audience.key), audience=audience) for audience in plan.filling(placement)
    ]
