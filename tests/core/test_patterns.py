"""Patterns that are accepted stay quick, whatever text they meet."""

from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.exceptions import InvalidCondition
from ethical_personalization.core.patterns import MAX_SEARCHED, safe_pattern

SECONDS = 0.25
TEXTS = ("a" * MAX_SEARCHED, "a" * (MAX_SEARCHED - 1) + "!", "ab" * (MAX_SEARCHED // 2))

quantifiers = st.sampled_from(["?", "*", "+", "{1,90}", "*?", "+?", "??", "{2,}"])
parts = st.recursive(
    st.sampled_from(["a", "b", ".", r"\w", "[ab]", "[^b]"]),
    lambda inner: st.one_of(
        st.builds("{}{}".format, st.sampled_from(["a", ".", r"\w"]), quantifiers),
        st.builds("({})".format, inner),
        st.builds("({})?".format, inner),
        st.builds("({}|{})".format, inner, inner),
        st.builds("{}{}".format, inner, inner),
    ),
    max_leaves=30,
)


def took(pattern, text):
    started = thread_time()
    pattern.search(text)
    return thread_time() - started


@pytest.mark.parametrize(
    "raw",
    [
        "^" + "a?" * 26 + "a" * 26 + "$",
        "^(a|aa)?" * 2 + "(a|aa)?" * 18 + "$",
        "^" + "(a|aa)" * 26 + "$",
        r"\w+\w+\w+!$",
        r"^https?://([a-z]+\.?)+/campaign$",
        "(a*)*",
        r"(a+)\1",
        r"(?P<x>a+)(?P=x)",
        "(a)?(?(1)a+|b+)",
    ],
)
def test_pattern_that_could_be_slow_is_refused(raw):
    with pytest.raises(InvalidCondition, match="could take"):
        safe_pattern(raw)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (r"^https?://(www\.)?example\.com/sale", "https://example.com/sale"),
        ("google|bing|duckduckgo|ecosia|qwant|startpage", "https://ecosia.org/"),
        ("^.*utm_campaign=.*spring.*$", "/?utm_campaign=a-spring-sale"),
        (r"[*+?{|]{1}", "*"),
        (r"/linen/\?page=\d+", "/linen/?page=12"),
    ],
)
def test_usual_pattern_matches(raw, text):
    assert safe_pattern(raw).search(text)


@given(
    raw=st.builds(
        "{}{}{}".format, st.sampled_from(["", "^"]), parts, st.sampled_from(["", "!", "$"])
    )
)
def test_whatever_is_accepted_is_quick(raw):
    try:
        pattern = safe_pattern(raw)
    except InvalidCondition:
        return
    assert max(took(pattern, text) for text in TEXTS) < SECONDS, raw
