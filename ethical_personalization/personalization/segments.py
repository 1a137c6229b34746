"""Which of the published segments a request belongs to, decided lazily and once."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest

from ethical_personalization.core.decisions import Decision, Option, choose
from ethical_personalization.core.explanations import Explained
from ethical_personalization.core.readings import Read

from .arrow import decide
from .plan import Plan, published_plan

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

    def rules(read: Read) -> Decision:
        audiences = plan_of(request).audiences
        options = [
            Option(key=version, audience=audiences[pk])
            for pk, version in versions.items()
            if pk in audiences
        ]
        return choose(placement, options, read)

    return decide(request, placement, rules)


def decide_placement(request: HttpRequest, placement: str) -> Explained:
    """Whether the personalised part of a registered placement is shown."""

    def rules(read: Read) -> Decision:
        options = _each_audience(plan_of(request), placement)
        return choose(placement, options, read)

    return decide(request, placement, rules)


def _each_audience(plan: Plan, placement: str) -> Iterable[Option]:
    return [
        Option(key=str(audience.key), audience=audience) for audience in plan.filling(placement)
    ]
