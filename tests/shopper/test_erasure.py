"""Erasing stops all use at once, can be undone for a while, and then leaves nothing behind."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError
from django.utils import timezone

from ethical_personalization.models import (
    ConsentEvent,
    DataRequest,
    Erasure,
    SealedRecord,
    Subject,
    SubjectKey,
    Tombstone,
)
from ethical_personalization.shopper.aead import Unsealable
from ethical_personalization.shopper.erasure import (
    confirm_erasure,
    confirm_guest_erasure,
    erase_account_rows,
    erase_guest_rows,
    erase_subject,
    finish_erasure,
    undo_erasure,
)
from ethical_personalization.shopper.holdings import HOLDINGS, Goes, Person
from ethical_personalization.shopper.profile import save_stated, stated_answers
from ethical_personalization.shopper.subjects import known_by_account, known_by_pseudonym
from ethical_personalization.signals import erasing, erasure_confirmed
from tests.filling import a_row_at

pytestmark = pytest.mark.django_db
OF_ACCOUNT = [holding for holding in HOLDINGS if holding.of_account]
OF_GUEST = [holding for holding in HOLDINGS if holding.of_guest]
ANSWERS = {"styles": ["romantic"]}
LATER = timedelta(days=8)


def named(holding):
    return holding.model


@pytest.fixture
def known(subject, answered):
    """A subject who allowed her answers to be used and gave one."""
    answered(now=timezone.now(), stated=True)
    save_stated(subject.pk, ANSWERS, now=timezone.now())
    return subject


@pytest.fixture
def owned(known, user):
    """The same, of an account."""
    Subject.objects.filter(pk=known.pk).update(user=user)
    known.refresh_from_db()
    return known


@pytest.fixture
def heard():
    """What other apps are told by our signals."""
    said = []

    def listen(signal, **about):
        said.append((signal, about["subject_id"], about["user_id"], about["guest_email"]))

    erasure_confirmed.connect(listen)
    erasing.connect(listen)
    yield said
    erasure_confirmed.disconnect(listen)
    erasing.disconnect(listen)


def test_nothing_is_known_of_a_subject_from_the_confirmation_on(known):
    confirm_erasure([known], now=timezone.now())
    assert known_by_pseudonym(known.pk).subject is None


def test_account_begins_anew_from_the_confirmation_on(owned, user):
    confirm_erasure([owned], user, now=timezone.now())
    assert known_by_account(user).subject is None
    assert Subject.objects.create(user=user) != owned


def test_nothing_more_is_kept_about_a_closed_subject(known):
    confirm_erasure([known], now=timezone.now())
    save_stated(known.pk, {"styles": ["classic"]}, now=timezone.now())
    assert stated_answers(known.pk) == {"styles": ("romantic",)}


def test_undoing_gives_everything_back_as_it_was(owned, user):
    confirm_erasure([owned], user, now=timezone.now())
    assert undo_erasure(Erasure.objects.get(), now=timezone.now())
    found = known_by_account(user)
    assert found.subject == owned
    assert found.choices
    assert stated_answers(owned.pk) == {"styles": ("romantic",)}
    assert not Erasure.objects.exists()


def test_erasure_can_not_be_undone_when_its_time_is_over(known):
    confirm_erasure([known], now=timezone.now())
    assert not undo_erasure(Erasure.objects.get(), now=timezone.now() + LATER)


def test_erasure_can_not_be_undone_once_the_account_has_begun_anew(owned, user):
    confirm_erasure([owned], user, now=timezone.now())
    Subject.objects.create(user=user)
    assert not undo_erasure(Erasure.objects.get(), now=timezone.now())


def test_second_click_plans_no_second_erasure(owned, user):
    confirm_erasure([owned], user, now=timezone.now())
    confirm_erasure([owned], user, now=timezone.now())
    assert (Erasure.objects.count(), DataRequest.objects.count()) == (1, 1)


def test_erased_subject_keeps_the_proof_and_nothing_else(owned, user):
    confirm_erasure([owned], user, now=timezone.now())
    assert finish_erasure(Erasure.objects.get().pk, now=timezone.now())
    for model in (SubjectKey, SealedRecord, Erasure):
        assert not model.objects.exists(), model
    owned.refresh_from_db()
    assert (owned.user, owned.closed_at is None) == (None, False)
    assert ConsentEvent.objects.filter(subject=owned).exists()


def test_finished_erasure_answers_its_request(known):
    confirm_erasure([known], now=timezone.now())
    assert DataRequest.objects.get().done_on is None
    finish_erasure(Erasure.objects.get().pk, now=timezone.now())
    assert DataRequest.objects.get().done_on == timezone.localdate()


def test_erasure_is_finished_once(known):
    confirm_erasure([known], now=timezone.now())
    pk = Erasure.objects.get().pk
    assert finish_erasure(pk, now=timezone.now())
    assert not finish_erasure(pk, now=timezone.now())


@pytest.mark.parametrize("holding", OF_ACCOUNT, ids=named)
def test_rows_of_an_account_go_when_the_inventory_says_so(holding, user):
    a_row_at(holding.model_class, holding.of_account, user.pk)
    person = Person(user_id=user.pk)
    assert holding.rows(person).exists()
    erase_account_rows(user.pk, now=timezone.now())
    assert holding.rows(person).exists() is (holding.goes is not Goes.WITH_ERASURE)


@pytest.mark.parametrize("holding", OF_ACCOUNT, ids=named)
def test_deleting_the_account_leaves_only_what_stays(holding, user):
    row = a_row_at(holding.model_class, holding.of_account, user.pk)
    user.delete()
    left = holding.model_class._default_manager.filter(pk=row.pk)
    assert left.exists() is (holding.goes is Goes.STAYS)


@pytest.mark.parametrize("holding", OF_GUEST, ids=named)
def test_rows_of_a_guest_go_unless_they_belong_to_orders(holding):
    a_row_at(holding.model_class, holding.of_guest, "guest@example.com")
    person = Person(guest_email="Guest@example.com")
    assert holding.rows(person).exists()
    erase_guest_rows(person.guest_email, now=timezone.now())
    assert holding.rows(person).exists() is (holding.goes is Goes.STAYS)


def test_link_to_an_address_does_not_reach_what_an_account_has(user):
    email = next(holding for holding in OF_GUEST if holding.model == "communication.Email")
    row = a_row_at(email.model_class, email.of_account, user.pk)
    email.model_class.objects.update(email=user.email)
    assert not email.rows(Person(guest_email=user.email)).exists()
    erase_guest_rows(user.email, now=timezone.now())
    row.refresh_from_db()


def test_deleting_the_account_erases_at_once_and_without_undo(owned, user):
    user.delete()
    assert not SealedRecord.objects.exists()
    assert not SubjectKey.objects.exists()
    owned.refresh_from_db()
    assert owned.closed_at is not None
    assert ConsentEvent.objects.filter(subject=owned).exists()


def test_deleting_the_account_finishes_an_erasure_that_could_be_undone(owned, user):
    confirm_erasure([owned], user, now=timezone.now())
    user.delete()
    assert not Erasure.objects.exists()
    assert not SealedRecord.objects.exists()
    assert not DataRequest.objects.filter(done_on__isnull=True).exists()


def test_every_account_is_erased_where_several_are_deleted_together(owned):
    get_user_model().objects.all().delete()
    assert not SealedRecord.objects.exists()


def test_nothing_that_is_left_of_an_erasure_names_anybody(owned, user):
    user.delete()
    told = str([*Tombstone.objects.values(), *DataRequest.objects.values()])
    assert "demo" not in told
    assert str(owned.pk) not in told
    assert owned.pk.hex not in told


def test_other_apps_hear_of_confirmation_and_deletion(
    known, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        confirm_erasure([known], now=timezone.now())
    finish_erasure(Erasure.objects.get().pk, now=timezone.now())
    assert heard == [(erasure_confirmed, known.pk, None, ""), (erasing, known.pk, None, "")]


def test_other_apps_hear_of_a_guest_who_is_erased(heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        confirm_guest_erasure("guest@example.com", now=timezone.now())
    about = (None, None, "guest@example.com")
    assert heard == [(erasure_confirmed, *about)]
    finish_erasure(Erasure.objects.get().pk, now=timezone.now())
    assert heard[1:] == [(erasing, *about)]


def test_guest_is_not_erased_where_another_app_can_not_follow():
    def fails(**about):
        raise DatabaseError

    confirm_guest_erasure("guest@example.com", now=timezone.now())
    erasing.connect(fails)
    try:
        with pytest.raises(DatabaseError):
            finish_erasure(Erasure.objects.get().pk, now=timezone.now())
    finally:
        erasing.disconnect(fails)
    assert Erasure.objects.exists()
    assert not Tombstone.objects.exists()


def test_nothing_that_is_left_of_a_guest_names_the_address():
    confirm_guest_erasure("guest@example.com", now=timezone.now())
    finish_erasure(Erasure.objects.get().pk, now=timezone.now())
    told = str([*Tombstone.objects.values(), *DataRequest.objects.values()])
    assert "guest@" not in told
    assert Tombstone.objects.exists()


def test_guest_whose_key_is_lost_is_erased_and_nobody_is_told_a_wrong_address(heard, settings):
    confirm_guest_erasure("guest@example.com", now=timezone.now())
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = ["00" * 32]
    erasure = Erasure.objects.get()
    with pytest.raises(Unsealable):
        undo_erasure(erasure, now=timezone.now())
    assert finish_erasure(erasure.pk, now=timezone.now())
    assert erasing not in [signal for signal, *_about in heard]


def test_erasure_that_another_app_can_not_follow_is_not_done(known):
    def fails(**about):
        raise DatabaseError

    erasing.connect(fails)
    confirm_erasure([known], now=timezone.now())
    try:
        with pytest.raises(DatabaseError):
            finish_erasure(Erasure.objects.get().pk, now=timezone.now())
    finally:
        erasing.disconnect(fails)
    assert SealedRecord.objects.exists()


def test_erasing_a_subject_takes_a_fixed_number_of_statements(known, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        erase_subject(known.pk, now=timezone.now())
