"""A decision, told: which facts, on whose permission, and which control changes what."""

from dataclasses import dataclass

from .consent import Permission
from .decisions import Decision
from .evidence import Evidence
from .facts import Fact, PermittedFacts
from .reasons import Reason


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One fact of the reason, with everything a person wants to know about it.

    ``would_remain`` says that without this fact the same would still be shown.
    """

    fact: Fact
    evidence: tuple[Evidence, ...]
    permission: Permission | None
    would_remain: bool


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a placement shows what it shows, from the decision's own trace."""

    decision: Decision
    grounds: tuple[Ground, ...]
    benefit: str


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A decision with its explanation; templates get this and hand it to ``{% why %}``.

    ``explanation`` is None for a default that is nothing but the default. ``reason`` is the
    explanation in words: it is made with the decision, so that nothing is shown whose reason
    can't be told.
    """

    decision: Decision
    explanation: Explanation | None = None
    reason: str = ""

    @property
    def is_default(self) -> bool:
        """Whether everybody sees this, and nobody has to be told anything about it."""
        return self.explanation is None and not self.decision.is_personal


def explain(decision: Decision, facts: PermittedFacts) -> Explanation | None:
    """The explanation of a personal decision; None for the default, which needs none."""
    if not decision.is_personal or decision.reason is None:
        return None
    grounds = (_ground(key, decision, decision.reason, facts) for key in decision.reason.facts)
    return Explanation(
        decision=decision,
        grounds=tuple(ground for ground in grounds if ground is not None),
        benefit=decision.benefit,
    )


def _ground(key: str, decision: Decision, reason: Reason, facts: PermittedFacts) -> Ground | None:
    fact = facts.fact(key)
    if fact is None:
        return None
    return Ground(
        fact=fact,
        evidence=tuple(item for item in reason.evidence if item.fact == key),
        permission=facts.permission(key),
        would_remain=key in decision.replaceable,
    )
