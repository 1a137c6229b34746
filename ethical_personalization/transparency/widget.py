"""Why something is shown, from the trace of its decision, with the controls that change it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from ethical_personalization.core.conditions import facts_of
from ethical_personalization.core.decisions import Decision
from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.explanations import Explained, Explanation, Ground
from ethical_personalization.core.facts import PermittedFacts
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.readings import only, without
from ethical_personalization.core.reasons import minimal_facts
from ethical_personalization.core.truth import Truth
from ethical_personalization.personalization.arrow import NORMAL
from ethical_personalization.personalization.preview import Preview
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.wording import (
    evidence_sentence,
    ground_sentences,
    value_in_words,
    what_was_decided,
)

from .addresses import same_page
from .offered import cached_purposes


@dataclass(frozen=True, kw_only=True)
class GroundLine:
    """One fact of the reason, as a person reads it.

    ``sentences`` repeat what of the reason rests on this fact, where there are several;
    ``value`` is empty where they quote it. ``remaining`` says why the same would be shown without
    the fact; empty where it would not.
    """

    key: str
    label: str
    sentences: Sequence[str]
    value: str
    source: str
    as_of: datetime | None
    purpose: str
    since: datetime | None
    change_at: str
    remaining: str


def why_context(request: HttpRequest, explained: Explained | None) -> dict[str, Any]:
    """What the widget says; empty beside a default that is nothing but the default."""
    if isinstance(explained, Preview):
        return {"preview_of": explained.segment}
    if explained is None or explained.explanation is None:
        return {}
    decision, explanation = explained.decision, explained.explanation
    if decision.is_held_back:
        return {"is_held_back": True, "personal_url": same_page(request, {NORMAL: None})}
    purposes = {words["key"]: words for words in cached_purposes(request)}
    facts = shopper_for(request).facts
    nothing: list[GroundLine] = []
    return {
        "decided": what_was_decided(explanation),
        "reason": explained.reason,
        "benefits": _benefits(explanation, purposes),
        "grounds": attempt(
            lambda: [_line(ground, explanation, purposes, facts) for ground in explanation.grounds],
            otherwise=nothing,
            what="why",
        ),
        "normal_url": same_page(request, {NORMAL: decision.placement}),
        "next": same_page(request),
    }


def _line(
    ground: Ground, explanation: Explanation, purposes: dict[str, Any], facts: PermittedFacts
) -> GroundLine:
    fact, permission = ground.fact, ground.permission
    reading = facts.read(fact.key)
    value = value_in_words(fact, reading)
    sentences = ground_sentences(ground) if len(explanation.grounds) > 1 else []
    return GroundLine(
        key=fact.key,
        label=str(fact.label),
        sentences=sentences,
        value="" if any(value in sentence for sentence in sentences) else value,
        source=str(fact.source),
        as_of=reading.as_of,
        purpose=str(purposes.get(fact.purpose, {}).get("title", "")) if fact.purpose else "",
        since=permission.since if permission is not None else None,
        change_at=fact.change_at,
        remaining=_remaining(ground, explanation.decision, facts) if ground.would_remain else "",
    )


def _benefits(explanation: Explanation, purposes: dict[str, Any]) -> list[str]:
    """The segment's own promise, or else those of the purposes that the reason rests on."""
    if explanation.benefit:
        return [explanation.benefit]
    keys = (ground.fact.purpose for ground in explanation.grounds)
    return [purposes[key]["benefit"] for key in dict.fromkeys(keys) if key in purposes]


def _remaining(ground: Ground, decision: Decision, facts: PermittedFacts) -> str:
    """Why the same would still be shown without this fact."""
    none: list[Evidence] = []
    evidence = attempt(
        lambda: _other_evidence(ground.fact.key, decision, facts), otherwise=none, what="remaining"
    )
    sentences = dict.fromkeys(_sentences(evidence, facts))
    if not sentences:
        return gettext("You would still see it, for the other reasons.")
    return gettext("You would still see it. %(reasons)s") % {"reasons": " ".join(sentences)}


def _other_evidence(key: str, decision: Decision, facts: PermittedFacts) -> list[Evidence]:
    """What makes the shown version right with the fact ``key`` unknown, and nothing beyond it."""
    if decision.option is None:
        return []
    condition, rest = decision.option.audience.condition, without(facts.read, key)
    sufficient = minimal_facts(
        lambda read: condition.evaluate(read) is Truth.TRUE, facts_of(condition), rest
    )
    return list(condition.evidence(only(rest, frozenset(sufficient))))


def _sentences(evidence: Iterable[Evidence], facts: PermittedFacts) -> Iterable[str]:
    for item in evidence:
        fact = facts.fact(item.fact)
        if fact is not None:
            yield evidence_sentence(fact, item)
