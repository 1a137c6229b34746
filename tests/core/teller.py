"""What decides and explains, as one value: so a wrong explanation can be put in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ethical_personalization import wording
from ethical_personalization.core import decisions, explanations, ranking, remaining, traces
from ethical_personalization.core.decisions import by_priority, first_true

Function = Callable[..., Any]


@dataclass(frozen=True, kw_only=True)
class Teller:
    """The functions that the properties are about; the product's own unless one is replaced."""

    choose: Function = decisions.choose
    choose_list: Function = decisions.choose_list
    explain: Function = explanations.explain
    headline: Function = wording.headline
    trace_of: Function = traces.trace_of
    item_reason: Function = ranking.item_reason
    other_evidence: Function = remaining.other_evidence


class Case:
    """A world, decided and explained; each thing is made once for all properties."""

    def __init__(self, world, teller):
        self.world, self.teller = world, teller
        self.reader = world.reader()
        self.facts = self.reader.permitted(world.consent, world.instructions)
        self.read = self.facts.read

    @cached_property
    def decision(self):
        """Of the placement with versions."""
        return self.teller.choose(self.world.placement, self.world.options, self.read)

    @cached_property
    def peeked(self):
        """The trace as far as the decision has read, and what was read for telling it."""
        before = [*self.decision_reads]
        trace = self.trace_of(self.facts.peek)
        return trace, self.reader.asked[len(before) :]

    @cached_property
    def decision_reads(self):
        """What was read for the decision."""
        assert self.decision
        return tuple(self.reader.asked)

    @cached_property
    def trace(self):
        """With all facts read, and nothing cut."""
        return self.trace_of(self.read)

    def trace_of(self, read, *, of=None, told=99):
        return self.teller.trace_of(of or self.decision, read, told=told)

    def sets(self):
        """All sets of facts that are called sufficient."""
        return [self.decision.reason.facts, *self.trace.others]

    def shown(self, read):
        """The version that is right under ``read``."""
        return first_true(by_priority(self.world.options), read)

    @cached_property
    def words(self):
        """What she reads as the reason."""
        explanation = self.teller.explain(self.decision, self.facts)
        return self.teller.headline(explanation) if explanation is not None else ""

    def list_of(self, read):
        """The decision on the list under ``read``."""
        world = self.world
        return self.teller.choose_list(
            "list",
            world.candidates,
            world.criteria,
            read,
            limit=world.limit,
            instructions=world.instructions,
        )

    @cached_property
    def listed(self):
        """The decision on the list, with all facts read."""
        return self.list_of(self.read)

    @cached_property
    def list_trace(self):
        return self.trace_of(self.read, of=self.listed)
