"""What an editor asks of the facts: conditions, and groups of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .evidence import Evidence
from .operators import BY_KEY
from .readings import Read
from .truth import Truth

# Looked up thousands of times for a page with hundreds of variants.
_FALSE, _UNKNOWN, _TRUE = Truth


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A fact, an operator and the value asked for; ``value`` is already parsed."""

    fact: str
    operator: str
    value: Any = None  # its type is the operator's
    negated: bool = False

    def evaluate(self, read: Read) -> Truth:
        """UNKNOWN where the fact is not known, negated or not.

        Of a partial value only what is in it counts: what she left out must not become a claim that
        there is nothing.
        """
        reading = read(self.fact)
        operator = BY_KEY.get(self.operator)
        if operator is None or not reading.is_known:
            return _UNKNOWN
        holds = operator.test(reading.value, self.value)
        if reading.is_partial and not (holds and operator.matched(reading.value, self.value)):
            return _UNKNOWN
        return _TRUE if bool(holds) is not self.negated else _FALSE

    def leaves(self) -> Iterator["Condition"]:
        """The conditions in this expression, in the editor's order."""
        yield self

    def evidence(self, read: Read) -> Iterator[Evidence]:
        """What makes this true under ``read``; nothing where it is not true."""
        if self.evaluate(read) is not Truth.TRUE:
            return
        reading = read(self.fact)
        matched = (
            frozenset()
            if self.negated
            else BY_KEY[self.operator].matched(reading.value, self.value)
        )
        yield Evidence(
            fact=self.fact,
            operator=self.operator,
            wanted=self.value,
            negated=self.negated,
            matched=tuple(sorted(matched)),
            reading=reading,
        )

    def stands_alone(self, free: frozenset[str]) -> bool:
        """Whether facts in ``free``, which need no consent, could make this true alone."""
        return self.fact in free


@dataclass(frozen=True)
class AllOf:
    """True if every part is; an empty group is never true, so nothing is shown by mistake.

    The first part that is false ends it, so later facts stay unread.
    """

    parts: tuple["Expression", ...]

    def evaluate(self, read: Read) -> Truth:
        result = _TRUE if self.parts else _UNKNOWN
        for part in self.parts:
            truth = part.evaluate(read)
            if truth is _FALSE:
                return truth
            if truth is _UNKNOWN:
                result = truth
        return result

    def leaves(self) -> Iterator[Condition]:
        for part in self.parts:
            yield from part.leaves()

    def evidence(self, read: Read) -> Iterator[Evidence]:
        if self.evaluate(read) is Truth.TRUE:
            for part in self.parts:
                yield from part.evidence(read)

    def stands_alone(self, free: frozenset[str]) -> bool:
        return all(part.stands_alone(free) for part in self.parts)


@dataclass(frozen=True)
class AnyOf:
    """True if one part is, and the first one that is ends it; an empty group is never true."""

    parts: tuple["Expression", ...]

    def evaluate(self, read: Read) -> Truth:
        result = _FALSE if self.parts else _UNKNOWN
        for part in self.parts:
            truth = part.evaluate(read)
            if truth is _TRUE:
                return truth
            if truth is _UNKNOWN:
                result = truth
        return result

    def leaves(self) -> Iterator[Condition]:
        for part in self.parts:
            yield from part.leaves()

    def evidence(self, read: Read) -> Iterator[Evidence]:
        for part in self.parts:
            yield from part.evidence(read)

    def stands_alone(self, free: frozenset[str]) -> bool:
        return any(part.stands_alone(free) for part in self.parts)


Expression = Condition | AllOf | AnyOf


def facts_of(expression: Expression) -> tuple[str, ...]:
    """The facts that ``expression`` asks for, each once, in the editor's order."""
    return tuple(dict.fromkeys(leaf.fact for leaf in expression.leaves()))
