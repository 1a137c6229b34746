"""Which products come first, and by how much each fact moved them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .instructions import LESS, NO_INSTRUCTIONS, Instructions
from .readings import Read


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A fact of kind SET that is worth ``weight`` points to an item sharing a value with it."""

    fact: str
    weight: int


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An item that may be listed; ``values`` maps a fact's key to what the item has of it."""

    key: int
    values: Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """The points that one fact gave to an item, and the values they had in common."""

    fact: str
    points: float
    shared: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RankedItem:
    """An item with its score and where it came from; the largest contribution is first."""

    key: int
    contributions: tuple[Contribution, ...]

    @property
    def score(self) -> float:
        """The sum of the points; nothing else enters."""
        return sum(contribution.points for contribution in self.contributions)


def rank(
    candidates: Iterable[Candidate],
    criteria: tuple[Criterion, ...],
    read: Read,
    *,
    limit: int,
    instructions: Instructions = NO_INSTRUCTIONS,
) -> tuple[RankedItem, ...]:
    """The best ``limit`` items that share something with the facts; ties keep the given order.

    An item that shares nothing is left out: it would be here by chance. So is one that she hid.
    What she wants less of counts for half, and for nothing beside another value of the same fact.
    """
    scored = (
        RankedItem(
            key=candidate.key,
            contributions=_contributions(candidate, criteria, read, instructions),
        )
        for candidate in candidates
        if candidate.key not in instructions.hidden
    )
    matching = [item for item in scored if item.contributions]
    return tuple(sorted(matching, key=lambda item: -item.score)[:limit])


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """What a list was ranked from, so that it can be ranked again with less known."""

    candidates: tuple[Candidate, ...]
    criteria: tuple[Criterion, ...]
    limit: int
    instructions: Instructions = NO_INSTRUCTIONS

    def rank(self, read: Read) -> tuple[RankedItem, ...]:
        """The list as it is under ``read``."""
        return rank(
            self.candidates,
            self.criteria,
            read,
            limit=self.limit,
            instructions=self.instructions,
        )


@dataclass(frozen=True, kw_only=True)
class ItemReason:
    """Why an item is in a list: its largest contribution, and its share of the score.

    Without the fact of it the score falls by exactly ``share``. ``place`` counts from 1 among the
    ``among`` items that were ranked and shown.
    """

    contribution: Contribution
    score: float
    place: int
    among: int

    @property
    def share(self) -> Fraction:
        """The part of the score that the contribution is; 1 where it is all of it."""
        return Fraction(self.contribution.points) / Fraction(self.score)


def item_reason(items: tuple[RankedItem, ...], key: int) -> ItemReason | None:
    """Why the item ``key`` is in ``items``; None where it was not ranked."""
    for place, item in enumerate(items, start=1):
        if item.key == key:
            return ItemReason(
                contribution=item.contributions[0],
                score=item.score,
                place=place,
                among=len(items),
            )
    return None


def _contributions(
    candidate: Candidate, criteria: tuple[Criterion, ...], read: Read, instructions: Instructions
) -> tuple[Contribution, ...]:
    found = []
    for criterion in criteria:
        reading = read(criterion.fact)
        shared = candidate.values.get(criterion.fact, frozenset()) & (reading.value or frozenset())
        if shared:
            wanted = shared - instructions.less.get(criterion.fact, frozenset())
            points = criterion.weight if wanted else criterion.weight * LESS
            found.append(
                Contribution(
                    fact=criterion.fact, points=points, shared=tuple(sorted(wanted or shared))
                )
            )
    return tuple(sorted(found, key=lambda item: -item.points))
