"""What of a decision may leave the page with a word on it: names, no values."""

from dataclasses import dataclass
from datetime import date

from .decisions import Decision


@dataclass(frozen=True, kw_only=True)
class DecisionTrace:
    """Which decision was meant. ``segment`` is a primary key, 0 where none chose.

    ``facts`` are the names of the facts in its reason. ``day`` is in UTC.
    """

    placement: str
    segment: int
    facts: tuple[str, ...]
    day: date


def trace_of(decision: Decision, *, day: date) -> DecisionTrace:
    """The least that lets an editor find what was shown and which rule chose it."""
    return DecisionTrace(
        placement=decision.placement,
        segment=decision.option.audience.key if decision.option is not None else 0,
        facts=decision.reason.facts if decision.reason is not None else (),
        day=day,
    )
