"""The only writer of consent."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from ethical_personalization.core.consent import ConsentStatus
from ethical_personalization.core.exceptions import LedgerRefusal
from ethical_personalization.models import ConsentEvent, Notice, Purpose
from ethical_personalization.shopper.chains import first_broken_event
from ethical_personalization.shopper.ledger import load_consent
from ethical_personalization.signals import consent_recorded

from .conftest import NOW

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def status(subject, site, purpose="stated", now=NOW):
    return load_consent(subject, site.pk).status(purpose, now=now)


def test_answers_become_events_and_states(subject, site, answered):
    events = answered(stated=True, orders=False)
    assert [event.status for event in events] == ["given", "refused"]
    assert status(subject, site) is ConsentStatus.GIVEN
    assert status(subject, site, "orders") is ConsentStatus.REFUSED


def test_same_answer_again_writes_nothing(answered):
    answered(stated=True)
    assert answered(NOW + DAY, stated=True) == []
    assert ConsentEvent.objects.count() == 1


def test_withdrawal_after_a_yes_is_told_from_a_refusal(subject, site, answered):
    answered(stated=True)
    answered(NOW + DAY, stated=False)
    assert status(subject, site, now=NOW + DAY) is ConsentStatus.WITHDRAWN


def test_yes_is_asked_again_after_a_material_change(subject, site, answered):
    answered(stated=True)
    purpose = Purpose.objects.get(key="stated")
    purpose.recipients = "A parcel service"
    purpose.save()
    assert status(subject, site) is ConsentStatus.INVALIDATED
    answered(NOW + DAY, stated=True)
    assert status(subject, site, now=NOW + DAY) is ConsentStatus.GIVEN


def test_yes_survives_a_change_of_words(subject, site, answered):
    answered(stated=True)
    purpose = Purpose.objects.get(key="stated")
    purpose.title = "Your answers"
    purpose.save()
    assert status(subject, site) is ConsentStatus.GIVEN


def test_yes_runs_out_with_the_period_of_the_purpose(subject, site, answered):
    answered(stated=True)
    later = NOW + Purpose.objects.get(key="stated").retention
    assert status(subject, site, now=later) is ConsentStatus.EXPIRED


def test_purpose_that_is_not_offered_is_neither_recorded_nor_permitted(subject, site, answered):
    answered(stated=True)
    Purpose.objects.filter(key__in=["stated", "orders"]).update(is_offered=False)
    assert load_consent(subject, site.pk).permitted(now=NOW) == frozenset()
    assert answered(NOW + DAY, stated=True, orders=False, nonsense=True) == []


def test_yes_can_be_taken_back_while_its_purpose_is_not_offered(subject, site, answered):
    answered(stated=True)
    Purpose.objects.filter(key="stated").update(is_offered=False)
    (event,) = answered(NOW + DAY, stated=False)
    assert event.status == "withdrawn"


def test_event_can_be_neither_changed_nor_deleted(answered):
    event = answered(stated=True)[0]
    for attack in (event.save, event.delete, ConsentEvent.objects.all().delete):
        with pytest.raises(LedgerRefusal):
            attack()
    with pytest.raises(LedgerRefusal):
        ConsentEvent.objects.update(status="given")


def test_same_words_are_stored_once(answered, occasion, subject):
    answered(stated=True)
    answered(NOW + DAY, orders=True)
    assert Notice.objects.count() == 1
    assert Notice.objects.get().words == {"heading": "May we?"}


def test_chain_is_whole_and_names_the_first_changed_event(subject, answered, tamper):
    _first, second, _third = answered(stated=True, orders=True, browsing=False)
    assert first_broken_event(subject) is None
    tamper(second, status="refused")
    assert first_broken_event(subject) == second.pk


def test_chain_can_not_fork(subject, answered):
    first = answered(stated=True)[0]
    first.pk, first._state.adding, first.request_key = None, True, ""
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_choice_is_kept_as_proof_for_three_years_after_its_end(answered):
    given, refused = answered(stated=True, orders=False)
    assert given.keep_until == given.valid_until + timedelta(days=1096)
    assert refused.keep_until == NOW + timedelta(days=1096)


def test_period_of_the_proof_is_the_shops_to_set(answered, settings):
    settings.ETHICAL_PERSONALIZATION_PROOF_DAYS = 10
    (refused,) = answered(stated=False)
    assert refused.keep_until == NOW + timedelta(days=10)


def test_time_of_another_zone_is_recorded_as_the_same_moment(subject, answered):
    answered(NOW.astimezone(ZoneInfo("Asia/Tokyo")), stated=True)
    assert first_broken_event(subject) is None


def test_signal_is_sent_after_the_choice_is_committed(
    subject, answered, django_capture_on_commit_callbacks
):
    heard = []
    consent_recorded.connect(lambda event, **kwargs: heard.append(event), weak=False)
    with django_capture_on_commit_callbacks(execute=True):
        answered(stated=True)
        assert heard == []
    assert [event.status for event in heard] == ["given"]
