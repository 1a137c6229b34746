"""What of a decision would remain if something were known no more, told before the click."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .conditions import facts_of
from .decisions import Decision, is_true
from .evidence import Evidence
from .ranking import RankedItem
from .readings import Read, only
from .reasons import minimal_facts

NOTHING_GONE: Mapping[str, frozenset[str]] = {}


@dataclass(frozen=True, kw_only=True)
class Remaining:
    """``kept`` of the ``among`` items that are shown would be shown; ``is_list``: any would be."""

    kept: int
    among: int
    is_list: bool


def other_evidence(decision: Decision, rest: Read) -> tuple[Evidence, ...]:
    """What makes the shown version right under ``rest``, which knows less, and nothing beyond it.

    Empty where it would not be shown, and for a list.
    """
    option = decision.option
    if option is None or not is_true(option, rest):
        return ()
    condition = option.audience.condition
    facts = minimal_facts(lambda known: is_true(option, known), facts_of(condition), rest)
    return tuple(condition.evidence(only(rest, frozenset(facts))))


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
