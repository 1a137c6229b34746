"""Who says that she is under age: what is taken back, who keeps the note, what a birthday opens."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from wagtail.models import Site

from ethical_personalization.models import (
    ConsentEvent,
    ConsentMethod,
    ConsentState,
    Purpose,
    Subject,
)
from ethical_personalization.models.purposes import offered_purposes
from ethical_personalization.shopper.age import (
    OPEN_END,
    declare_of_age,
    declare_under_age,
    until_end_of,
)
from ethical_personalization.shopper.answers import Said, answer, occasion_of
from ethical_personalization.shopper.ledger import record_answers
from ethical_personalization.shopper.retention import STEPS
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.transparency.open_questions import questions_for

pytestmark = pytest.mark.django_db
WORDS = {"text": "A test."}
SAID = Said(method=ConsentMethod.API, words=WORDS)


@pytest.fixture
def device(request_with):
    """A browser: each use of ``shopper()`` is a new request with the cookie of then."""

    class Device:
        def __init__(self, cookie=None, user=None):
            self.cookie, self.user = cookie, user

        def shopper(self):
            return Shopper(request_with(self.cookie, self.user))

        def hears(self, outcome):
            response = HttpResponse()
            outcome.tell(response)
            self.cookie = response.cookies["ep_choices"].value or None
            return outcome

        def answers(self, **answers):
            made = answer(self.shopper(), answers, method=ConsentMethod.API, words=WORDS)
            return self.hears(made)

        def is_under_age(self, until=OPEN_END):
            shopper = self.shopper()
            occasion = occasion_of(shopper, SAID)
            return self.hears(declare_under_age(shopper, until, occasion))

        def is_of_age(self):
            return self.hears(declare_of_age(self.shopper()))

    return Device


def test_stranger_keeps_the_note_on_her_device_without_an_id(site, device):
    visitor = device()
    visitor.is_under_age()
    assert visitor.cookie.startswith("u.")
    assert not Subject.objects.exists()
    assert visitor.shopper().device.under_age_until == OPEN_END


def test_note_of_a_device_stays_beside_its_refusals(site, device):
    visitor = device()
    visitor.answers(orders=False)
    visitor.is_under_age()
    assert set(visitor.shopper().device.refused) == {"orders"}
    visitor.answers(stated=False)
    assert visitor.shopper().device.under_age_until == OPEN_END
    visitor.is_of_age()
    assert set(visitor.shopper().device.refused) == {"orders", "stated"}


def test_yes_of_who_is_under_age_is_not_taken(site, device):
    visitor = device()
    visitor.is_under_age()
    visitor.answers(orders=True)
    assert not Subject.objects.exists()
    assert not ConsentEvent.objects.exists()


def test_pseudonym_takes_the_note_and_the_yes_is_withdrawn_on_every_site(site, device):
    visitor = device()
    subject = visitor.answers(orders=True, context=False).subject
    other = Site.objects.create(hostname="other", root_page=site.root_page)
    occasion = occasion_of(visitor.shopper(), SAID)
    record_answers(subject, {"orders": True}, occasion.on(other))
    visitor.is_under_age()
    subject.refresh_from_db()
    assert subject.under_age_until == OPEN_END
    states = ConsentState.objects.filter(subject=subject).select_related("event")
    assert {state.event.status for state in states} == {"withdrawn", "refused"}


def test_ledger_takes_no_yes_of_who_is_under_age_whatever_asks_it(site, device):
    visitor = device()
    subject = visitor.answers(context=True).subject
    visitor.is_under_age()
    occasion = occasion_of(visitor.shopper(), SAID)
    assert record_answers(Subject.objects.get(pk=subject.pk), {"orders": True}, occasion) == []


def test_account_takes_the_note_wherever_it_is_used(site, device, user):
    at_home = device(user=user)
    at_home.answers(orders=True)
    at_home.is_under_age()
    assert at_home.cookie is None
    elsewhere = device(user=user).shopper()
    assert elsewhere.consent.is_withheld("orders", now=elsewhere.now)


def test_note_of_a_device_narrows_whoever_logs_in_there(site, device, user):
    device(user=user).answers(orders=True)
    shared = device()
    shared.is_under_age()
    shared.user = user
    assert shared.shopper().permitted == frozenset()
    assert device(user=user).shopper().permitted == {"orders"}


def test_note_ends_by_itself_and_opens_nothing(site, device):
    visitor = device()
    visitor.answers(orders=True)
    shopper = visitor.shopper()
    visitor.is_under_age(until=shopper.now + timedelta(days=1))
    after = visitor.shopper()
    after.now += timedelta(days=2)
    assert not after.consent.is_withheld("orders", now=after.now)
    assert after.permitted == frozenset()


def test_who_told_the_age_is_not_asked_by_the_banner(site, device):
    visitor = device()
    visitor.is_under_age()
    assert questions_for(visitor.shopper(), offered_purposes.get()) == {}


@pytest.mark.parametrize(("year", "day"), [(2028, "2029-01-01"), (None, "4000-01-01")])
def test_note_holds_to_the_end_of_the_year_or_without_end(year, day):
    assert f"{until_end_of(year):%Y-%m-%d}" == day


def test_note_is_taken_away_once_it_is_over(site, device):
    visitor = device()
    subject = visitor.answers(orders=True).subject
    now = visitor.shopper().now
    visitor.is_under_age(until=now + timedelta(days=1))
    assert sum(STEPS["ages"](now, 10)) == 0
    assert sum(STEPS["ages"](now + timedelta(days=2), 10)) == 1
    assert Subject.objects.get(pk=subject.pk).under_age_until is None


def test_yes_to_what_was_not_offered_meanwhile_does_not_come_back(site, device):
    visitor = device()
    visitor.answers(orders=True)
    Purpose.objects.filter(key="orders").update(is_offered=False)
    visitor.is_under_age()
    Purpose.objects.filter(key="orders").update(is_offered=True)
    visitor.is_of_age()
    assert visitor.shopper().permitted == frozenset()


def test_yes_to_what_is_not_offered_is_not_taken_though_it_was_answered_before(site, device):
    visitor = device()
    visitor.answers(orders=True)
    occasion = occasion_of(visitor.shopper(), SAID)
    subject = visitor.shopper().subject
    record_answers(subject, {"orders": False}, occasion)
    Purpose.objects.filter(key="orders").update(is_offered=False)
    assert record_answers(subject, {"orders": True}, occasion) == []
