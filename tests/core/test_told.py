"""What is different between two things that were told."""

from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.told import Change, Topic, changed_terms, differences, told_on

KEYS = st.sampled_from(["a", "b", "c"])
DOCUMENTS = st.builds(
    lambda purposes, facts, parameters: {
        "purposes": purposes,
        "facts": facts,
        "parameters": parameters,
    },
    st.dictionaries(KEYS, st.none() | st.lists(st.sampled_from([1, 2]), unique=True)),
    st.dictionaries(
        st.sampled_from(["f", "g", "h"]),
        st.fixed_dictionaries(
            {
                "purpose": KEYS | st.just(""),
                "days": st.none() | st.integers(1, 9),
                "label": st.just("A fact"),
            }
        ),
    ),
    st.dictionaries(KEYS, st.fixed_dictionaries({"weight": st.integers(1, 9)})),
)


def mirrored(changes):
    return {
        Change(topic=each.topic, about=each.about, before=each.after, after=each.before)
        for each in changes
    }


@given(DOCUMENTS, DOCUMENTS, st.sampled_from([1, 2, None]))
def test_the_way_back_undoes_every_change_and_nothing_differs_from_itself(one, other, site):
    before, after = told_on(one, site), told_on(other, site)
    assert differences(before, before) == ()
    changes = differences(before, after)
    assert set(differences(after, before)) == mirrored(changes)
    assert all(change.before != change.after for change in changes)


@given(DOCUMENTS, DOCUMENTS)
def test_a_site_hears_of_purposes_that_it_offers_and_of_nothing_that_belongs_to_others(one, other):
    before, after = told_on(one, 1), told_on(other, 1)
    both = before.purposes | after.purposes
    for change in differences(before, after):
        if change.topic is Topic.PURPOSE:
            assert (change.about in after.purposes) == (change.before is None)
        if change.topic is Topic.FACT:
            assert {change.before, change.after} - {None, ""} <= both


def test_facts_go_with_their_purpose_and_are_told_one_by_one_where_it_stays():
    fact = {"purpose": "a", "days": None, "label": "A fact"}
    before = {"purposes": {"a": None, "b": [2]}, "facts": {"f": fact}, "parameters": {}}
    without_fact, without_purpose = {**before, "facts": {}}, {**before, "purposes": {}}
    assert differences(told_on(before, 1), told_on(without_fact, 1)) == (
        Change(topic=Topic.FACT, about="f", before="a"),
    )
    assert differences(told_on(before, 1), told_on(without_purpose, 1)) == (
        Change(topic=Topic.PURPOSE, about="a", before="a"),
    )


def test_terms_name_each_recipient_and_both_periods():
    before = {"basis": "consent", "retention_days": 9, "recipients": ["A", "B"], "sources": []}
    after = {**before, "retention_days": 5, "recipients": ["B", "C"]}
    assert changed_terms("p", before, after) == (
        Change(topic=Topic.RETENTION, about="p", before=9, after=5),
        Change(topic=Topic.RECIPIENT, about="p", after="C"),
        Change(topic=Topic.RECIPIENT, about="p", before="A"),
    )
