"""What she left out is no reason, and its absence is none either."""

from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.conditions import Condition
from ethical_personalization.core.instructions import BRAND, CATEGORY, Instructions
from ethical_personalization.core.ranking import Candidate, Criterion, rank
from ethical_personalization.core.readings import Gap, Reading
from ethical_personalization.core.truth import Truth

VALUES = st.frozensets(st.sampled_from("abcd"))
CONDITIONS = st.builds(
    Condition,
    fact=st.just("bought"),
    operator=st.sampled_from(["any_of", "all_of", "is_empty"]),
    value=VALUES.filter(bool),
    negated=st.booleans(),
)


def muting(*values):
    return Instructions(muted={BRAND: frozenset(values)})


@given(value=VALUES, muted=VALUES, condition=CONDITIONS)
def test_muting_makes_no_condition_true_that_was_not(value, muted, condition):
    reading = Reading(value=value)
    before = condition.evaluate(lambda key: reading)
    after = condition.evaluate(lambda key: muting(*muted).of(reading, BRAND))
    assert after in (before, Truth.UNKNOWN, Truth.FALSE)


@given(value=VALUES, muted=VALUES, condition=CONDITIONS)
def test_muted_value_is_never_evidence(value, muted, condition):
    reading = muting(*muted).of(Reading(value=value), BRAND)
    for evidence in condition.evidence(lambda key: reading):
        assert not muted & set(evidence.matched)


def test_what_was_left_out_is_not_said_to_be_missing():
    condition = Condition(fact="bought", operator="any_of", value=frozenset("a"), negated=True)
    reading = muting("a").of(Reading(value=frozenset("a")), BRAND)
    assert condition.evaluate(lambda key: reading) is Truth.UNKNOWN


def test_muting_a_brand_leaves_categories_and_counts_of_others_alone():
    reading = Reading(value=frozenset("ab"), counts={"a": 2, "b": 1})
    assert muting("a").of(reading, CATEGORY) == reading
    assert muting("a").of(reading, BRAND).counts == {"b": 1}


def test_single_value_that_is_muted_is_not_used():
    assert muting("a").of(Reading(value="a"), BRAND).gap is Gap.EXCLUDED


def ranked(instructions):
    candidates = [
        Candidate(key=1, values={"style": frozenset("a")}),
        Candidate(key=2, values={"style": frozenset("b")}),
        Candidate(key=3, values={"style": frozenset("ab")}),
    ]
    criteria = (Criterion(fact="style", weight=4),)
    found = rank(
        candidates,
        criteria,
        lambda key: Reading(value=frozenset("ab")),
        limit=3,
        instructions=instructions,
    )
    return [(item.key, item.score) for item in found]


def test_hidden_item_is_not_ranked():
    assert [key for key, _score in ranked(Instructions(hidden=frozenset({1})))] == [2, 3]


def test_value_of_which_she_wants_less_counts_for_half():
    less = Instructions(less={"style": frozenset("a")})
    assert ranked(less) == [(2, 4), (3, 4), (1, 2)]
