"""Properties of product lists."""

from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.decisions import choose_list
from ethical_personalization.core.instructions import Instructions
from ethical_personalization.core.ranking import Candidate, Criterion, rank
from ethical_personalization.core.readings import only, without
from ethical_personalization.core.remaining import has_alike, is_last, remaining_of

from .strategies import FACTS, VALUES, profiles, read_from

shares = st.dictionaries(st.sampled_from(FACTS), st.frozensets(st.sampled_from(VALUES)))
candidates = st.lists(shares, max_size=8).map(
    lambda found: tuple(Candidate(key=key, values=values) for key, values in enumerate(found))
)
criteria = st.dictionaries(st.sampled_from(FACTS), st.integers(1, 5), max_size=4).map(
    lambda found: tuple(Criterion(fact=fact, weight=weight) for fact, weight in found.items())
)


def keys(items):
    return [item.key for item in items]


@given(candidates, criteria, profiles)
def test_score_falls_by_exactly_the_stated_points_without_the_fact(items, weights, profile):
    read = read_from(profile)
    for item in rank(items, weights, read, limit=99):
        for part in item.contributions:
            left = rank(items, weights, without(read, part.fact), limit=99)
            score = next((other.score for other in left if other.key == item.key), 0)
            assert score == item.score - part.points


@given(candidates, criteria, profiles)
def test_first_contribution_is_the_largest(items, weights, profile):
    for item in rank(items, weights, read_from(profile), limit=99):
        points = [part.points for part in item.contributions]
        assert points == sorted(points, reverse=True)


@given(candidates, criteria, profiles)
def test_list_is_in_order_of_score_and_every_item_shares_something(items, weights, profile):
    scores = [item.score for item in rank(items, weights, read_from(profile), limit=99)]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


@given(candidates, criteria, profiles, st.integers(1, 4))
def test_reason_of_a_list_is_sufficient_and_minimal(items, weights, profile, limit):
    read = read_from(profile)
    decision = choose_list("l", items, weights, read, limit=limit)
    if not decision.is_personal:
        return
    facts = frozenset(decision.reason.facts)
    shown = keys(decision.items)
    assert keys(rank(items, weights, only(read, facts), limit=limit)) == shown
    for fact in facts:
        assert keys(rank(items, weights, only(read, facts - {fact}), limit=limit)) != shown


@given(candidates, criteria)
def test_list_is_the_default_where_nothing_is_known(items, weights):
    assert not choose_list("l", items, weights, read_from({}), limit=4).is_personal


@given(candidates, criteria, profiles, st.sampled_from(FACTS), st.sampled_from(VALUES))
def test_what_would_remain_is_what_the_list_would_be(items, weights, profile, fact, value):
    read = read_from(profile)
    decision = choose_list("list", items, weights, read, limit=3)
    left = remaining_of(decision, without(read, fact), gone={fact: frozenset({value})})
    others = tuple(each for each in items if value not in each.values.get(fact, frozenset()))
    then = choose_list("list", others, weights, without(read, fact), limit=3)
    is_list = bool(decision.items) and bool(then.items)
    assert left.is_list == is_list
    assert left.kept == len(set(keys(decision.items)) & set(keys(then.items)))
    if is_last(decision):
        hidden = Instructions(hidden=frozenset(keys(decision.items)))
        assert not rank(items, weights, read, limit=3, instructions=hidden)


@given(candidates, criteria, profiles)
def test_item_that_is_alike_shares_a_value_that_both_are_listed_for(items, weights, profile):
    decision = choose_list("list", items, weights, read_from(profile), limit=3)
    for item in decision.items:
        own = items[item.key].values
        others = [items[other.key].values for other in decision.items if other.key != item.key]
        if has_alike(decision, item):
            assert any(own[fact] & other.get(fact, frozenset()) for other in others for fact in own)
