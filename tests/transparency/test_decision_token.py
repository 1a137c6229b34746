"""The token of a decision: hers alone, for its day, about this decision, and without values."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.signing import b64_decode
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.decision_traces import DecisionTrace
from ethical_personalization.transparency.decision_token import (
    MAX_TOKEN,
    TokenFault,
    make_token,
    read_token,
)

NOW = timezone.now()
TRACE = DecisionTrace(placement="hero", segment=7, facts=("stated.fabric",), day=NOW.date())
HER = uuid4()


def test_token_says_the_same_on_its_day_and_the_next():
    token = make_token(TRACE, HER)
    assert read_token(token, HER, now=NOW) == TRACE
    assert read_token(token, HER, now=NOW + timedelta(days=1)) == TRACE


@pytest.mark.parametrize("days", [2, 30, -1])
def test_token_has_run_out_on_any_other_day(days):
    token = make_token(TRACE, HER)
    assert read_token(token, HER, now=NOW + timedelta(days=days)) is TokenFault.EXPIRED


def test_token_of_somebody_else_does_not_hold():
    assert read_token(make_token(TRACE, HER), uuid4(), now=NOW) is TokenFault.NOT_HERS


def test_token_can_not_be_turned_to_another_decision():
    other = DecisionTrace(placement="foot", segment=8, facts=(), day=TRACE.day)
    content, _, signature = make_token(TRACE, HER).rpartition(":")
    others_content, _, _ = make_token(other, HER).rpartition(":")
    assert read_token(f"{others_content}:{signature}", HER, now=NOW) is TokenFault.NOT_HERS
    assert read_token(content, HER, now=NOW) is TokenFault.NOT_HERS


def test_token_of_another_secret_key_does_not_hold(settings):
    token = make_token(TRACE, HER)
    settings.SECRET_KEY = "another"
    assert read_token(token, HER, now=NOW) is TokenFault.NOT_HERS


@given(text=st.text(max_size=200))
def test_what_is_no_token_is_nobodys(text):
    assert read_token(text, HER, now=NOW) is TokenFault.NOT_HERS


@given(at=st.integers(min_value=0, max_value=60), character=st.sampled_from("AZaz09-_:.=\x00é"))
def test_token_with_one_character_changed_is_nobodys(at, character):
    token = make_token(TRACE, HER)
    at %= len(token)
    changed = token[:at] + character + token[at + 1 :]
    assert changed == token or read_token(changed, HER, now=NOW) is TokenFault.NOT_HERS


def test_token_holds_names_and_no_pseudonym():
    token = make_token(TRACE, HER)
    said = b64_decode(token.partition(":")[0].encode()).decode()
    assert said == f'["hero",7,["stated.fabric"],{TRACE.day.toordinal()}]'
    assert HER.hex not in token


def test_token_is_small_and_the_same_all_day():
    many = DecisionTrace(
        placement="p" * 40, segment=10**6, facts=("orders.categories",) * 8, day=date(2026, 1, 1)
    )
    assert len(make_token(TRACE, HER)) < 120
    assert len(make_token(many, HER)) < MAX_TOKEN
    assert make_token(TRACE, HER) == make_token(TRACE, HER)
