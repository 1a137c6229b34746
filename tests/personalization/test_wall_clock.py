"""Pages after the wall clock of the shop went back: what was said holds, and nothing sticks."""

import time
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail_personalisation.models import Segment

from ethical_personalization.models import freshness
from ethical_personalization.shopper import absences
from tests.benchmarks.clock import CLOCK
from tests.preferences.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = datetime(2026, 6, 1, 12, tzinfo=UTC)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def set_clock(monkeypatch):
    """Set the wall clock; the machine's monotonic one goes on."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)
        monkeypatch.setattr(time, "time", moment.timestamp)

    return set_to


@pytest.fixture
def ruffled(home, romantic, variant):
    return variant(home, romantic, "Ruffles for you")


@pytest.fixture
def visitor():
    return Visitor()


def test_yes_from_the_future_holds_and_is_taken_back_for_good(ruffled, visitor, allow, set_clock):
    set_clock(TOMORROW)
    allow(visitor.client, "stated", styles=["romantic"])
    set_clock(TODAY)
    assert "Ruffles for you" in visitor.opens("/").text
    visitor.opens().presses("Refuse all")
    assert "For everybody" in visitor.opens("/").text
    set_clock(TOMORROW + timedelta(days=1))
    assert "For everybody" in visitor.opens("/").text
    call_command("verify_consent", stdout=StringIO())


def test_refusal_from_the_future_holds_on_its_device(ruffled, visitor, allow, user, set_clock):
    set_clock(TODAY)
    allow(visitor.client, "stated", user=user, styles=["romantic"])
    assert "Ruffles for you" in visitor.opens("/").text
    visitor.client.logout()
    set_clock(TOMORROW)
    visitor.opens("/").presses("Refuse all")
    set_clock(TODAY)
    visitor.client.force_login(user)
    assert "For everybody" in visitor.opens("/").text


def test_absence_from_the_future_ends_with_the_first_yes(ruffled, visitor, user, set_clock):
    visitor.client.force_login(user)
    set_clock(TOMORROW)
    assert "Accept all" in visitor.opens("/").text
    set_clock(TODAY)
    assert user.pk in absences._looked_for
    visitor.opens("/").presses("Accept all")
    assert "Accept all" not in visitor.opens("/").text


def test_plan_from_the_future_ends_with_the_next_change(ruffled, visitor, allow, set_clock):
    set_clock(TOMORROW)
    allow(visitor.client, "stated", styles=["romantic"])
    assert "Ruffles for you" in visitor.opens("/").text
    set_clock(TODAY)
    Segment.objects.update(status=Segment.STATUS_DISABLED)
    CLOCK.let_pass(freshness.MAX_AGE_SECONDS + 0.05)
    assert "For everybody" in visitor.opens("/").text
