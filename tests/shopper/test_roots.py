"""Each finished day is signed once, and every event under it can prove that."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from ethical_personalization.conf import conf
from ethical_personalization.core.daily_roots import is_signed
from ethical_personalization.models import DailyRoot
from ethical_personalization.shopper import roots
from ethical_personalization.shopper.roots import (
    inclusion_of,
    sign_finished_days,
    signed_until,
    trusted_keys,
)

from .conftest import NOW

DAY = timedelta(days=1)
TODAY = date(2026, 6, 1)
MIDNIGHT = NOW.replace(hour=0) + DAY
pytestmark = pytest.mark.django_db


def test_day_is_signed_an_hour_after_its_end(answered):
    answered(stated=True)
    assert sign_finished_days(now=MIDNIGHT + timedelta(minutes=59)) == []
    assert sign_finished_days(now=MIDNIGHT + timedelta(hours=1)) == [TODAY]


def test_signing_again_signs_nothing_twice(answered):
    answered(stated=True)
    sign_finished_days(now=NOW + 2 * DAY)
    assert sign_finished_days(now=NOW + 2 * DAY) == []
    assert DailyRoot.objects.count() == 1


def test_days_without_events_are_left_out_and_the_others_are_linked(answered):
    for days in (0, 3, 4):
        answered(NOW + days * DAY, stated=days % 2 == 0)
    assert sign_finished_days(now=NOW + 9 * DAY) == [TODAY, TODAY + 3 * DAY, TODAY + 4 * DAY]
    first, second, third = DailyRoot.objects.order_by("day")
    assert [first.previous, second.previous] == ["", first.statement.digest]
    assert third.previous == second.statement.digest
    assert signed_until() == MIDNIGHT + 4 * DAY


def test_signature_is_that_of_the_shops_newest_key(answered, settings):
    settings.ETHICAL_PERSONALIZATION_SIGNING_KEYS = ["ab" * 32, "cd" * 32]
    answered(stated=True)
    sign_finished_days(now=NOW + 2 * DAY)
    signed = DailyRoot.objects.get()
    newest = trusted_keys()[signed.key_id]
    assert is_signed(signed.statement, signed.signature, newest)
    assert next(iter(trusted_keys())) == signed.key_id


def test_key_of_a_secret_that_was_replaced_is_still_trusted(answered, settings):
    answered(stated=True)
    sign_finished_days(now=NOW + 2 * DAY)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new secret"
    assert DailyRoot.objects.get().key_id in trusted_keys()


def test_signing_key_is_none_of_the_keys_that_seal(settings):
    assert not set(conf.signing_keys) & set(conf.sealing_keys)


def test_two_runs_at_once_store_one_root(answered, monkeypatch):
    """The other run signs between our look for the newest root and our insert."""
    answered(stated=True)
    make = roots._root_of

    def slow(day, before):
        made = make(day, before)
        monkeypatch.setattr(roots, "_root_of", make)
        sign_finished_days(now=NOW + 2 * DAY)
        return made

    monkeypatch.setattr(roots, "_root_of", slow)
    assert sign_finished_days(now=NOW + 2 * DAY) == [TODAY]
    assert DailyRoot.objects.count() == 1


def test_every_event_proves_that_it_is_under_the_root(answered):
    events = answered(stated=True, orders=True, browsing=False)
    sign_finished_days(now=NOW + 2 * DAY)
    (key,) = trusted_keys().values()
    assert [inclusion_of(event).index for event in events] == [0, 1, 2]
    assert all(inclusion_of(event).holds(key) for event in events)


def test_event_of_a_day_that_is_not_signed_proves_nothing_yet(answered):
    (event,) = answered(stated=True)
    assert inclusion_of(event) is None


def test_event_that_was_dated_back_has_no_proof(answered):
    answered(stated=True)
    sign_finished_days(now=NOW + 2 * DAY)
    (late,) = answered(orders=True)
    assert inclusion_of(late) is None


def test_command_says_which_days_it_signed(answered, capsys):
    answered(stated=True)
    call_command("sign_consent")
    assert capsys.readouterr().out == "2026-06-01 signed.\n"
    call_command("sign_consent")
    assert capsys.readouterr().out == "Every finished day is signed.\n"
