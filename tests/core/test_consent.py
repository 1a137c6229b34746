"""What is permitted, after any sequence of choices."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.consent import (
    Choice,
    Consent,
    ConsentStatus,
    Narrowing,
    Terms,
    proposals,
    status_of_answer,
    withdrawn_by_device,
)
from ethical_personalization.core.purposes import LawfulBasis

from .strategies import NOW, PURPOSES, consents

DAY = timedelta(days=1)


def consent(status, *, version=1, basis=LawfulBasis.CONSENT, valid_until=None, refused=None):
    choice = Choice(
        purpose="p", status=status, version=version, at=NOW - DAY, valid_until=valid_until
    )
    terms = {"p": Terms(purpose="p", version=1, basis=basis)}
    return Consent(terms=terms, choices={"p": choice}, refused_here=refused or {})


@pytest.mark.parametrize("status", [item for item in ConsentStatus if item != "given"])
def test_permission_is_not_given_in_any_other_state(status):
    assert not consent(status).permission("p", now=NOW).is_given


def test_permission_names_since_when_it_is_given():
    permission = consent(ConsentStatus.GIVEN).permission("p", now=NOW)
    assert permission.is_given
    assert permission.since == NOW - DAY


def test_status_is_expired_from_valid_until_on():
    given_ = consent(ConsentStatus.GIVEN, valid_until=NOW)
    assert given_.status("p", now=NOW - DAY) is ConsentStatus.GIVEN
    assert given_.status("p", now=NOW) is ConsentStatus.EXPIRED


def test_status_is_invalidated_after_a_material_change():
    held = consent(ConsentStatus.GIVEN, version=2)
    assert held.status("p", now=NOW) is ConsentStatus.INVALIDATED


def test_yes_from_before_a_break_is_none_and_a_no_stays_a_no():
    terms = {"p": Terms(purpose="p", version=1, yes_counts_since=NOW)}
    for status, at, counts in (
        (ConsentStatus.GIVEN, NOW - DAY, ConsentStatus.INVALIDATED),
        (ConsentStatus.GIVEN, NOW, ConsentStatus.GIVEN),
        (ConsentStatus.REFUSED, NOW - DAY, ConsentStatus.REFUSED),
    ):
        choice = Choice(purpose="p", status=status, version=1, at=at)
        held = Consent(terms=terms, choices={"p": choice})
        assert held.status("p", now=NOW + DAY) is counts


def test_unknown_purpose_is_never_permitted():
    assert not consent(ConsentStatus.GIVEN).permission("other", now=NOW).is_given


def test_refusal_on_the_device_narrows_the_account():
    held = consent(ConsentStatus.GIVEN, refused={"p": NOW - 2 * DAY})
    assert not held.permission("p", now=NOW).is_given


@pytest.mark.parametrize(
    ("basis", "status", "is_given"),
    [
        (LawfulBasis.CONTRACT, ConsentStatus.UNKNOWN, True),
        (LawfulBasis.LEGITIMATE_INTEREST, ConsentStatus.UNKNOWN, True),
        (LawfulBasis.LEGITIMATE_INTEREST, ConsentStatus.WITHDRAWN, False),
        (LawfulBasis.CONSENT, ConsentStatus.UNKNOWN, False),
    ],
)
def test_permission_follows_the_basis(basis, status, is_given):
    assert consent(status, basis=basis).permission("p", now=NOW).is_given is is_given


@given(consents(), st.sampled_from(PURPOSES))
def test_withdrawing_undoes_giving(held, purpose):
    for allowed in (True, False):
        status = status_of_answer(allowed=allowed, before=held.status(purpose, now=NOW))
        choice = Choice(purpose=purpose, status=status, version=2, at=NOW)
        held = Consent(terms=held.terms, choices={**held.choices, purpose: choice})
        assert held.permission(purpose, now=NOW).is_given is allowed
    assert held.status(purpose, now=NOW) is ConsentStatus.WITHDRAWN


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ConsentStatus.UNKNOWN, ConsentStatus.REFUSED),
        (ConsentStatus.REFUSED, ConsentStatus.REFUSED),
        (ConsentStatus.GIVEN, ConsentStatus.WITHDRAWN),
        (ConsentStatus.EXPIRED, ConsentStatus.WITHDRAWN),
        (ConsentStatus.WITHDRAWN, ConsentStatus.WITHDRAWN),
    ],
)
def test_no_after_a_yes_is_a_withdrawal(before, after):
    assert status_of_answer(allowed=False, before=before) is after


def test_newer_refusal_of_the_device_withdraws_the_older_yes_of_the_account():
    account = consent(ConsentStatus.GIVEN).choices
    assert withdrawn_by_device(account, {"p": NOW}) == {"p"}
    assert withdrawn_by_device(account, {"p": NOW - 2 * DAY}) == frozenset()


def test_proposal_is_a_yes_of_the_device_that_the_account_never_answered():
    device = [Choice(purpose="p", status=ConsentStatus.GIVEN, version=1, at=NOW)]
    assert proposals({}, device) == tuple(device)
    assert proposals(consent(ConsentStatus.REFUSED).choices, device) == ()


@pytest.mark.parametrize("other", [Narrowing(), Narrowing(restricted_until=NOW - DAY)])
def test_pause_holds_until_its_end_and_an_earlier_one_takes_nothing_off(other):
    paused = Narrowing(restricted_until=NOW) | other
    assert paused.is_paused(now=NOW - DAY)
    assert not paused.is_paused(now=NOW)
    assert (paused | Narrowing(is_restricted=True)).is_paused(now=NOW)
