"""The way through the house, as one short function. Read this first.

request -> subject -> consent -> facts -> rules -> decision -> explanation
"""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest

from ethical_personalization.core.decisions import Decision
from ethical_personalization.core.explanations import Explained, explain
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.readings import Read
from ethical_personalization.models.savepoints import undisturbed
from ethical_personalization.shopper.shopper import Shopper, shopper_for
from ethical_personalization.wording import headline

from .parts import parts_of
from .preview import previewed

#: Query parameter that names the placement to be shown in its normal version, this once.
NORMAL = "ep-normal"

Decide = Callable[[Read], Decision]


def decide(request: HttpRequest, placement: str, rules: Decide) -> Explained:
    """What ``placement`` shows to the shopper of ``request``, with its explanation.

    ``rules`` makes the decision from readings of facts. It is not called for a shopper who
    permits nothing nor for an editor's preview, and if anything on the way fails, the default is
    shown.
    """
    shopper = shopper_for(request)
    default = Explained(decision=Decision(placement=placement))
    if previewed(request) is not None or not shopper.may_be_known:
        return default
    explained = attempt(
        lambda: _decide(shopper, rules, default), otherwise=default, what=f"placement:{placement}"
    )
    if not explained.is_default:
        parts_of(request).note_personal()
    return explained


def _decide(shopper: Shopper, rules: Decide, default: Explained) -> Explained:
    with undisturbed():
        if not shopper.permitted:
            return default
        facts = shopper.facts
        decision = rules(facts.read)
        explanation = explain(decision, facts)
        reason = headline(explanation) if explanation is not None else ""
    if decision.is_personal and shopper.request.GET.get(NORMAL) == decision.placement:
        decision = replace(decision, option=None, items=(), is_held_back=True)
    return Explained(decision=decision, explanation=explanation, reason=reason)
