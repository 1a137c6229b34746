"""Which sets of facts are enough for a decision: all of them, each without a fact too many."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, product

from .conditions import AllOf, Condition, Expression, facts_of
from .readings import Read, only
from .truth import Truth

Facts = tuple[str, ...]

#: Sets that are followed up at a time, so that a page never waits for a strange segment.
MAX_SETS = 64


def sets_of_condition(condition: Expression, read: Read) -> tuple[tuple[Facts, ...], bool]:
    """Every minimal set of facts under which ``condition`` is true, smallest first.

    Only a true leaf can make a group true, and more of them never make it less true. So the sets
    are put together from the leaves, and none is missed, however many facts there are. The second
    value says that there were more than ``MAX_SETS``, so that some may be missing.
    """
    found, cut = _sets(condition, read)
    order = facts_of(condition)
    told = sorted(
        (tuple(sorted(facts, key=order.index)) for facts in found),
        key=lambda facts: (len(facts), [order.index(fact) for fact in facts]),
    )
    if cut:  # a smaller set may have been among those that were given up
        told = [facts for facts in told if _needs_all(condition, facts, read)]
    return tuple(told), cut


def sets_by_trying(
    holds: Callable[[Read], bool], candidates: Facts, read: Read, *, tries: int
) -> Iterator[Facts | None]:
    """The same for anything that ``holds``, such as the order of a list; smallest first.

    Sets are tried one by one; None comes where ``tries`` are used up.
    """
    found: list[frozenset[str]] = []
    for chosen in _subsets(candidates):
        if any(smaller <= frozenset(chosen) for smaller in found):
            continue
        if not tries:
            yield None
            return
        tries -= 1
        if holds(only(read, frozenset(chosen))):
            found.append(frozenset(chosen))
            yield chosen


def _sets(expression: Expression, read: Read) -> tuple[list[frozenset[str]], bool]:
    if isinstance(expression, Condition):
        is_true = expression.evaluate(read) is Truth.TRUE
        return ([frozenset({expression.fact})] if is_true else []), False
    parts = [_sets(part, read) for part in expression.parts]
    was_cut = any(cut for _sets_of_part, cut in parts)
    if not isinstance(expression, AllOf):
        found, cut = _smallest(facts for sets, _cut in parts for facts in sets)
        return found, cut or was_cut
    found = [frozenset[str]()] if parts else []
    for sets, _cut in parts:
        found, cut = _smallest(one | other for one, other in product(found, sets))
        was_cut = was_cut or cut
    return found, was_cut


def _smallest(sets: Iterable[frozenset[str]]) -> tuple[list[frozenset[str]], bool]:
    """Those that hold no other one, at most ``MAX_SETS``; and whether some were given up."""
    kept: list[frozenset[str]] = []
    for facts in sorted(set(sets), key=lambda facts: (len(facts), sorted(facts))):
        if any(smaller <= facts for smaller in kept):
            continue
        if len(kept) == MAX_SETS:
            return kept, True
        kept.append(facts)
    return kept, False


def _needs_all(condition: Expression, facts: Facts, read: Read) -> bool:
    return not any(
        condition.evaluate(only(read, frozenset(facts) - {fact})) is Truth.TRUE for fact in facts
    )


def _subsets(candidates: Facts) -> Iterable[Facts]:
    for size in range(1, len(candidates) + 1):
        yield from combinations(candidates, size)
