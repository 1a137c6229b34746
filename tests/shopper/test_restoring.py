"""A backup can't bring back who was erased after it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.utils import timezone
from oscar.core.loading import get_model

from ethical_personalization.core.consent import ConsentStatus
from ethical_personalization.models import (
    ConsentEvent,
    ConsentMethod,
    ConsentState,
    Erasure,
    SealedRecord,
    Subject,
    Tombstone,
)
from ethical_personalization.shopper.erasure import (
    confirm_guest_erasure,
    erase_account_rows,
    erase_subject,
    finish_erasure,
)
from ethical_personalization.shopper.ledger import Occasion, record_answers
from ethical_personalization.shopper.subjects import choices_of
from ethical_personalization.shopper.vault import open_record, seal_record
from ethical_personalization.testing import unguarded_ledger
from tests.filling import a_row

pytestmark = pytest.mark.django_db
ProductAlert = get_model("customer", "ProductAlert")
UserSearch = get_model("analytics", "UserSearch")
HOUR = timedelta(hours=1)
CONTENT = {"styles": {"values": ["romantic"]}}


@pytest.fixture
def stones(tmp_path):
    """Write down who was erased, forget it, and erase again after a restore."""
    file = tmp_path / "stones.jsonl"

    def run(action, *options):
        said = StringIO()
        call_command("tombstones", action, file, *options, stdout=said)
        return said.getvalue()

    return run


@pytest.fixture
def restored(subject):
    """The subject with the key and record of a backup, after she was erased."""

    def bring_back(owner=None):
        Tombstone.objects.all().delete()
        Subject.objects.filter(pk=subject.pk).update(closed_at=None, user=owner)
        seal_record(subject.pk, "stated", CONTENT)

    return bring_back


def test_subject_whom_a_backup_brought_back_is_erased_again(subject, stones, restored):
    seal_record(subject.pk, "stated", CONTENT)
    erase_subject(subject.pk, now=timezone.now())
    stones("export")
    restored()
    assert open_record(subject.pk, "stated") == CONTENT
    assert "subject: 1 erased again" in stones("apply")
    assert not SealedRecord.objects.exists()
    assert Subject.objects.get().closed_at is not None


def test_nobody_else_is_erased(subject, stones):
    other = Subject.objects.create()
    seal_record(other.pk, "stated", CONTENT)
    erase_subject(subject.pk, now=timezone.now())
    stones("export")
    Tombstone.objects.all().delete()
    assert stones("apply") == "subject: 1 erased again\n"
    assert open_record(other.pk, "stated") == CONTENT


def test_account_whom_a_backup_brought_back_is_deleted_again(user, stones):
    pk, joined = user.pk, user.date_joined
    user.delete()
    stones("export")
    get_user_model().objects.create_user("demo", "demo@example.com", pk=pk, date_joined=joined)
    assert "account: 1 erased again" in stones("apply")
    assert not get_user_model().objects.filter(pk=pk).exists()


def test_account_that_only_got_the_number_of_a_deleted_one_stays(user, stones):
    pk = user.pk
    user.delete()
    stones("export")
    later = timezone.now() + timedelta(minutes=1)
    get_user_model().objects.create_user("eve", "eve@example.com", pk=pk, date_joined=later)
    stones("apply")
    assert get_user_model().objects.filter(pk=pk).exists()


def test_rows_of_an_account_are_erased_again_and_the_account_stays(user, stones):
    erase_account_rows(user.pk, now=timezone.now())
    stones("export")
    a_row(UserSearch, user=user, query="linen")
    stones("apply")
    assert not UserSearch.objects.exists()
    user.refresh_from_db()


def erase_guest(email):
    """For good, without the time to undo."""
    confirm_guest_erasure(email, now=timezone.now())
    finish_erasure(Erasure.objects.get().pk, now=timezone.now())


@pytest.mark.parametrize("email", ["guest@example.com", "Guest@Example.com"])
def test_guest_whom_a_backup_brought_back_is_erased_again(email, stones):
    erase_guest("GUEST@example.com")
    stones("export")
    Tombstone.objects.all().delete()
    a_row(ProductAlert, email=email, user=None)
    other = a_row(ProductAlert, email="other@example.com", user=None)
    assert stones("apply") == "guest: 1 erased again\n"
    assert [alert.pk for alert in ProductAlert.objects.all()] == [other.pk]


def test_rows_of_an_account_with_the_address_of_a_guest_stay(user, stones):
    erase_guest(user.email)
    stones("export")
    a_row(ProductAlert, email=user.email, user=user)
    assert "Nobody" in stones("apply")
    assert ProductAlert.objects.exists()


def test_what_was_erased_before_the_backup_is_left_alone(subject, stones, restored):
    erase_subject(subject.pk, now=timezone.now() - timedelta(days=2))
    stones("export")
    restored()
    stones("apply", "--since", (timezone.now() - timedelta(days=1)).isoformat())
    assert SealedRecord.objects.exists()


def test_secret_that_was_changed_still_finds_whom_it_marked(subject, stones, restored, settings):
    erase_subject(subject.pk, now=timezone.now())
    stones("export")
    restored()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = ["11" * 32]
    stones("apply")
    assert not SealedRecord.objects.exists()


def test_file_that_is_none_is_refused(stones, tmp_path):
    (tmp_path / "stones.jsonl").write_text("nonsense")
    with pytest.raises(CommandError):
        stones("apply")


@pytest.fixture
def answered(subject, site):
    """Records an answer of the subject."""

    def record(allowed, at):
        occasion = Occasion(
            site=site, language="en", method=ConsentMethod.API, words={"text": "?"}, now=at
        )
        return record_answers(subject, {"stated": allowed}, occasion)

    return record


def back_as_in_the_backup(subject, given):
    ConsentState.objects.filter(subject=subject).update(event=given)
    with unguarded_ledger():
        QuerySet(ConsentEvent).filter(pk__gt=given.pk)._raw_delete("default")


def test_yes_that_was_taken_back_after_the_backup_is_taken_back_again(
    subject, site, answered, stones
):
    (given,) = answered(allowed=True, at=timezone.now() - HOUR)
    answered(allowed=False, at=timezone.now())
    stones("export")
    back_as_in_the_backup(subject, given)
    assert "yes: 1 erased again" in stones("apply")
    assert choices_of(subject, site.pk)["stated"].status is ConsentStatus.WITHDRAWN
    assert "Nobody" in stones("apply")


def test_yes_that_was_given_after_the_no_stays(subject, site, answered, stones):
    answered(allowed=False, at=timezone.now() - HOUR)
    stones("export")
    answered(allowed=True, at=timezone.now())
    assert "Nobody" in stones("apply")
    assert choices_of(subject, site.pk)["stated"].status is ConsentStatus.GIVEN
