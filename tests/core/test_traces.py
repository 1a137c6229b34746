"""Properties of the whole trace, over random segments, profiles, consents and placements."""

from fractions import Fraction
from itertools import combinations

from hypothesis import assume, given

from ethical_personalization.core.conditions import facts_of
from ethical_personalization.core.decisions import choose, choose_list
from ethical_personalization.core.ranking import item_reason, rank
from ethical_personalization.core.readings import Gap, only, without
from ethical_personalization.core.traces import Standing, trace_of
from ethical_personalization.core.truth import Truth

from .strategies import NOW
from .thorough import cases
from .worlds import worlds


def decided(world):
    """A personal decision and the readings it rests on; other cases teach nothing here."""
    reader = world.reader()
    facts = reader.permitted(world.consent)
    decision = world.choose(facts.read)
    assume(decision.is_personal)
    return decision, facts, reader


def listed(world):
    """A personal list and what it was ranked with."""
    read = world.facts().read
    decision = choose_list("list", world.candidates, world.criteria, read, limit=world.limit)
    assume(decision.is_personal)
    return decision, read


def sufficient(decision, read, chosen):
    options, option = decision.options, decision.option
    return choose("p", options, only(read, frozenset(chosen))).option == option


def score_without(fact, key, world, read):
    ranked = rank(world.candidates, world.criteria, without(read, fact), limit=99)
    return next((item.score for item in ranked if item.key == key), 0)


def all_minimal_sets(decision, read):
    """By trying every subset, without the search that is tested."""
    asked = facts_of(decision.option.audience.condition)
    enough = [
        frozenset(chosen)
        for size in range(len(asked) + 1)
        for chosen in combinations(asked, size)
        if sufficient(decision, read, chosen)
    ]
    return {chosen for chosen in enough if not any(other < chosen for other in enough)}


@cases
@given(worlds)
def test_reason_and_others_are_sufficient_and_minimal(world):
    decision, facts, _ = decided(world)
    for chosen in (decision.reason.facts, *trace_of(decision, facts.read).others):
        assert sufficient(decision, facts.read, chosen)
        for fact in chosen:
            assert not sufficient(decision, facts.read, set(chosen) - {fact})


@cases
@given(worlds)
def test_every_sufficient_set_is_found(world):
    decision, facts, _ = decided(world)
    trace = trace_of(decision, facts.read, told=99)
    found = {frozenset(chosen) for chosen in (decision.reason.facts, *trace.others)}
    assert found == all_minimal_sets(decision, facts.read)
    assert trace.is_complete and not trace.others_cut


@cases
@given(worlds)
def test_every_passed_over_version_is_told_with_its_standing(world):
    decision, facts, _ = decided(world)
    told = {item.option.key: item for item in trace_of(decision, facts.read).passed_over}
    assert set(told) == {option.key for option in world.options} - {decision.option.key}
    for item in told.values():
        truth = item.option.audience.condition.evaluate(facts.read)
        assert (item.standing is Standing.CAME_LATER) == (truth is Truth.TRUE)
        assert (item.standing is Standing.DOES_NOT_FIT) == (truth is Truth.FALSE)
        assert (item.standing is Standing.NOT_PERMITTED) == bool(item.not_permitted)


@cases
@given(worlds)
def test_trace_reads_and_tells_nothing_without_permission(world):
    decision, facts, reader = decided(world)
    trace = trace_of(decision, facts.read)
    permitted = world.consent.permitted(now=NOW)
    supposed = [item.shown_if.condition.fact for item in trace.passed_over if item.shown_if]
    told = [fact for chosen in trace.others for fact in chosen]
    for fact in (*reader.asked, *supposed, *told, *(item.fact for item in trace.without)):
        assert fact.split(".")[0] in permitted
    for item in trace.passed_over:
        assert all(facts.read(fact).gap is Gap.NOT_PERMITTED for fact in item.not_permitted)


@cases
@given(worlds)
def test_trace_is_the_same_for_the_same_input(world):
    decision, facts, _ = decided(world)
    others = world.facts(dict(world.profile))
    again = world.choose(others.read, options=list(reversed(world.options)))
    assert trace_of(decision, facts.read) == trace_of(again, others.read)


@cases
@given(worlds)
def test_version_is_shown_when_its_supposition_comes_true(world):
    decision, facts, _ = decided(world)
    for item in trace_of(decision, facts.read).passed_over:
        if item.shown_if is not None:
            key, value = item.shown_if.condition.fact, item.shown_if.reading.value
            changed = world.facts({**world.profile, key: value})
            assert world.choose(changed.read).option == item.option


@cases
@given(worlds)
def test_without_a_fact_comes_what_was_said(world):
    decision, facts, _ = decided(world)
    told = trace_of(decision, facts.read).without
    assert {item.fact for item in told} == set(decision.reason.facts) - decision.replaceable
    for item in told:
        excluded = world.facts(excluded={item.fact})
        assert world.choose(excluded.read).option == item.option


@cases
@given(worlds)
def test_peeking_reads_nothing_and_claims_only_what_reading_confirms(world):
    decision, facts, reader = decided(world)
    before = list(reader.asked)
    peeked = trace_of(decision, facts.peek, told=99)
    assert reader.asked == before
    whole = trace_of(decision, facts.read, told=99)
    assert set(peeked.others) <= set(whole.others)
    assert set(peeked.without) <= set(whole.without)
    for less, more in zip(peeked.passed_over, whole.passed_over, strict=True):
        assert less.standing in (more.standing, Standing.NOT_LOOKED_AT)
    assert not peeked.is_complete or peeked == whole


@cases
@given(worlds)
def test_item_states_its_largest_contribution_its_share_and_its_place(world):
    decision, read = listed(world)
    for place, item in enumerate(decision.items, start=1):
        reason = item_reason(decision.items, item.key)
        assert reason.contribution.points == max(part.points for part in item.contributions)
        left = score_without(reason.contribution.fact, item.key, world, read)
        assert Fraction(item.score - left, item.score) == reason.share
        assert (reason.place, reason.among) == (place, len(decision.items))
    assert item_reason(decision.items, 99) is None


@cases
@given(worlds)
def test_list_tells_every_other_sufficient_set_and_what_comes_without_a_fact(world):
    decision, read = listed(world)
    trace = trace_of(decision, read)
    shown = [item.key for item in decision.items]
    for chosen in trace.others:
        assert [item.key for item in decision.ranking.rank(only(read, frozenset(chosen)))] == shown
    for item in trace.without:
        left = decision.ranking.rank(without(read, item.fact))
        assert bool(left) == item.same_kind
        assert [ranked.key for ranked in left] != shown
