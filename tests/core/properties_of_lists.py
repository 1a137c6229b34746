"""What is true of every explanation of a ranked list and of the items in it."""

from fractions import Fraction

from ethical_personalization.core.readings import only, without

from .properties import smallest_sets
from .teller import Case


def keys(items):
    return [item.key for item in items]


def score_of(candidate, world, read):
    """The points of an item, added up without the function that is tested."""
    total = Fraction(0)
    for criterion in world.criteria:
        value = read(criterion.fact).value or frozenset()
        shared = candidate.values.get(criterion.fact, frozenset()) & value
        wanted = shared - world.instructions.less.get(criterion.fact, frozenset())
        total += Fraction(criterion.weight) * (1 if wanted else Fraction(1, 2) if shared else 0)
    return total


def ranked_by_hand(world, read):
    """(key, score) of what belongs into the list, best first."""
    shown = [item for item in world.candidates if item.key not in world.instructions.hidden]
    scored = [(item.key, score_of(item, world, read)) for item in shown]
    return sorted((pair for pair in scored if pair[1]), key=lambda pair: -pair[1])[: world.limit]


def list_is_the_ranking_of_its_points(case):
    """In order of score, nothing that shares nothing; else what everybody sees."""
    by_hand = ranked_by_hand(case.world, case.read)
    assert [(item.key, Fraction(item.score)) for item in case.listed.items] == by_hand
    assert case.listed.is_personal == bool(by_hand)
    assert case.listed.is_personal == (case.listed.reason is not None)


def reason_of_a_list_is_sufficient_and_minimal(case):
    shown, facts = keys(case.listed.items), frozenset(case.listed.reason.facts)
    assert keys(case.listed.ranking.rank(only(case.read, facts))) == shown
    for fact in facts:
        assert keys(case.listed.ranking.rank(only(case.read, facts - {fact}))) != shown


def every_sufficient_set_of_a_list_is_told(case):
    """Besides the reason, which may hold a smaller set: a ranking may come back with less known."""
    shown, reason = keys(case.listed.items), frozenset(case.listed.reason.facts)
    every = smallest_sets(
        tuple(criterion.fact for criterion in case.world.criteria),
        lambda read: keys(case.listed.ranking.rank(read)) == shown,
        case.read,
    )
    assert {frozenset(chosen) for chosen in case.list_trace.others} == every - {reason}
    assert case.list_trace.is_complete and not case.list_trace.others_cut


def without_a_fact_the_list_is_what_was_said(case):
    shown, replaceable = keys(case.listed.items), case.listed.replaceable
    told = {item.fact for item in case.list_trace.without}
    assert told == set(case.listed.reason.facts) - replaceable
    for item in case.list_trace.without:
        left = case.list_of(case.world.facts(excluded={item.fact}).read).items
        assert bool(left) == item.same_kind
        assert keys(left) != shown
    for fact in replaceable:
        assert keys(case.list_of(case.world.facts(excluded={fact}).read).items) == shown


def evidence_of_a_list_is_true_and_permitted(case):
    """Each fact of the reason names values that she and a shown item have, and nothing muted."""
    allowed, reason = case.world.may_be_told(), case.listed.reason
    values = {item.key: item.values for item in case.world.candidates}
    assert {item.fact for item in reason.evidence} == set(reason.facts) <= allowed
    for item in reason.evidence:
        on_items = [values[shown.key].get(item.fact, frozenset()) for shown in case.listed.items]
        assert item.matched
        assert set(item.matched) <= case.read(item.fact).value & frozenset().union(*on_items)
    assert set(case.reader.asked) <= allowed


def same_input_gives_the_same_list(case):
    again = Case(case.world, case.teller)
    assert (again.listed, again.list_trace) == (case.listed, case.list_trace)


def item_states_its_largest_contribution(case):
    for item in case.listed.items:
        reason = case.teller.item_reason(case.listed.items, item.key)
        assert reason.contribution in item.contributions
        assert reason.contribution.points == max(part.points for part in item.contributions)


def score_falls_by_exactly_the_stated_share(case):
    candidates = {item.key: item for item in case.world.candidates}
    for item in case.listed.items:
        reason = case.teller.item_reason(case.listed.items, item.key)
        rest = without(case.read, reason.contribution.fact)
        left = score_of(candidates[item.key], case.world, rest)
        assert (Fraction(item.score) - left) / Fraction(item.score) == reason.share
        assert Fraction(reason.contribution.points) == Fraction(item.score) - left


def rank_is_claimed_only_where_it_was_computed(case):
    """The place among what is shown; no place for what is hidden, cut off or shares nothing."""
    by_hand = [key for key, _score in ranked_by_hand(case.world, case.read)]
    for candidate in case.world.candidates:
        reason = case.teller.item_reason(case.listed.items, candidate.key)
        claimed = (reason.place, reason.among) if reason is not None else None
        is_shown = candidate.key in by_hand
        true = (by_hand.index(candidate.key) + 1, len(by_hand)) if is_shown else None
        assert claimed == true


OF_LISTS = (
    reason_of_a_list_is_sufficient_and_minimal,
    every_sufficient_set_of_a_list_is_told,
    without_a_fact_the_list_is_what_was_said,
    evidence_of_a_list_is_true_and_permitted,
    same_input_gives_the_same_list,
    item_states_its_largest_contribution,
    score_falls_by_exactly_the_stated_share,
    rank_is_claimed_only_where_it_was_computed,
)
