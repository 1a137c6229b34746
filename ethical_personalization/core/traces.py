"""The rest of a decision's trace: other reasons, what was passed over, what would change it.

Nothing here is computed for a decision itself. It is asked for by who shows the trace, with a
``Read`` of its choice: one that only looks at what was read already (``PermittedFacts.peek``), or
one that reads the rest. Whatever would rest on a fact that was not looked at is not claimed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from .conditions import Condition, facts_of
from .decisions import Decision, Option, first_true
from .ranking import Ranking
from .readings import Gap, Read, Reading, without
from .sufficient import sets_by_trying, sets_of_condition
from .suppositions import supposed
from .truth import Truth
from .watched import Asked, Looking

#: Sets of facts that a list is ranked again with, so that six are tried in full (2 ** 6).
MAX_TRIES = 64
#: Versions and sets that are told; how many there are beyond them is told as well.
MAX_TOLD = 5


class Standing(StrEnum):
    """Why a version was not shown."""

    DOES_NOT_FIT = "does_not_fit"
    NOT_KNOWN = "not_known"
    NOT_PERMITTED = "not_permitted"
    CAME_LATER = "came_later"
    NOT_LOOKED_AT = "not_looked_at"


@dataclass(frozen=True, kw_only=True)
class Supposition:
    """A fact with another reading, and the condition that it would then meet."""

    condition: Condition
    reading: Reading


@dataclass(frozen=True, kw_only=True)
class PassedOver:
    """A version that was not shown. ``facts`` are those that it asks for, in the editor's order.

    ``not_permitted`` are those of them on which its verdict hangs and that are not permitted.
    ``shown_if`` is a supposition under which it would be shown, where one fact suffices.
    """

    option: Option
    standing: Standing
    facts: tuple[str, ...]
    not_permitted: tuple[str, ...] = ()
    shown_if: Supposition | None = None


@dataclass(frozen=True, kw_only=True)
class Without:
    """What would be shown if ``fact`` were not used; ``option`` None means the default.

    Of a list, ``option`` is None and ``same_kind`` says that it would still be a personal list.
    """

    fact: str
    option: Option | None = None
    same_kind: bool = False


@dataclass(frozen=True, kw_only=True)
class Trace:
    """``others``: every other minimal sufficient set, unless ``others_cut``.

    ``left_out`` is the number of further versions; ``is_complete`` False says that a fact was not
    looked at on which something here hangs.
    """

    others: tuple[tuple[str, ...], ...] = ()
    others_cut: bool = False
    passed_over: tuple[PassedOver, ...] = ()
    left_out: int = 0
    without: tuple[Without, ...] = ()
    is_complete: bool = True


def trace_of(decision: Decision, read: Read, *, told: int = MAX_TOLD) -> Trace:
    """The rest of the trace of a personal ``decision``, as far as ``read`` knows."""
    if decision.reason is None or decision.is_held_back:
        return Trace()
    looking = Looking(read)
    asked = _asked(decision)
    others, cut = _other_sets(decision, asked, looking.read, told)
    missed = any(looking.read(fact).gap is Gap.UNREAD for fact in asked)
    rest = [option for option in decision.options if option != decision.option]
    passed = tuple(_passed_over(option, decision, looking.read) for option in rest[:told])
    changes = tuple(_without(decision, looking.read))
    return Trace(
        others=others,
        others_cut=cut,
        passed_over=passed,
        left_out=max(len(rest) - told, 0),
        without=changes,
        is_complete=not (missed or looking.met_unread),
    )


def _other_sets(
    decision: Decision, asked: tuple[str, ...], read: Read, told: int
) -> tuple[tuple[tuple[str, ...], ...], bool]:
    reason = frozenset(decision.reason.facts) if decision.reason is not None else frozenset()
    others, cut = _all_sets(decision, asked, read, enough=told + 2)
    found = [chosen for chosen in others if frozenset(chosen) != reason]
    return tuple(found[:told]), cut or len(found) > told


def _all_sets(
    decision: Decision, asked: tuple[str, ...], read: Read, *, enough: int
) -> tuple[tuple[tuple[str, ...], ...], bool]:
    if decision.option is not None:
        return sets_of_condition(decision.option.audience.condition, read)
    if decision.ranking is None:
        return (), False
    known = tuple(fact for fact in asked if read(fact).is_known)
    holds = _same_list(decision, decision.ranking)
    tried = list(islice(sets_by_trying(holds, known, read, tries=MAX_TRIES), enough))
    return tuple(chosen for chosen in tried if chosen is not None), None in tried


def _asked(decision: Decision) -> tuple[str, ...]:
    """The facts on which the shown version may rest."""
    if decision.option is not None:
        return facts_of(decision.option.audience.condition)
    if decision.ranking is not None:
        return tuple(criterion.fact for criterion in decision.ranking.criteria)
    return ()


def _same_list(decision: Decision, ranking: Ranking) -> Callable[[Read], bool]:
    shown = [item.key for item in decision.items]
    return lambda read: [item.key for item in ranking.rank(read)] == shown


def _passed_over(option: Option, decision: Decision, read: Read) -> PassedOver:
    condition = option.audience.condition
    asked = Asked(read)
    truth = condition.evaluate(asked.read)
    missing = asked.with_gap(Gap.NOT_PERMITTED) if truth is Truth.UNKNOWN else ()
    return PassedOver(
        option=option,
        standing=_standing(truth, asked),
        facts=facts_of(condition),
        not_permitted=missing,
        shown_if=_shown_if(option, decision, read) if truth is not Truth.TRUE else None,
    )


def _standing(truth: Truth, asked: Asked) -> Standing:
    if truth is Truth.TRUE:
        return Standing.CAME_LATER
    if truth is Truth.FALSE:
        return Standing.DOES_NOT_FIT
    if asked.with_gap(Gap.UNREAD):
        return Standing.NOT_LOOKED_AT
    if asked.with_gap(Gap.NOT_PERMITTED):
        return Standing.NOT_PERMITTED
    return Standing.NOT_KNOWN


def _shown_if(option: Option, decision: Decision, read: Read) -> Supposition | None:
    """The first single fact, in the editor's order, that would bring ``option``; tried."""
    for leaf in option.audience.condition.leaves():
        reading = supposed(leaf, read(leaf.fact))
        if reading is None:
            continue
        known, first = _certainly_first(decision, _replaced(read, leaf.fact, reading))
        if known and first == option:
            return Supposition(condition=leaf, reading=reading)
    return None


def _replaced(read: Read, key: str, reading: Reading) -> Read:
    return lambda other: reading if other == key else read(other)


def _without(decision: Decision, read: Read) -> Iterator[Without]:
    """For each fact of the reason that is needed, what comes without it; tried."""
    needed = decision.reason.facts if decision.reason is not None else ()
    for fact in needed:
        if fact in decision.replaceable:
            continue
        if decision.ranking is not None:
            left = decision.ranking.rank(without(read, fact))
            yield Without(fact=fact, same_kind=bool(left))
            continue
        known, first = _certainly_first(decision, without(read, fact))
        if known:
            yield Without(fact=fact, option=first)


def _certainly_first(decision: Decision, read: Read) -> tuple[bool, Option | None]:
    """The version that would be shown, and whether that hangs on nothing not looked at."""
    looking = Looking(read)
    first = first_true(decision.options, looking.read)
    return not looking.met_unread, first
