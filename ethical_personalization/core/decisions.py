"""What a placement shows to this shopper now, and the trace that led there."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .audiences import Audience
from .conditions import facts_of
from .evidence import Evidence
from .instructions import NO_INSTRUCTIONS, Instructions
from .ranking import Candidate, Criterion, RankedItem, Ranking
from .readings import Read, only, without
from .reasons import Reason, minimal_facts
from .truth import Truth


@dataclass(frozen=True, kw_only=True)
class Option:
    """One version that a placement could show, and whom it is meant for."""

    key: str
    audience: Audience


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What is shown. ``option`` None and no ``items`` mean: the default, as for everybody.

    ``reason`` is computed from the same evaluation. ``replaceable`` are the facts of the reason
    without which the same would still be shown. ``is_held_back`` says that the shopper asked to see
    the default this once. ``options``, first one first, or ``ranking`` is what was chosen from;
    ``traces`` tells the rest of it to who asks.
    """

    placement: str
    option: Option | None = None
    items: tuple[RankedItem, ...] = ()
    reason: Reason | None = None
    replaceable: frozenset[str] = frozenset()
    benefit: str = ""
    is_held_back: bool = False
    options: tuple[Option, ...] = field(default=(), repr=False, compare=False)
    ranking: Ranking | None = field(default=None, repr=False, compare=False)

    @property
    def is_personal(self) -> bool:
        """Whether anything but the default is shown."""
        return self.option is not None or bool(self.items)


def choose(placement: str, options: Iterable[Option], read: Read) -> Decision:
    """The first option, by priority, whose audience the shopper certainly belongs to."""
    ordered = tuple(by_priority(options))
    option = first_true(ordered, read)
    if option is None:
        return Decision(placement=placement)
    reason = _reason(option, read)
    return Decision(
        placement=placement,
        option=option,
        reason=reason,
        replaceable=frozenset(
            fact for fact in reason.facts if is_true(option, without(read, fact))
        ),
        benefit=option.audience.benefit,
        options=ordered,
    )


def by_priority(options: Iterable[Option]) -> list[Option]:
    """The first one comes first; of two with the same priority, the older segment's."""
    return sorted(options, key=lambda option: (option.audience.priority, option.audience.key))


def first_true(ordered: Iterable[Option], read: Read) -> Option | None:
    """The first of ``ordered`` that is meant for her under ``read``."""
    return next((option for option in ordered if is_true(option, read)), None)


def is_true(option: Option, read: Read) -> bool:
    """Whether ``option`` is certainly meant for her under ``read``."""
    return option.audience.condition.evaluate(read) is Truth.TRUE


def _reason(option: Option, read: Read) -> Reason:
    """Why ``option`` came first.

    What is not true of her stays so when less is known (Kleene's logic is monotonic), so no option
    before it has to be looked at again.
    """
    condition = option.audience.condition
    facts = minimal_facts(lambda known: is_true(option, known), facts_of(condition), read)
    return Reason(
        facts=facts,
        evidence=tuple(condition.evidence(only(read, frozenset(facts)))),
    )


def choose_list(
    placement: str,
    candidates: tuple[Candidate, ...],
    criteria: tuple[Criterion, ...],
    read: Read,
    *,
    limit: int,
    instructions: Instructions = NO_INSTRUCTIONS,
) -> Decision:
    """The best items for the shopper; the default if she shares nothing with any of them."""
    ranking = Ranking(
        candidates=candidates, criteria=criteria, limit=limit, instructions=instructions
    )
    items = ranking.rank(read)
    if not items:
        return Decision(placement=placement)

    def same_list(known: Read) -> bool:
        return _keys(ranking.rank(known)) == _keys(items)

    asked = tuple(criterion.fact for criterion in criteria)
    facts = minimal_facts(same_list, asked, read)
    return Decision(
        placement=placement,
        items=items,
        reason=Reason(facts=facts, evidence=_list_evidence(items, facts, read)),
        replaceable=frozenset(fact for fact in facts if same_list(without(read, fact))),
        ranking=ranking,
    )


def _keys(items: tuple[RankedItem, ...]) -> tuple[int, ...]:
    return tuple(item.key for item in items)


def _list_evidence(
    items: tuple[RankedItem, ...], facts: tuple[str, ...], read: Read
) -> tuple[Evidence, ...]:
    shared: dict[str, set[str]] = {fact: set() for fact in facts}
    for item in items:
        for contribution in item.contributions:
            if contribution.fact in shared:
                shared[contribution.fact].update(contribution.shared)
    return tuple(
        Evidence(
            fact=fact,
            operator="any_of",
            wanted=frozenset(values),
            negated=False,
            matched=tuple(sorted(values)),
            reading=read(fact),
        )
        for fact, values in shared.items()
    )
