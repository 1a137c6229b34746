"""An answer that is sent twice is recorded once, and a no is always taken."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ethical_personalization.core.exceptions import AnsweredBefore
from ethical_personalization.models import ConsentEvent, ConsentMethod, Subject
from ethical_personalization.shopper.answers import answer
from ethical_personalization.shopper.erasure import erase_subject
from ethical_personalization.shopper.ledger import record_answers
from ethical_personalization.shopper.request_keys import digest_of, new_key
from ethical_personalization.shopper.shopper import Shopper

from .conftest import NOW

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(subject, occasion):
    """The subject's answers under a key."""

    def send(key, now=NOW, **answers):
        keyed = replace(occasion(now), request_key=digest_of(key, answers))
        return record_answers(subject, answers, keyed)

    return send


@pytest.fixture
def visitor_says(request_with):
    """A visitor without a cookie, at ``NOW`` or later."""

    def say(key, *, later=timedelta(), **answers):
        shopper = Shopper(request_with())
        shopper.now = NOW + later
        said = {"method": ConsentMethod.BANNER, "words": {"heading": "May we?"}}
        return answer(shopper, answers, request_key=key, **said).subject

    return say


def test_repeated_yes_writes_nothing(sent):
    sent("k", stated=True, orders=True)
    assert sent("k", NOW + HOUR, stated=True, orders=True) == []
    assert ConsentEvent.objects.count() == 2


def test_repeated_yes_does_not_bring_back_what_was_taken_back(sent):
    sent("k", stated=True)
    sent("l", NOW + HOUR, stated=False)
    with pytest.raises(AnsweredBefore):
        sent("k", NOW + 2 * HOUR, stated=True)
    assert ConsentEvent.objects.last().status == "withdrawn"


def test_repeated_no_is_taken_after_a_yes(sent):
    """A page out of the browser's history may send it: a no never waits."""
    sent("k", stated=False)
    sent("l", NOW + HOUR, stated=True)
    (event,) = sent("k", NOW + 2 * HOUR, stated=False)
    assert (event.status, event.request_key) == ("withdrawn", "")


def test_other_answers_under_the_same_key_are_another_request(sent):
    sent("k", stated=True)
    assert [event.status for event in sent("k", NOW + HOUR, stated=False)] == ["withdrawn"]


def test_request_without_a_key_is_taken_by_its_answers(sent):
    sent("", stated=True)
    assert sent("", stated=True) == []
    sent("", NOW + HOUR, stated=False)
    assert len(sent("", NOW + 2 * HOUR, stated=True)) == 1


def test_key_is_not_stored(sent):
    (event,) = sent("secret", stated=True)
    assert len(event.request_key) == 64
    assert "secret" not in event.request_key


def test_first_yes_whose_response_was_lost_finds_its_subject_again(site, visitor_says):
    first = visitor_says("k", stated=True)
    assert visitor_says("k", later=timedelta(minutes=9), stated=True) == first
    assert (Subject.objects.count(), ConsentEvent.objects.count()) == (1, 1)


def test_first_yes_that_comes_again_much_later_is_asked_anew(site, visitor_says):
    visitor_says("k", stated=True)
    with pytest.raises(AnsweredBefore):
        visitor_says("k", later=timedelta(minutes=11), stated=True)
    assert Subject.objects.count() == 1


def test_key_never_leads_to_an_account(site, visitor_says, user):
    first = visitor_says("k", stated=True)
    Subject.objects.update(user=user)
    with pytest.raises(AnsweredBefore):
        visitor_says("k", stated=True)
    assert Subject.objects.get() == first


def test_visitor_who_only_refuses_gets_no_subject_by_a_key(site, visitor_says):
    assert visitor_says("k", stated=False) is None


def test_keys_are_all_different():
    assert len({new_key() for _number in range(100)}) == 100


def test_first_yes_that_comes_again_after_its_pseudonym_is_gone_is_asked(visitor_says):
    subject = visitor_says("k", stated=True)
    erase_subject(subject.pk, now=NOW)
    with pytest.raises(AnsweredBefore):
        visitor_says("k", later=timedelta(minutes=1), stated=True)
