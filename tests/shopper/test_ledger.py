"""The only writer of consent."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from ethical_personalization.core.consent import ConsentStatus
from ethical_personalization.core.exceptions import LedgerRefusal
from ethical_personalization.models import ConsentEvent, ConsentState, Notice, Purpose
from ethical_personalization.shopper.ledger import first_broken_event, load_consent
from ethical_personalization.shopper.subjects import choices_of
from ethical_personalization.signals import consent_recorded

from .conftest import NOW

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def status(subject, site, purpose="stated", now=NOW):
    return load_consent(subject, site).status(purpose, now=now)


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
    Purpose.objects.filter(key="stated").update(is_offered=False)
    assert load_consent(subject, site).permitted(now=NOW) == frozenset()
    assert answered(NOW + DAY, stated=False, nonsense=True) == []


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


def test_chain_is_whole_and_names_the_first_changed_event(subject, answered):
    answered(stated=True, orders=True, browsing=False)
    assert first_broken_event(subject) is None
    second = ConsentEvent.objects.order_by("pk")[1]
    with connection.cursor() as cursor:
        table = ConsentEvent._meta.db_table
        cursor.execute(f"UPDATE {table} SET status = 'refused' WHERE id = %s", [second.pk])  # noqa: S608
    assert first_broken_event(subject) == second


def test_chain_can_not_fork(subject, answered):
    first = answered(stated=True)[0]
    first.pk, first._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_state_can_be_rebuilt_from_the_events(subject, site, answered):
    answered(stated=True)
    answered(NOW + DAY, stated=False, orders=True)
    states = {state.purpose.key: state.event for state in ConsentState.objects.all()}
    for key, event in states.items():
        events = ConsentEvent.objects.filter(purpose_version__purpose__key=key)
        assert event == events.order_by("pk").last()
    assert set(choices_of(subject, site)) == {"stated", "orders"}


def test_signal_is_sent_after_the_choice_is_committed(
    subject, answered, django_capture_on_commit_callbacks
):
    heard = []
    consent_recorded.connect(lambda event, **kwargs: heard.append(event), weak=False)
    with django_capture_on_commit_callbacks(execute=True):
        answered(stated=True)
        assert heard == []
    assert [event.status for event in heard] == ["given"]


def test_verify_command_names_the_first_broken_event(answered, capsys):
    answered(stated=True, orders=True)
    call_command("verify_consent")
    assert "2 events, every chain is whole." in capsys.readouterr().out
    first = ConsentEvent.objects.order_by("pk")[0]
    with connection.cursor() as cursor:
        table = ConsentEvent._meta.db_table
        cursor.execute(f"UPDATE {table} SET language = 'xx' WHERE id = %s", [first.pk])  # noqa: S608
    with pytest.raises(CommandError, match="1 broken"):
        call_command("verify_consent")
    assert f"event {first.pk}." in capsys.readouterr().err
