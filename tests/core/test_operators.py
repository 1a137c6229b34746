"""What editors may ask of a fact, and what they are told where it does not fit."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.exceptions import InvalidCondition
from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.operators import BY_KEY, operator_for, parse_value


def fact(kind, choices=None):
    return Fact(
        key="test.fact",
        label="Test",
        kind=kind,
        purpose="stated",
        data_category="Preference",
        source="test",
        reader=lambda source: None,
        sentence=lambda evidence, values: values,
        change_at="choices",
        choices=choices,
    )


def test_operator_that_does_not_fit_is_refused_with_those_that_do():
    with pytest.raises(InvalidCondition, match="at_least, at_most"):
        operator_for(fact(FactKind.NUMBER), "any_of")


def test_value_outside_the_choices_is_refused_with_the_choices():
    limited = fact(FactKind.SET, choices=lambda: [("linen", "Linen")])
    with pytest.raises(InvalidCondition, match="'?wool'?.*linen"):
        parse_value(BY_KEY["any_of"], ["wool"], fact=limited)


@pytest.mark.parametrize("raw", ["x", "NaN", "Infinity", "1e99", None, [], {}])
def test_number_that_is_none_is_refused(raw):
    with pytest.raises(InvalidCondition):
        parse_value(BY_KEY["at_least"], raw)


@pytest.mark.parametrize("raw", [[], [""], [1], ["x"] * 101, ["x" * 201], None, {}])
def test_list_of_values_that_is_none_is_refused(raw):
    with pytest.raises(InvalidCondition):
        parse_value(BY_KEY["any_of"], raw)


@pytest.mark.parametrize("raw", [["9"], ["25:00", "26:00"], ["09:00", "09:00"], 5, None])
def test_span_of_times_that_is_none_is_refused(raw):
    with pytest.raises(InvalidCondition):
        parse_value(BY_KEY["between"], raw)


@pytest.mark.parametrize(
    ("moment", "inside"), [(time(23), True), (time(2), True), (time(6), False), (time(12), False)]
)
def test_span_of_times_reaches_over_midnight(moment, inside):
    span = parse_value(BY_KEY["between"], ["22:00", "06:00"])
    assert BY_KEY["between"].test(moment, span) is inside


@given(
    st.sampled_from(sorted(BY_KEY)),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
)
def test_any_json_is_parsed_or_refused_with_a_message(key, raw):
    try:
        parse_value(BY_KEY[key], raw)
    except InvalidCondition as error:
        assert str(error)
