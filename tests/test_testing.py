"""The helpers that we ship for the tests of other shops."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.urls import reverse

from ethical_personalization.conf import conf
from ethical_personalization.core.exceptions import UnknownName
from ethical_personalization.core.placements import Placement
from ethical_personalization.core.purposes import PurposeDeclaration
from ethical_personalization.core.registry import placements
from ethical_personalization.models import ConsentEvent, FactRule, SegmentPolicy, Subject
from ethical_personalization.personalization.plan import load_plan
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.testing import (
    consent_given,
    consent_refused,
    nothing_kept,
    published_segment,
    registered,
)

pytestmark = pytest.mark.django_db
CORNER = Placement(key="corner", title="Corner")
WEATHER = PurposeDeclaration(
    key="weather",
    title="The weather where you are",
    benefit="Coats when it rains.",
    data="Your town.",
    data_categories=("City",),
    sources=("request",),
    retention=timedelta(days=30),
)


@pytest.fixture
def request_of(rf):
    def make(client):
        request = rf.get("/")
        request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
        request.session, request.user = SessionStore(), AnonymousUser()
        return request

    return make


def test_consent_is_given_by_the_ledger_and_carried_by_the_cookie(client, request_of):
    subject = consent_given(client, "orders")
    assert [event.status for event in subject.events.all()] == ["given"]
    assert shopper_for(request_of(client)).permitted == {"orders"}


def test_second_consent_belongs_to_the_same_subject(client, request_of):
    first = consent_given(client, "orders")
    assert consent_given(client, "context") == first
    assert shopper_for(request_of(client)).permitted == {"orders", "context"}


def test_answers_are_told_and_allowed(client, request_of):
    consent_given(client, answers={"styles": ["Romantic"]})
    shopper = shopper_for(request_of(client))
    assert shopper.facts.read("stated.styles").value == {"Romantic"}


def test_consent_of_a_logged_in_client_is_the_accounts(client, django_user_model):
    user = django_user_model.objects.create_user("demo", "demo@example.com")
    client.force_login(user)
    assert consent_given(client, "orders").user == user
    assert conf.cookie_name not in client.cookies or not client.cookies[conf.cookie_name].value


def test_consent_is_given_on_a_bare_request(client, request_of):
    request = request_of(client)
    assert shopper_for(request).permitted == frozenset()
    consent_given(request, "orders")
    assert shopper_for(request).permitted == {"orders"}


def test_unknown_purpose_or_question_is_refused(client):
    with pytest.raises(UnknownName, match="curiosity"):
        consent_given(client, "curiosity")
    with pytest.raises(UnknownName, match="stated.shoes"):
        consent_given(client, answers={"shoes": ["41"]})
    assert not Subject.objects.exists()


def test_allowing_nothing_is_a_mistake(client):
    with pytest.raises(ValueError, match="at least one"):
        consent_given(client)


def test_consent_is_taken_back(client, request_of):
    consent_given(client, "orders")
    consent_refused(client, "orders")
    assert shopper_for(request_of(client)).permitted == frozenset()
    assert ConsentEvent.objects.filter(status="withdrawn").exists()


def test_refusal_of_a_stranger_leaves_no_row(client, request_of):
    consent_refused(client, "orders")
    assert not Subject.objects.exists()
    assert list(shopper_for(request_of(client)).device.refused) == ["orders"]


def test_segment_is_published_as_an_editor_does_it():
    rule = FactRule(fact="orders.count", operator="at_least", value="2", negated=True)
    segment = published_segment(
        "Newcomers", [rule], benefit="A welcome.", priority=7, placements=["home-welcome"]
    )
    audience = load_plan().audiences[segment.pk]
    assert (audience.name, audience.benefit, audience.priority) == ("Newcomers", "A welcome.", 7)
    assert SegmentPolicy.objects.get(segment=segment).has_unpublished_changes is False


def test_condition_that_fits_no_fact_is_refused():
    with pytest.raises(ValidationError, match="orders.shoes"):
        published_segment("Odd", [("orders.shoes", "at_least", "2")])


def test_registration_ends_with_its_block():
    with registered(CORNER):
        assert placements.get("corner") == CORNER
    assert placements.find("corner") is None


@registered(CORNER)
def test_registration_decorates_a_test():
    assert placements.get("corner") == CORNER


def test_registered_purpose_can_be_allowed(client, request_of):
    with registered(WEATHER):
        consent_given(client, "weather")
        assert "weather" in shopper_for(request_of(client)).permitted


def test_nothing_is_kept_of_a_visit(client):
    with nothing_kept(client):
        assert client.get(reverse("catalogue:index")).status_code == 200


def test_what_is_kept_is_named(client):
    with pytest.raises(AssertionError, match=r"Subject.*cookie ep_choices"), nothing_kept(client):
        consent_given(client, "orders")
