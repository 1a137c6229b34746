"""Who is asked again about what: never on everything, never twice."""

from datetime import UTC, datetime, timedelta

import pytest

from ethical_personalization.core.asking import WhyAsked, open_questions
from ethical_personalization.core.consent import Choice, Consent, ConsentStatus, Terms
from ethical_personalization.core.purposes import follow_declaration

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SINCE = {"stated": NOW - 9 * DAY, "orders": NOW - 9 * DAY}


def choice(purpose, status=ConsentStatus.GIVEN, *, days_ago=3, version=1, holds=100):
    at = NOW - days_ago * DAY
    return Choice(
        purpose=purpose, status=status, version=version, at=at, valid_until=at + holds * DAY
    )


def consent(*choices, refused=None, back=None):
    return Consent(
        terms={
            key: Terms(purpose=key, version=1, yes_counts_since=(back or {}).get(key))
            for key in ("stated", "orders", "new")
        },
        choices={each.purpose: each for each in choices},
        refused_here=refused or {},
    )


def asked(held, since=SINCE):
    return open_questions(held, since, now=NOW)


def test_who_never_answered_is_asked_about_everything():
    assert asked(consent()) == dict.fromkeys(SINCE, WhyAsked.FIRST)


def test_what_was_left_open_is_not_asked_again():
    assert asked(consent(choice("stated"))) == {}


def test_what_ran_out_is_asked_alone():
    held = consent(choice("stated", holds=1), choice("orders"))
    assert asked(held) == {"stated": WhyAsked.ENDED}


def test_what_changed_is_asked_alone():
    held = consent(choice("stated", version=0), choice("orders"))
    assert asked(held) == {"stated": WhyAsked.CHANGED}


def test_what_came_back_is_asked_alone_and_not_where_she_refused_it():
    back = {"stated": NOW - DAY, "orders": NOW - 4 * DAY}
    given = choice("stated"), choice("orders")
    assert asked(consent(*given, back=back)) == {"stated": WhyAsked.BACK}
    assert asked(consent(*given, back=back, refused={"stated": NOW - 2 * DAY})) == {}
    no = choice("stated", ConsentStatus.REFUSED), choice("orders")
    assert asked(consent(*no, back=back)) == {}


def test_what_is_new_is_asked_alone():
    assert asked(consent(choice("stated")), {**SINCE, "new": NOW - DAY}) == {"new": WhyAsked.NEW}


def test_device_with_refusals_alone_is_asked_what_is_new_alone():
    held = consent(refused={"stated": NOW - 5 * DAY, "orders": NOW - 5 * DAY})
    assert asked(held) == {}
    assert asked(held, {**SINCE, "new": NOW - DAY}) == {"new": WhyAsked.NEW}


@pytest.mark.parametrize("status", [ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN])
def test_no_is_never_asked_again(status):
    assert asked(consent(choice("stated", status, version=0, holds=1))) == {}


def follow(*, days=730, recipients=(), before=None, now_days=730, now=()):
    return follow_declaration(
        retention_days=days,
        recipients=recipients,
        before=before or {"retention_days": 730, "recipients": []},
        now={"retention_days": now_days, "recipients": list(now)},
    )


def test_period_that_no_editor_set_follows_the_code():
    assert follow(now_days=30) == (30, ())


def test_period_that_an_editor_set_stays():
    assert follow(days=90, now_days=30) == (90, ())


def test_recipient_that_the_code_adds_is_added_beside_the_editors():
    assert follow(recipients=("Own",), now=("Parcel Ltd",)) == (730, ("Own", "Parcel Ltd"))


def test_recipient_that_the_code_gives_up_goes_and_the_editors_stays():
    before = {"retention_days": 730, "recipients": ["Parcel Ltd"]}
    assert follow(recipients=("Own", "Parcel Ltd"), before=before) == (730, ("Own",))


def test_recipient_that_an_editor_took_away_stays_away():
    before = {"retention_days": 730, "recipients": ["Parcel Ltd"]}
    assert follow(before=before, now=("Parcel Ltd",)) == (730, ())


def test_row_of_before_the_code_was_recorded_conceals_no_recipient():
    assert follow_declaration(
        retention_days=90,
        recipients=(),
        before={},
        now={"retention_days": 730, "recipients": ["Parcel Ltd"]},
    ) == (90, ("Parcel Ltd",))
