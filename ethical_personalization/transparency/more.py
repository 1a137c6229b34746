"""What else was looked at: other reasons, versions passed over, and what would change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from ethical_personalization.core.explanations import Explained
from ethical_personalization.core.facts import PermittedFacts
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.traces import MAX_TOLD, PassedOver, Trace, Without, trace_of
from ethical_personalization.models.savepoints import undisturbed
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.wording import (
    listed,
    standing_in_words,
    supposition_in_words,
    unused_in_words,
    without_in_words,
)

from .addresses import same_page

#: Query parameter that names the placement whose whole trace is to be told, this once.
WHOLE = "ep-whole"
MAX_TOLD_WHOLE = 100


@dataclass(frozen=True, kw_only=True)
class PassedOverLine:
    """A version that was not shown, in words; ``purposes`` are those that are not permitted."""

    asks_for: str
    standing: str
    purposes: str
    shown_if: str


@dataclass(frozen=True, kw_only=True)
class More:
    """What ``why_more.html`` lists. ``whole_url`` reads the rest; empty where there is none."""

    others: tuple[str, ...] = ()
    others_cut: bool = False
    passed_over: tuple[PassedOverLine, ...] = ()
    left_out: int = 0
    without: tuple[str, ...] = ()
    whole_url: str = ""
    is_whole: bool = False


def more_of(request: HttpRequest, explained: Explained, purposes: dict[str, Any]) -> More | None:
    """The rest of the trace; None where it can't be told.

    What the page has read already is enough for most of it. Reading the rest costs, so it is done
    for her who asks for it by the link.
    """
    nothing: More | None = None
    return attempt(lambda: _more(request, explained, purposes), otherwise=nothing, what="why_more")


def _more(request: HttpRequest, explained: Explained, purposes: dict[str, Any]) -> More:
    decision, facts = explained.decision, shopper_for(request).facts
    is_whole = request.GET.get(WHOLE) == decision.placement
    if decision.ranking is not None and not is_whole:  # to rank again and again takes time
        return More(whole_url=same_page(request, {WHOLE: decision.placement}))
    with undisturbed():
        trace = trace_of(
            decision,
            facts.read if is_whole else facts.peek,
            told=MAX_TOLD_WHOLE if is_whole else MAX_TOLD,
        )
    can_tell_more = not is_whole and bool(trace.left_out or not trace.is_complete)
    return More(
        others=tuple(_labels(chosen, facts) for chosen in trace.others),
        others_cut=trace.others_cut,
        passed_over=tuple(_passed_over(trace, facts, purposes)),
        left_out=trace.left_out,
        without=tuple(_without(item, facts) for item in trace.without),
        whole_url=same_page(request, {WHOLE: decision.placement}) if can_tell_more else "",
        is_whole=is_whole,
    )


def _passed_over(
    trace: Trace, facts: PermittedFacts, purposes: dict[str, Any]
) -> Iterator[PassedOverLine]:
    for item in trace.passed_over:
        yield PassedOverLine(
            asks_for=_labels(item.facts, facts),
            standing=standing_in_words(item.standing),
            purposes=_purposes(item, facts, purposes),
            shown_if=_shown_if(item, facts),
        )


def _purposes(item: PassedOver, facts: PermittedFacts, purposes: dict[str, Any]) -> str:
    asked = (facts.fact(key) for key in item.not_permitted)
    keys = dict.fromkeys(fact.purpose for fact in asked if fact is not None)
    return listed(tuple(str(purposes[key]["title"]) for key in keys if key in purposes))


def _shown_if(item: PassedOver, facts: PermittedFacts) -> str:
    if item.shown_if is None:
        return ""
    fact = facts.fact(item.shown_if.condition.fact)
    return supposition_in_words(fact, item.shown_if) if fact is not None else ""


def _without(item: Without, facts: PermittedFacts) -> str:
    return without_in_words(item, _labels((item.fact,), facts))


def _labels(keys: Iterable[str], facts: PermittedFacts) -> str:
    """What the facts are called, each once; something that is gone has no name any more."""
    found = (facts.fact(key) for key in keys)
    names = (str(fact.label) if fact else unused_in_words() for fact in found)
    return listed(tuple(dict.fromkeys(names)))
