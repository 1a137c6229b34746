"""What a control would leave of a list, told before the click from what the list was made of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .decisions import Decision
from .ranking import RankedItem
from .readings import Read

NOTHING_GONE: Mapping[str, frozenset[str]] = {}


@dataclass(frozen=True, kw_only=True)
class Remaining:
    """``kept`` of the ``among`` items that are shown would be shown; ``is_list``: any would be."""

    kept: int
    among: int
    is_list: bool


def remaining_of(
    decision: Decision, read: Read, *, gone: Mapping[str, frozenset[str]] = NOTHING_GONE
) -> Remaining:
    """The list as it would be under ``read``, without the items that have a value of ``gone``.

    ``gone`` maps facts to values. Only what the list was ranked from can take a place.
    """
    if decision.ranking is None:
        return Remaining(kept=0, among=len(decision.items), is_list=False)
    candidates = tuple(
        each
        for each in decision.ranking.candidates
        if not any(each.values.get(fact, frozenset()) & values for fact, values in gone.items())
    )
    after = {item.key for item in replace(decision.ranking, candidates=candidates).rank(read)}
    kept = sum(item.key in after for item in decision.items)
    return Remaining(kept=kept, among=len(decision.items), is_list=bool(after))


def is_last(decision: Decision) -> bool:
    """Whether nothing could take the place of the only item of a list."""
    is_alone = len(decision.items) == 1
    return is_alone and (decision.ranking is None or len(decision.ranking.candidates) == 1)


def has_alike(decision: Decision, item: RankedItem) -> bool:
    """Whether another item of the list is there for a value that ``item`` is there for."""
    own = _values(item)
    return any(_values(other) & own for other in decision.items if other.key != item.key)


def _values(item: RankedItem) -> set[tuple[str, str]]:
    return {(part.fact, value) for part in item.contributions for value in part.shared}
