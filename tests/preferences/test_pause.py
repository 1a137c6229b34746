"""Pauses for a visit, for some days and until she says so: at once, and over when they are over."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.core.periods import PAUSE
from ethical_personalization.models import RestrictionEvent, Subject
from ethical_personalization.shopper.jobs import permitted_now
from ethical_personalization.testing import consent_given, published_segment

from .visitor import SAME_ORIGIN, Visitor

pytestmark = pytest.mark.django_db
COOKIE = "ep_choices-pause"


@pytest.fixture
def subject(visitor):
    return consent_given(visitor.client, "stated", "orders")


def in_jobs(subject):
    return permitted_now(subject.pk, Site.objects.get(is_default_site=True))


def is_off(visitor):
    """What the next page says of her choices."""
    status = visitor.opens().page.select("#choices .ep-status--on")
    return not status and "because you paused everything" in visitor.text


def test_pause_for_some_days_holds_everywhere_and_ends_by_itself(visitor, subject):
    visitor.opens().presses("For 30 days").follows()
    assert "Everything is paused from" in visitor.page.find(id="paused").get_text()
    assert "Everything: paused until" in visitor.text
    assert is_off(visitor)
    assert in_jobs(subject) == frozenset()
    paused = Subject.objects.get(pk=subject.pk)
    assert paused.restricted_until - paused.restricted_at == PAUSE
    Subject.objects.update(restricted_until=timezone.now())
    assert in_jobs(subject) == {"stated", "orders"}
    assert len(visitor.opens().page.select("#choices .ep-status--on")) == 2
    assert "Your pause ended on" in visitor.page.find(id="paused").get_text()
    assert visitor.page.find("button", string="For this visit")
    Subject.objects.update(restricted_until=timezone.now() - PAUSE)
    assert visitor.opens().page.find(id="paused") is None


def test_pause_for_this_visit_is_a_word_in_one_browser_and_nothing_else(visitor, subject, user):
    visitor.opens().presses("For this visit")
    cookie = visitor.response.cookies[COOKIE]
    assert (cookie.value, cookie["max-age"], cookie["expires"]) == ("1", "", "")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not RestrictionEvent.objects.exists()
    assert Subject.objects.get(pk=subject.pk).restricted_at is None
    assert is_off(visitor)
    assert "in this browser until you close it" in visitor.page.find(id="paused").get_text()
    assert in_jobs(subject) == {"stated", "orders"}  # as the page says: it is this browser's
    visitor.presses("Let my choices hold again")
    assert not is_off(visitor)
    assert not visitor.client.cookies[COOKIE].value


def test_pause_for_this_visit_leaves_the_other_devices_of_an_account(user):
    first, second = Visitor(), Visitor()
    for visitor in (first, second):
        visitor.client.force_login(user)
    consent_given(first.client, "stated")
    first.opens().presses("For this visit")
    assert is_off(first)
    assert not is_off(second)


@pytest.mark.parametrize("button", ["For this visit", "For 30 days", "Until I say so"])
def test_pause_beside_a_reason_holds_from_the_next_response_on(visitor, question, home, button):
    wool = ("stated.fabric", "any_of", ["wool"])
    published_segment("Wool", [wool], placements=["home-welcome"])
    consent_given(visitor.client, answers={"fabric": ["wool"]})
    visitor.opens("/").presses(button).follows()
    assert visitor.response.request["PATH_INFO"] == "/"
    assert "Paused." in visitor.text
    assert not visitor.page.select("ep-why")
    visitor.opens().presses("Let my choices hold again")
    assert visitor.opens("/").page.select("ep-why")


@pytest.mark.parametrize("pause", ["days", "visit"])
def test_old_page_never_shortens_a_pause(visitor, subject, pause):
    visitor.opens().presses("Until I say so")
    response = visitor.client.post("/preferences/pause/", {"pause": pause}, headers=SAME_ORIGIN)
    assert response.status_code == 302
    assert Subject.objects.get(pk=subject.pk).restricted_until is None
    assert RestrictionEvent.objects.count() == 1
    assert in_jobs(subject) == frozenset()


def test_longer_pause_takes_the_place_of_one_that_would_end(visitor, subject):
    visitor.opens().presses("For 30 days")
    since = Subject.objects.get(pk=subject.pk).restricted_at
    Subject.objects.update(restricted_until=timezone.now() + timedelta(days=1))
    for pause in ("days", "on"):
        visitor.client.post("/preferences/pause/", {"pause": pause}, headers=SAME_ORIGIN)
    paused = Subject.objects.get(pk=subject.pk)
    assert (paused.restricted_at, paused.restricted_until) == (since, None)


@pytest.mark.parametrize("pause", ["visit", "days", "on", "off"])
def test_who_is_not_known_has_nothing_to_pause_for_any_time(client, pause):
    response = client.post("/preferences/pause/", {"pause": pause}, headers=SAME_ORIGIN)
    assert response.status_code == 400
    assert not response.cookies
