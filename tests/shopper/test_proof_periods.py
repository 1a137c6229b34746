"""When the proof of a choice goes, and what stays behind."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from ethical_personalization.conf import conf
from ethical_personalization.core.consent import NOT_NARROWED
from ethical_personalization.core.exceptions import LedgerRefusal
from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.core.registry import purposes
from ethical_personalization.models import (
    ConsentEvent,
    ConsentState,
    DailyRoot,
    Erasure,
    Subject,
)
from ethical_personalization.shopper.erasure import confirm_erasure, finish_erasure
from ethical_personalization.shopper.proof_periods import drop_expired_chains
from ethical_personalization.shopper.subjects import (
    Known,
    known_by_account,
    known_by_pseudonym,
)
from ethical_personalization.testing import registered

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def long_ago():
    """Before everything that has to be kept: the triggers know the real date."""
    return timezone.now() - timedelta(days=3000)


def drop(**options):
    return sum(drop_expired_chains(now=timezone.now(), **options))


def test_chain_goes_when_its_last_event_need_not_be_kept(answered, subject, long_ago):
    answered(long_ago, stated=True)
    answered(long_ago + DAY, stated=False)
    assert drop() == 1
    assert (ConsentEvent.objects.count(), ConsentState.objects.count()) == (0, 0)
    assert not Subject.objects.filter(pk=subject.pk).exists()


def test_chain_with_one_event_to_be_kept_stays_whole(answered, long_ago):
    answered(long_ago, stated=False)
    answered(timezone.now() - 3 * DAY, stated=True)
    assert drop() == 0
    assert ConsentEvent.objects.count() == 2


def test_roots_stay_and_the_rest_can_still_be_verified(answered, long_ago, capsys):
    answered(long_ago, stated=False)
    answered(long_ago, on=Subject.objects.create(), stated=True, orders=False)
    answered(timezone.now() - 3 * DAY, on=Subject.objects.create(), stated=True)
    drop()
    call_command("verify_consent")
    assert "1 events, every chain is whole; 2 signed days stand." in capsys.readouterr().out
    assert DailyRoot.objects.first().size == 3


def test_dropping_again_drops_nothing(answered, long_ago):
    answered(long_ago, stated=False)
    assert (drop(), drop()) == (1, 0)


def test_chains_go_in_batches(answered, long_ago):
    for _number in range(5):
        answered(long_ago, on=Subject.objects.create(), stated=False)
    assert list(drop_expired_chains(now=timezone.now(), batch=2)) == [2, 2, 1]


def test_queries_of_a_batch_do_not_grow_with_its_size(
    answered, long_ago, django_assert_max_num_queries
):
    for _number in range(30):
        answered(long_ago, on=Subject.objects.create(), stated=False, orders=False)
    with django_assert_max_num_queries(40):
        assert drop() == 30


def test_account_keeps_its_subject_without_the_proof(answered, subject, user, long_ago):
    Subject.objects.filter(pk=subject.pk).update(user=user)
    answered(long_ago, stated=False)
    drop()
    assert Subject.objects.get().user == user
    assert ConsentEvent.objects.count() == 0


@pytest.fixture
def objectable():
    """A purpose that goes on unless she objects."""
    declared = replace(purposes.get("stated"), basis=LawfulBasis.LEGITIMATE_INTEREST)
    with registered(declared):
        yield


def test_objection_of_an_account_stays(answered, subject, user, long_ago, objectable):
    """Without it the use would begin again."""
    Subject.objects.filter(pk=subject.pk).update(user=user)
    answered(long_ago, stated=False)
    assert drop() == 0
    assert ConsentEvent.objects.count() == 1


def test_objection_of_a_device_stays_as_long_as_its_cookie_can_live(answered, objectable, settings):
    proof = conf.proof_period
    answered(timezone.now() - proof - 100 * DAY, stated=False)
    assert drop() == 0
    settings.ETHICAL_PERSONALIZATION_COOKIE_DAYS = 50
    assert drop() == 1


def test_event_of_today_is_kept_until_its_day_is_signed(answered, settings):
    settings.ETHICAL_PERSONALIZATION_PROOF_DAYS = 1
    answered(timezone.now(), stated=False)
    assert sum(drop_expired_chains(now=timezone.now())) == 0


def test_events_that_have_to_be_kept_are_not_dropped_by_name(answered):
    answered(timezone.now(), stated=True)
    assert ConsentEvent.objects.all().drop(now=timezone.now()) == 0
    with pytest.raises(LedgerRefusal):
        ConsentEvent.objects.all().delete()


def test_erasure_that_is_planned_is_carried_out_before_the_proof_goes(answered, user, long_ago):
    """Closed subjects belong to no account: its other rows would be forgotten with them."""
    subject = Subject.objects.create(user=user)
    answered(long_ago, on=subject, stated=True)
    confirm_erasure([subject], user, now=timezone.now())
    assert drop() == 0
    assert Erasure.objects.get().user == user
    finish_erasure(Erasure.objects.get().pk, now=timezone.now())
    assert drop() == 1


@pytest.mark.parametrize("column", ["restricted_at", "under_age_until"])
@pytest.mark.parametrize("of_account", [True, False])
def test_pause_and_age_outlive_the_proof_of_the_choices(
    answered, subject, user, long_ago, column, of_account
):
    """A use that needs no yes would begin without them."""
    answered(long_ago, stated=True)
    narrowed = {column: timezone.now() + DAY, "user": user if of_account else None}
    Subject.objects.filter(pk=subject.pk).update(**narrowed)
    assert drop() == 1
    assert not ConsentEvent.objects.exists()
    known = known_by_account(user) if of_account else known_by_pseudonym(subject.pk)
    is_kept = of_account or column == "restricted_at"  # the age of a device ends with its proof
    assert (known.subject == subject) is is_kept
    assert (known.subject is not None and known.subject.narrowing != NOT_NARROWED) is is_kept


def test_subject_that_says_nothing_any_more_is_nobody(answered, subject, user, long_ago):
    answered(long_ago, stated=True)
    Subject.objects.filter(pk=subject.pk).update(user=user)
    assert known_by_account(user).subject == subject
    drop()
    assert Subject.objects.exists()
    assert known_by_account(user) == Known()


def test_pause_of_a_device_stays_as_long_as_its_cookie_can_live(answered, subject, long_ago):
    answered(long_ago, stated=True)
    Subject.objects.update(created_at=long_ago, restricted_at=timezone.now() - 100 * DAY)
    call_command("enforce_retention")
    assert known_by_pseudonym(subject.pk).subject == subject
    Subject.objects.update(restricted_at=long_ago)
    call_command("enforce_retention")
    assert not Subject.objects.exists()
