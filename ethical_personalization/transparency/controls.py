"""The controls that stand beside something personalised, and what each of them would leave."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from ethical_personalization.core.decisions import Decision, is_true
from ethical_personalization.core.explanations import Explained, Explanation, Ground
from ethical_personalization.core.facts import Fact, PermittedFacts
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.instructions import BRAND, CATEGORY, Instructions
from ethical_personalization.core.ranking import RankedItem
from ethical_personalization.core.readings import Gap, Read, Reading
from ethical_personalization.core.remaining import has_alike, is_last, remaining_of
from ethical_personalization.facts.orders import PURPOSE as ORDERS
from ethical_personalization.personalization.recommendations import MAX_CANDIDATES
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.shopper.taken_off import loss_with
from ethical_personalization.shopper.who import who_of
from ethical_personalization.wording import list_remaining_in_words

from .addresses import same_page
from .losses import loss_before
from .notice import open_to_choice
from .offered import cached_purposes

_MUTES = {BRAND: "mute-brand", CATEGORY: "mute-category"}


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A button: the control, what it is about, its words, and why the same would still be shown.

    ``remaining`` is empty where it would not. ``lost`` is what goes with the click for good.
    """

    control: str
    value: str
    label: str
    remaining: str = ""
    lost: str = ""


def control_context(request: HttpRequest, explained: Explained) -> dict[str, Any]:
    """For ``why_controls.html``; empty where it can't be told."""
    nothing: dict[str, Any] = {}
    return attempt(lambda: _context(request, explained), otherwise=nothing, what="controls")


def item_controls(
    request: HttpRequest, product: Any, decision: Decision, item: RankedItem
) -> dict[str, Any]:
    """For ``item_controls.html``: what can be said about one product (Oscar's) of a list of hers.

    ``alike`` says that others like it may stay, ``last`` that there is nothing else to list. Asks
    nothing of the database.
    """
    return {
        "product": product.pk,
        "alike": has_alike(decision, item),
        "last": is_last(decision),
        "next": same_page(request),
        "who": who_of(request),
        "more": reverse("ethical_personalization:product_controls", args=[product.pk]),
    }


def correct_at(fact: Fact) -> str:
    """The address that opens the value of ``fact`` for correction."""
    if fact.purpose == ORDERS:
        return reverse("ethical_personalization:order_lines")
    return f"{reverse('ethical_personalization:center')}#{fact.change_at}"


def _context(request: HttpRequest, explained: Explained) -> dict[str, Any]:
    explanation = explained.explanation
    if explanation is None or explained.decision.is_held_back:
        return {}
    facts = shopper_for(request).facts
    return {
        "mutes": list(_mutes(explanation, facts)),
        "off": _off(request, explanation, facts),
        "next": same_page(request),
        "who": who_of(request),
    }


def _mutes(explanation: Explanation, facts: PermittedFacts) -> Iterator[Offered]:
    """One for each brand and category in the reason."""
    seen = set()
    for ground in explanation.grounds:
        kind = ground.fact.values_of
        for value in _values(ground) if kind in _MUTES else ():
            if (kind, value) in seen:
                continue
            seen.add((kind, value))
            (name,) = ground.fact.labels((value,))
            if name == str(ground.fact.gone):
                continue  # nothing to mute: there are no products of it any more
            muted = Instructions(muted={kind: frozenset({value})})
            yield Offered(
                control=_MUTES[kind],
                value=value,
                label=gettext("Mute “%(name)s”") % {"name": name},
                remaining=_remaining_without(
                    explanation.decision, _under(muted, facts), _of_kind(kind, value, facts)
                ),
            )


def _values(ground: Ground) -> list[str]:
    return sorted({value for item in ground.evidence for value in item.matched})


def _off(request: HttpRequest, explanation: Explanation, facts: PermittedFacts) -> Offered | None:
    """What the reason rests on, taken back with one click; nothing where it needs no choice."""
    offered = open_to_choice(cached_purposes(request))
    titles = {words["key"]: str(words["title"]) for words in offered}
    asked = dict.fromkeys(ground.fact.purpose or "" for ground in explanation.grounds)
    keys = [key for key in asked if key in titles]
    if not keys:
        return None

    def without_them(key: str) -> Reading:
        fact = facts.fact(key)
        is_off = fact is not None and fact.purpose in keys
        return Reading(gap=Gap.NOT_PERMITTED) if is_off else facts.read(key)

    named = ", ".join(titles[key] for key in keys)
    return Offered(
        control="off",
        value=" ".join(keys),
        label=gettext("Off for good: %(purposes)s") % {"purposes": named},
        remaining=_remaining_without(explanation.decision, without_them),
        lost=loss_before(loss_with(shopper_for(request), keys)),
    )


def _under(instructions: Instructions, facts: PermittedFacts) -> Read:
    def read(key: str) -> Reading:
        fact = facts.fact(key)
        reading = facts.read(key)
        return instructions.of(reading, fact.values_of) if fact is not None else reading

    return read


def _of_kind(kind: str, value: str, facts: PermittedFacts) -> Callable[[str], frozenset[str]]:
    """By fact: the values that stand for a muted one, so that their products are in no list."""

    def gone(key: str) -> frozenset[str]:
        fact = facts.fact(key)
        is_of_kind = fact is not None and fact.values_of == kind
        return frozenset({value}) if is_of_kind else frozenset()

    return gone


def _remaining_without(
    decision: Decision, read: Read, gone: Callable[[str], frozenset[str]] | None = None
) -> str:
    """A warning where the same, or some of a list, would be shown under ``read``."""
    if decision.items:
        return list_remaining(decision, read, gone)
    if decision.option is None or not is_true(decision.option, read):
        return ""
    return gettext("You would still see this, for another reason.")


def list_remaining(
    decision: Decision, read: Read, gone: Callable[[str], frozenset[str]] | None = None
) -> str:
    """How much of a list there would still be under ``read``; empty where there would be none."""
    criteria = decision.ranking.criteria if decision.ranking is not None else ()
    values = {each.fact: gone(each.fact) for each in criteria} if gone is not None else {}
    left = remaining_of(decision, read, gone=values)
    if not left.is_list:
        return ""
    kept = left.kept if _is_whole(decision) else None
    return list_remaining_in_words(kept, left.among)


def _is_whole(decision: Decision) -> bool:
    """Whether no product was left out of the ranking that could take a place."""
    return decision.ranking is not None and len(decision.ranking.candidates) < MAX_CANDIDATES
