"""Why something is shown, from the trace of its decision, with the controls that change it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from ethical_personalization.core.decisions import Decision
from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.explanations import Explained, Explanation, Ground
from ethical_personalization.core.facts import Fact, PermittedFacts
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.readings import Reading, without
from ethical_personalization.core.remaining import other_evidence
from ethical_personalization.personalization.arrow import NORMAL
from ethical_personalization.personalization.preview import Preview
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.shopper.who import who_of
from ethical_personalization.wording import (
    allowed_in_words,
    as_of_in_words,
    evidence_sentence,
    ground_sentences,
    remaining_in_words,
    value_in_words,
    what_was_decided,
)

from .addresses import same_page
from .controls import control_context, correct_at, list_remaining
from .feedback import feedback_on
from .more import more_of
from .offered import cached_purposes
from .pauses import pause_in_words

_PAGE = "_ethical_personalization_widgets"


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
    change_url: str
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
    page = _of_page(request)
    facts = shopper_for(request).facts
    nothing: list[GroundLine] = []
    return {
        "decided": what_was_decided(explanation),
        "reason": explained.reason,
        "benefits": _benefits(explanation, page["purposes"]),
        "allowed": _allowed(explanation, page["purposes"]),
        "grounds": attempt(
            lambda: [_line(ground, explanation, facts) for ground in explanation.grounds],
            otherwise=nothing,
            what="why",
        ),
        "feedback": feedback_on(request, decision),
        "normal_url": same_page(request, {NORMAL: decision.placement}),
        "page": page,
        "on_the_spot": control_context(request, explained),
        "more": more_of(request, explained, page["purposes"]),
    }


def _of_page(request: HttpRequest) -> dict[str, Any]:
    """What all widgets of a page have in common, made once."""
    found: dict[str, Any] | None = getattr(request, _PAGE, None)
    if found is None:
        found = {
            "purposes": {words["key"]: words for words in cached_purposes(request)},
            "next": same_page(request),
            "facts": reverse("ethical_personalization:facts"),
            "who": who_of(request),
        }
        found["pause"] = _pause(request, found)
        setattr(request, _PAGE, found)
    return found


def _pause(request: HttpRequest, page: dict[str, Any]) -> str:
    """The same beside every reason; empty where nothing is allowed that could be paused."""
    if not shopper_for(request).permitted:
        return ""
    context = {"words": pause_in_words(), "page": page}
    return render_to_string("ethical_personalization/why_pause.html", context)


def _line(ground: Ground, explanation: Explanation, facts: PermittedFacts) -> GroundLine:
    fact = ground.fact
    reading = facts.read(fact.key)
    value = value_in_words(fact, reading)
    sentences = ground_sentences(ground) if len(explanation.grounds) > 1 else []
    return GroundLine(
        key=fact.key,
        label=str(fact.label),
        sentences=sentences,
        value="" if any(value in sentence for sentence in sentences) else value,
        source=_source(fact, reading),
        change_url=correct_at(fact),
        remaining=_remaining(ground, explanation.decision, facts),
    )


def _source(fact: Fact, reading: Reading) -> str:
    if reading.as_of is None:
        return str(fact.source)
    return f"{fact.source} {as_of_in_words(reading.as_of)}"


def _allowed(explanation: Explanation, purposes: dict[str, Any]) -> list[str]:
    """Since when she allows what the reason rests on; each purpose once."""
    since = {
        ground.fact.purpose: ground.permission.since
        for ground in explanation.grounds
        if ground.permission is not None
    }
    return [
        allowed_in_words(purposes[key]["title"], at)
        for key, at in since.items()
        if at is not None and key in purposes
    ]


def _benefits(explanation: Explanation, purposes: dict[str, Any]) -> list[str]:
    """The segment's own promise, or else those of the purposes that the reason rests on."""
    if explanation.benefit:
        return [explanation.benefit]
    keys = (ground.fact.purpose for ground in explanation.grounds)
    return [purposes[key]["benefit"] for key in dict.fromkeys(keys) if key in purposes]


def _remaining(ground: Ground, decision: Decision, facts: PermittedFacts) -> str:
    """Why the same would still be shown without this fact, or some of a list."""
    rest = without(facts.read, ground.fact.key)
    if not ground.would_remain:
        return list_remaining(decision, rest) if decision.items else ""
    none: tuple[Evidence, ...] = ()
    evidence = attempt(lambda: other_evidence(decision, rest), otherwise=none, what="remaining")
    return remaining_in_words(_sentences(evidence, facts))


def _sentences(evidence: Iterable[Evidence], facts: PermittedFacts) -> Iterable[str]:
    for item in evidence:
        fact = facts.fact(item.fact)
        if fact is not None:
            yield evidence_sentence(fact, item)
