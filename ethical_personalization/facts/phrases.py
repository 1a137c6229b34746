"""Chooses the sentence on a set that says what its condition really found."""

from collections.abc import Callable
from dataclasses import dataclass

from ethical_personalization.core.evidence import Evidence


@dataclass(frozen=True, kw_only=True)
class SetSentences:
    """One sentence for each thing that can be true of a set; each takes the joined labels.

    ``has`` also gets the evidence, for numbers and counts. ``lacks_some`` is what a negated
    "has all of" found: at least one of the values is missing, others may be there.
    """

    has: Callable[[Evidence, str], str]
    has_none: Callable[[str], str]
    lacks_some: Callable[[str], str]
    is_empty: Callable[[], str]
    is_not_empty: Callable[[], str]

    def __call__(self, evidence: Evidence, values: str) -> str:
        """The sentence for ``evidence``, in the active language."""
        if evidence.operator == "is_empty":
            return self.is_not_empty() if evidence.negated else self.is_empty()
        if not evidence.negated:
            return self.has(evidence, values)
        if evidence.operator == "all_of":
            return self.lacks_some(values)
        return self.has_none(values)
