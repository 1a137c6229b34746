"""Accounts that allowed nothing are not looked for on each page, and their first yes is heard."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ethical_personalization.models import ConsentState
from ethical_personalization.shopper import absences
from tests.preferences.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def account(home, user):
    """Opens the preference center on one more device of the account."""

    def on_a_new_device():
        visitor = Visitor(Client(enforce_csrf_checks=True))
        visitor.client.force_login(user)
        return visitor

    return on_a_new_device


def look_ups(visitor, path="/"):
    """How often that page asked for choices."""
    with CaptureQueriesContext(connection) as captured:
        visitor.opens(path)
    return sum(ConsentState._meta.db_table in query["sql"] for query in captured)


def allows(visitor):
    visitor.opens("/").presses("Accept all")


def test_account_that_allowed_nothing_is_looked_for_once(account):
    device = account()
    assert look_ups(device) == 1
    assert look_ups(device) == 0


def test_first_yes_is_heard_by_a_worker_that_remembers_its_absence(account, user):
    device = account()
    device.opens("/")
    allows(device)
    absences.remember_absence(user)
    assert look_ups(device) == 1
    assert "Accept all" not in device.text


def test_other_device_hears_of_the_first_yes_within_a_minute(account, user, monkeypatch):
    first, second = account(), account()
    allows(first)
    absences.remember_absence(user)
    assert look_ups(second) == 0
    later = time.monotonic() + absences.MAX_AGE_SECONDS
    monkeypatch.setattr(absences.time, "monotonic", lambda: later)
    assert look_ups(second) == 1


def test_account_that_only_refuses_gets_no_mark(account):
    device = account()
    device.opens("/preferences/").presses("Refuse all")
    assert absences._MARK not in device.client.session


def test_memory_is_bounded(account, user, monkeypatch):
    monkeypatch.setattr(absences, "MAX_ACCOUNTS", 2)
    for pk in range(5):
        user.pk = pk
        absences.remember_absence(user)
    assert len(absences._looked_for) <= 2
