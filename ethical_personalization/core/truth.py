"""True, false and unknown: Kleene's strong three-valued logic."""

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """The value of a condition when some facts may be unknown."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    @classmethod
    def of(cls, value: bool) -> "Truth":  # noqa: FBT001 - the value itself is the argument
        """The truth of something known."""
        return cls.TRUE if value else cls.FALSE

    def negated(self) -> "Truth":
        """Unknown stays unknown."""
        return Truth(2 - self.value)


def conjunction(truths: Iterable[Truth]) -> Truth:
    """All of them; TRUE of none at all. Stops at the first FALSE, so later facts stay unread."""
    result = Truth.TRUE
    for truth in truths:
        if truth is Truth.FALSE:
            return truth
        if truth is Truth.UNKNOWN:
            result = truth
    return result


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Any of them; FALSE of none at all. Stops at the first TRUE, so later facts stay unread."""
    result = Truth.FALSE
    for truth in truths:
        if truth is Truth.TRUE:
            return truth
        if truth is Truth.UNKNOWN:
            result = truth
    return result
