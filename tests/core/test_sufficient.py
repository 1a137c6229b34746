"""Sets of facts where there are more of them than anybody would try."""

from ethical_personalization.core.conditions import AllOf, AnyOf, Condition
from ethical_personalization.core.readings import Reading
from ethical_personalization.core.sufficient import MAX_SETS, sets_of_condition


def leaf(fact):
    return Condition(fact=fact, operator="is_true")


def known(key):
    return Reading(value=True)


def pairs(count):
    return tuple(AnyOf((leaf(f"a{number}"), leaf(f"b{number}"))) for number in range(count))


def test_segment_that_needs_many_facts_has_one_set_and_that_is_certain():
    facts = tuple(f"fact.{number}" for number in range(40))
    assert sets_of_condition(AllOf(tuple(map(leaf, facts))), known) == ((facts,), False)


def test_every_set_of_a_segment_with_many_facts_is_found():
    sets, cut = sets_of_condition(AllOf(pairs(6)), known)
    assert len(set(sets)) == MAX_SETS == 2**6
    assert not cut


def test_where_there_are_too_many_sets_that_is_said_and_what_is_told_is_true():
    condition = AnyOf((AllOf(pairs(9)), leaf("a0")))
    sets, cut = sets_of_condition(condition, known)
    assert cut
    assert sets[0] == ("a0",)
    assert all("a0" not in chosen and len(chosen) == 9 for chosen in sets[1:])
