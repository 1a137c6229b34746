"""Periods are enforced beside shoppers who write: nothing new is lost, nobody waits for ever."""

from datetime import timedelta
from io import StringIO
from threading import Event
from time import sleep

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from ethical_personalization.models import ConsentEvent, ConsentMethod, ConsentState, Subject
from ethical_personalization.shopper.answers import answer
from ethical_personalization.shopper.profile import save_stated
from ethical_personalization.shopper.retention import STEPS
from ethical_personalization.shopper.shopper import Shopper
from tests.preferences.visitor import Visitor
from tests.test_postgresql import WRITERS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
#: Long enough for another thread to reach the lock; what it does then does not depend on it.
HELD_SECONDS = 0.3


@pytest.fixture
def long_ago():
    """Whatever was said then need not be kept any more."""
    return timezone.now() - 3000 * DAY


def purge(*steps, batch=3):
    for step in steps or STEPS:
        list(STEPS[step](timezone.now(), batch))


def verify():
    call_command("verify_consent", stdout=StringIO())


def status_of(subject):
    states = ConsentState.objects.filter(subject=subject).select_related("event")
    return {state.event.status for state in states}


@pytest.fixture
def comers(answered, allow, request_with, long_ago, django_user_model):
    """Makers of the requests of accounts and devices whose proof is over."""

    def comer(number):
        client = Client()
        user = django_user_model.objects.create_user(f"u{number}") if number % 3 == 0 else None
        subject = allow(client, user=user)
        answered(long_ago, on=subject, stated=True, orders=True)
        save_stated(subject.pk, {"styles": ["romantic"]}, now=long_ago)
        cookie = client.cookies["ep_choices"].value if user is None else None
        return lambda: request_with(cookie, user)

    return [comer(number) for number in range(6 * (WRITERS - 1))]


def says(request_of, *answers):
    """The subject that keeps what she said, one answer after the other."""
    for allowed in answers:
        said = {"stated": allowed, "browsing": True}
        words = {"text": "A test."}
        shopper = Shopper(request_of())
        outcome = answer(shopper, said, method=ConsentMethod.API, words=words)
    save_stated(outcome.subject.pk, {"styles": ["new"]}, now=timezone.now())
    return outcome.subject.pk


def test_choices_beside_a_purge_are_all_kept_and_every_chain_stays_whole(comers):
    writing, kept = set(range(1, WRITERS)), []

    def write_or_purge(number):
        try:
            for request_of in comers[number - 1 :: WRITERS - 1] if number else ():
                kept.append(says(request_of, True, False, True))
        finally:
            writing.discard(number)
        while number == 0 and writing:
            purge()

    at_once(write_or_purge)
    assert len(kept) == len(comers)
    for subject in Subject.objects.filter(pk__in=kept):
        assert status_of(subject) == {"given"}
    assert Subject.objects.filter(pk__in=kept).count() == len(comers)
    verify()


@pytest.mark.parametrize(("press", "kept"), [("Allow all", 4), ("Refuse all", 0)])
def test_choice_that_waited_for_a_purge_of_her_own_proof_is_kept(
    answered, allow, long_ago, press, kept
):
    client = Client(enforce_csrf_checks=True)
    subject = allow(client)
    answered(long_ago, on=subject, stated=True)
    visitor, is_held = Visitor(client).opens(), Event()

    def purge_or_answer(number):
        if number == 0:
            with transaction.atomic():
                purge("proofs")
                is_held.set()
                sleep(HELD_SECONDS)
        elif number == 1:
            is_held.wait(10)
            visitor.presses(press)

    at_once(purge_or_answer)
    assert visitor.response.status_code == 302
    assert not Subject.objects.filter(pk=subject.pk).exists()
    assert ConsentEvent.objects.filter(status="given").count() == kept
    assert "This could not be saved" not in visitor.follows().text
    verify()


def test_account_that_answers_while_its_empty_subject_would_go_keeps_both(answered, user, long_ago):
    subject, is_written = Subject.objects.create(user=user, created_at=long_ago), Event()

    def answer_or_purge(number):
        if number == 0:
            with transaction.atomic():
                answered(timezone.now(), on=subject, stated=True)
                is_written.set()
                sleep(HELD_SECONDS)
        elif number == 1:
            is_written.wait(10)
            purge("subjects")

    at_once(answer_or_purge)
    assert status_of(subject) == {"given"}
    purge("subjects")
    assert status_of(subject) == {"given"}


def test_note_of_an_age_that_is_renewed_meanwhile_stays(subject):
    now, is_renewed = timezone.now(), Event()
    Subject.objects.filter(pk=subject.pk).update(under_age_until=now - DAY)

    def renew_or_purge(number):
        if number == 0:
            with transaction.atomic():
                Subject.objects.filter(pk=subject.pk).update(under_age_until=now + DAY)
                is_renewed.set()
                sleep(HELD_SECONDS)
        elif number == 1:
            is_renewed.wait(10)
            purge("ages")

    at_once(renew_or_purge)
    assert Subject.objects.get(pk=subject.pk).under_age_until == now + DAY


def test_two_purges_at_once_end_everything_once(answered, subject, long_ago):
    for _number in range(12):
        gone = Subject.objects.create()
        answered(long_ago, on=gone, stated=True)
        save_stated(gone.pk, {"styles": ["romantic"]}, now=long_ago)
    at_once(lambda number: purge())
    purge()
    assert list(Subject.objects.all()) == [subject]  # from now, and empty
    assert not ConsentEvent.objects.exists()
    verify()
