"""What of a product list would remain."""

from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.decisions import choose_list
from ethical_personalization.core.instructions import Instructions
from ethical_personalization.core.ranking import Candidate, Criterion, rank
from ethical_personalization.core.readings import without
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
