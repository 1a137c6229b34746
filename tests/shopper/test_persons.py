"""A request sees its own account's data and its own device's, and nobody else's."""

import pytest
from django.http import HttpResponse
from django.utils import timezone

from ethical_personalization.models import Erasure, Subject
from ethical_personalization.shopper.cookie import write_subject
from ethical_personalization.shopper.erasure import confirm_erasure, finish_erasure
from ethical_personalization.shopper.persons import persons_of
from ethical_personalization.shopper.shopper import Shopper

pytestmark = pytest.mark.django_db


def cookie_of(subject):
    response = HttpResponse()
    write_subject(response, subject.pk)
    return response.cookies["ep_choices"].value


@pytest.fixture
def persons(request_with):
    def find(subject=None, user=None):
        cookie = cookie_of(subject) if subject is not None else None
        return persons_of(Shopper(request_with(cookie, user)))

    return find


def test_visitor_is_nobody(persons):
    assert persons() == []


def test_device_is_its_own_subject(persons, subject):
    assert [person.subject_id for person in persons(subject)] == [subject.pk]


def test_device_does_not_lead_to_an_account(persons, subject, user):
    Subject.objects.update(user=user)
    assert persons(subject) == []
    confirm_erasure([Subject.objects.get()], user, now=timezone.now())
    assert persons(subject) == []


def test_account_without_a_subject_is_found_all_the_same(persons, user):
    (person,) = persons(user=user)
    assert (person.user_id, person.subject_id) == (user.pk, None)


def test_account_sees_what_can_still_be_undone(persons, subject, user):
    Subject.objects.update(user=user)
    confirm_erasure([Subject.objects.get()], user, now=timezone.now())
    assert [person.subject_id for person in persons(user=user)] == [subject.pk]


def test_replayed_cookie_of_an_erased_subject_leads_to_nothing(persons, subject):
    confirm_erasure([subject], now=timezone.now())
    assert len(persons(subject)) == 1
    finish_erasure(Erasure.objects.get().pk, now=timezone.now())
    assert persons(subject) == []
