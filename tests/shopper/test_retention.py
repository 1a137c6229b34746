"""Every period is enforced, in small steps that can be stopped and repeated."""

import os
import signal
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from oscar.core.loading import get_model

from ethical_personalization.core.periods import (
    INSTRUCTIONS_KEPT,
    REQUESTS_KEPT,
    TOMBSTONES_KEPT,
)
from ethical_personalization.models import (
    ConsentEvent,
    DataRequest,
    Erasure,
    Purpose,
    SealedRecord,
    Subject,
    SubjectKey,
    Tombstone,
)
from ethical_personalization.shopper.erasure import confirm_erasure, erase_subject
from ethical_personalization.shopper.profile import excluded_facts, save_stated, set_excluded
from ethical_personalization.shopper.retention import STEPS
from ethical_personalization.shopper.vault import open_record, seal_record
from tests.filling import a_row

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)
UserSearch = get_model("analytics", "UserSearch")


@pytest.fixture
def retention():
    """How long what she tells is kept."""
    return Purpose.objects.get(key="stated").retention


@pytest.fixture
def told(subject, answered):
    """The subject after she allowed her answers to be used and gave one, some time ago."""

    def make(ago=timedelta(0)):
        answered(now=NOW - ago, stated=True)
        save_stated(subject.pk, {"styles": ["romantic"]}, now=NOW - ago)
        SealedRecord.objects.update(updated_at=NOW - ago)
        return subject

    return make


def enforce(*options):
    said = StringIO()
    call_command("enforce_retention", *options, stdout=said)
    return said.getvalue()


def test_record_stays_as_long_as_the_yes_holds(told, retention):
    told(ago=retention - DAY)
    enforce()
    assert SealedRecord.objects.exists()


def test_record_and_key_go_when_the_yes_has_run_out(told, retention):
    told(ago=retention + DAY)
    enforce()
    assert not SealedRecord.objects.exists()
    assert not SubjectKey.objects.exists()


def test_record_of_a_purpose_that_was_never_allowed_goes(subject):
    seal_record(subject.pk, "stated", {"styles": {"values": ["x"], "at": NOW.isoformat()}})
    enforce()
    assert not SealedRecord.objects.exists()


def test_record_of_a_purpose_that_is_no_more_goes(subject, answered):
    answered(now=NOW, stated=True)
    seal_record(subject.pk, "astrology", {"sign": "lion"})
    enforce()
    assert not SealedRecord.objects.exists()


def test_answer_that_is_too_old_goes_and_a_newer_one_stays(told, retention, subject, answered):
    told(ago=retention + DAY)
    answered(now=NOW, stated=True)
    save_stated(subject.pk, {"colours": ["blue"]}, now=NOW)
    enforce()
    assert set(open_record(subject.pk, "stated")) == {"colours"}


def test_view_that_is_too_old_goes_and_the_record_gets_no_younger(subject, answered):
    kept = Purpose.objects.get(key="browsing").retention
    answered(now=NOW, browsing=True)
    days = {"1": (NOW - kept - DAY).date(), "2": NOW.date()}
    views = {pk: day.isoformat() for pk, day in days.items()}
    seal_record(subject.pk, "browsing", {"categories": views})
    SealedRecord.objects.update(updated_at=NOW - DAY)
    enforce()
    assert set(open_record(subject.pk, "browsing")["categories"]) == {"2"}
    assert SealedRecord.objects.get().updated_at == NOW - DAY


def test_record_that_does_not_open_stops_no_other(told, retention):
    told()
    lost = Subject.objects.create()
    seal_record(lost.pk, "stated", {"a": 1})
    SealedRecord.objects.filter(subject=lost).update(ciphertext=b"x" * 40)
    enforce()
    assert [record.subject_id for record in SealedRecord.objects.all()] == [told().pk]


def test_instructions_stay_long_after_the_last_yes_and_not_for_ever(subject):
    set_excluded(subject.pk, "orders.count", excluded=True, now=NOW)
    enforce()
    assert excluded_facts(subject.pk)
    SealedRecord.objects.update(updated_at=NOW - INSTRUCTIONS_KEPT - DAY)
    enforce()
    assert not SealedRecord.objects.exists()


def test_erasure_is_done_when_it_can_not_be_undone_any_more(told):
    confirm_erasure([told()], now=NOW)
    enforce()
    assert SealedRecord.objects.exists()
    Erasure.objects.update(due_at=NOW)
    enforce()
    assert not SealedRecord.objects.exists()
    assert not Erasure.objects.exists()


def test_oscars_rows_go_with_the_period_of_the_purpose(user):
    kept = Purpose.objects.get(key="browsing").retention
    search = a_row(UserSearch, user=user, query="linen")
    a_row(UserSearch, user=user, query="wool")
    UserSearch.objects.filter(pk=search.pk).update(date_created=NOW - kept - DAY)
    enforce()
    assert [row.query for row in UserSearch.objects.all()] == ["wool"]


def test_subject_without_anything_goes_and_one_with_proof_stays(subject, answered):
    answered(now=NOW, stated=False)
    empty = Subject.objects.create(created_at=NOW - 2 * DAY)
    Subject.objects.filter(pk=subject.pk).update(created_at=NOW - 2 * DAY)
    enforce()
    assert list(Subject.objects.all()) == [subject]
    assert empty != subject


def test_erased_subject_goes_with_her_proof_when_nobody_can_ask_for_it_any_more(subject, answered):
    answered(now=NOW - timedelta(days=3650), stated=True)
    erase_subject(subject.pk, now=NOW)
    enforce()
    assert not Subject.objects.exists()
    assert not ConsentEvent.objects.exists()


def test_answered_request_goes_after_its_period_and_an_open_one_never():
    long_ago = (NOW - REQUESTS_KEPT - 2 * DAY).date()
    DataRequest.objects.create(kind="access", asked_on=long_ago, done_on=long_ago)
    DataRequest.objects.create(kind="access", asked_on=long_ago)
    enforce()
    assert [request.done_on for request in DataRequest.objects.all()] == [None]


def test_tombstone_goes_after_its_period():
    Tombstone.objects.create(mark="old", erased_at=NOW - TOMBSTONES_KEPT - DAY)
    Tombstone.objects.create(mark="new")
    enforce()
    assert [stone.mark for stone in Tombstone.objects.all()] == ["new"]


def test_session_that_ran_out_goes():
    Session.objects.create(session_key="old", session_data="x", expire_date=NOW - DAY)
    Session.objects.create(session_key="new", session_data="x", expire_date=NOW + DAY)
    enforce()
    assert [session.session_key for session in Session.objects.all()] == ["new"]


def test_second_run_finds_nothing_to_do(told, retention):
    told(ago=retention + DAY)
    enforce()
    assert all(line.endswith(": 0") for line in enforce().splitlines())


def test_progress_is_told_batch_by_batch():
    for number in range(25):
        Tombstone.objects.create(mark=str(number), erased_at=NOW - TOMBSTONES_KEPT - DAY)
    said = enforce("--batch", "10", "--only", "tombstones").splitlines()
    assert said == ["tombstones: 10 so far", "tombstones: 20 so far", "tombstones: 25"]


def test_only_the_step_that_is_named_is_done(told, retention):
    told(ago=retention + DAY)
    enforce("--only", "requests")
    assert SealedRecord.objects.exists()


def test_sigterm_stops_between_two_transactions_and_the_next_run_goes_on(monkeypatch):
    for number in range(30):
        Tombstone.objects.create(mark=str(number), erased_at=NOW - TOMBSTONES_KEPT - DAY)
    tombstones = STEPS["tombstones"]

    def told_to_stop(now, batch):
        for count in tombstones(now, batch):
            yield count
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setitem(STEPS, "tombstones", told_to_stop)
    assert "Stopped as told" in enforce("--batch", "10")
    assert Tombstone.objects.count() == 10
    monkeypatch.setitem(STEPS, "tombstones", tombstones)
    enforce()
    assert not Tombstone.objects.exists()
