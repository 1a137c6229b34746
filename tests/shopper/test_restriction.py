"""A pause holds against everything at once, and takes nothing back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ethical_personalization.core.exceptions import LedgerRefusal
from ethical_personalization.models import ConsentMethod, RestrictionEvent
from ethical_personalization.shopper.answers import answer
from ethical_personalization.shopper.collection import hide_history, history_cookie
from ethical_personalization.shopper.cookie import DeviceChoices
from ethical_personalization.shopper.keeping import while_permitted
from ethical_personalization.shopper.restriction import restrict
from ethical_personalization.shopper.shopper import Shopper, shopper_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def carried(subject, answered, request_with, rf):
    """Requests of an anonymous subject who allowed what she looks at."""
    answered(now=timezone.now(), browsing=True)  # as old as the requests, which have no set time

    def make(user=None):
        request = request_with(user=user)
        request.shopper = Shopper(request)
        request.shopper.device = DeviceChoices(subject_id=subject.pk)
        return request

    return make


def test_pause_takes_effect_in_the_next_request_and_ends_in_the_next(carried):
    assert restrict(carried().shopper, restricted=True)
    assert carried().shopper.permitted == frozenset()
    restrict(carried().shopper, restricted=False)
    assert carried().shopper.permitted == {"browsing"}


def test_pause_twice_is_recorded_once(carried):
    for _ in range(2):
        restrict(carried().shopper, restricted=True)
    assert RestrictionEvent.objects.count() == 1


def test_who_is_not_known_has_nothing_to_pause(site, request_with):
    assert not restrict(Shopper(request_with()), restricted=True)
    assert not RestrictionEvent.objects.exists()


def test_nothing_is_kept_by_a_page_that_was_answered_meanwhile(carried, subject):
    shopper, kept = carried().shopper, []
    assert shopper.permitted == {"browsing"}
    restrict(carried().shopper, restricted=True)
    assert not while_permitted(shopper, "browsing", lambda: kept.append(1))
    assert kept == []


def test_cookie_of_oscar_is_not_read_while_paused_and_not_taken_away_either(carried):
    restrict(carried().shopper, restricted=True)
    request = carried()
    request.COOKIES[history_cookie()] = "1"
    assert hide_history(request) is False
    assert history_cookie() not in request.COOKIES


def test_pause_of_a_device_narrows_whoever_logs_in_there(carried, user, answered):
    restrict(carried().shopper, restricted=True)
    shopper = shopper_for(carried(user=user))
    assert shopper.user == user
    assert shopper.consent.narrowing.is_restricted


def test_pause_stays_on_the_device_when_the_account_takes_over_what_it_allowed(
    carried, subject, user
):
    restrict(carried().shopper, restricted=True)
    outcome = answer(
        carried(user=user).shopper,
        {"browsing": True},
        method=ConsentMethod.API,
        words={"text": "A test."},
        takes_over=True,
    )
    assert outcome.subject.user == user
    assert outcome.pseudonym == subject


def test_events_of_pauses_are_never_changed(carried):
    restrict(carried().shopper, restricted=True)
    event = RestrictionEvent.objects.get()
    for change in (event.save, event.delete, RestrictionEvent.objects.all().delete):
        with pytest.raises(LedgerRefusal):
            change()
    with pytest.raises(LedgerRefusal):
        RestrictionEvent.objects.update(is_restricted=False)


def test_permission_of_a_paused_page_costs_no_query_more(carried):
    _ = carried().shopper.permitted  # looks for what no later request has to look for
    counted = []
    for restricted in (False, True):
        restrict(carried().shopper, restricted=restricted)
        shopper = carried().shopper
        with CaptureQueriesContext(connection) as queries:
            _ = shopper.permitted
        counted.append(len(queries))
    assert counted[0] == counted[1]
