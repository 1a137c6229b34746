"""Which facts made the difference."""

from collections.abc import Callable
from dataclasses import dataclass

from .evidence import Evidence
from .readings import Read, only


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A minimal sufficient set of facts, and what in them was decisive.

    Sufficient: with every other fact unknown the decision is the same. Minimal: without any one
    of them it is not.
    """

    facts: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


def minimal_facts(
    holds: Callable[[Read], bool], candidates: tuple[str, ...], read: Read
) -> tuple[str, ...]:
    """A minimal subset of ``candidates`` under which ``holds``, by deletion from the last on.

    So of two facts that would do, the editor's first one is the reason, and the other is not read.

    Repeated until no single fact can go, because a ranking, unlike a condition, may hold again
    after something else was taken away.
    """
    kept = list(candidates)
    changed = True
    while changed:
        changed = False
        for candidate in reversed(kept):
            fewer = [fact for fact in kept if fact != candidate]
            if holds(only(read, frozenset(fewer))):
                kept, changed = fewer, True
    return tuple(kept)
