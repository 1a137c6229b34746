"""Why one product stands in a list that was put together for a shopper."""

from typing import Any

from django.http import HttpRequest

from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.explanations import Explained
from ethical_personalization.core.facts import PermittedFacts
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.ranking import Contribution, RankedItem, item_reason
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.wording import evidence_sentence, item_share_in_words

from .controls import item_controls

_SERIAL = "_ethical_personalization_items"


def item_context(request: HttpRequest, explained: Explained, product: Any) -> dict[str, Any]:
    """What the corner of ``product`` (Oscar's) says; empty where the list was not made for her."""
    found = (item for item in explained.decision.items if item.key == product.pk)
    item = next(found, None)
    if item is None:
        return {}
    facts = shopper_for(request).facts
    nothing: list[str] = []
    sentences = attempt(lambda: item_sentences(item, facts), otherwise=nothing, what="why_item")
    if not sentences:
        return {}
    reason, *others = sentences
    why = item_reason(explained.decision.items, item.key)
    if why is not None and facts.fact(why.contribution.fact) is None:
        why = None  # the sentence that comes first is not about the largest contribution
    return {
        "id": f"ep-item-{_next_serial(request)}",
        "title": product.get_title(),
        "reason": reason,
        "share": item_share_in_words(why) if why is not None else "",
        "others": others,
        "on_the_spot": item_controls(request, product, explained.decision, item),
    }


def item_sentences(item: RankedItem, facts: PermittedFacts) -> list[str]:
    """What brought ``item`` into its list, the largest contribution first."""
    told = (_sentence(contribution, facts) for contribution in item.contributions)
    return [sentence for sentence in told if sentence]


def _sentence(contribution: Contribution, facts: PermittedFacts) -> str:
    fact = facts.fact(contribution.fact)
    if fact is None:
        return ""
    evidence = Evidence(
        fact=fact.key,
        operator="any_of",
        wanted=frozenset(contribution.shared),
        negated=False,
        matched=contribution.shared,
        reading=facts.read(fact.key),
    )
    return evidence_sentence(fact, evidence)


def _next_serial(request: HttpRequest) -> int:
    """A number for an id that no other corner of the page has."""
    number: int = getattr(request, _SERIAL, 0) + 1
    setattr(request, _SERIAL, number)
    return number
