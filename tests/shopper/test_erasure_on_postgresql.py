"""Erasing and rotating while others write, and through indexes alone."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ethical_personalization.models import Erasure, SealedRecord, Subject, SubjectKey
from ethical_personalization.shopper.erasure import (
    confirm_erasure,
    erase_account_rows,
    erase_subject,
    finish_erasure,
)
from ethical_personalization.shopper.rotation import rotate_keys
from ethical_personalization.shopper.vault import change_record, open_record, seal_record
from tests.test_postgresql import WRITERS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
OLD, NEW = "11" * 32, "22" * 32


def plans(statements):
    """How PostgreSQL would carry them out if no table could be read from end to end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for statement in statements:
            cursor.execute(f"EXPLAIN {statement}")
            yield statement, "\n".join(line for (line,) in cursor.fetchall())


def test_every_statement_of_an_erasure_finds_its_rows_by_an_index(user):
    subject = Subject.objects.create(user=user)
    seal_record(subject.pk, "stated", {"a": 1})
    with CaptureQueriesContext(connection) as asked:
        erase_subject(subject.pk, now=timezone.now())
        erase_account_rows(user.pk, now=timezone.now())
    verbs = ("SELECT", "UPDATE", "DELETE")
    statements = [q["sql"] for q in asked if q["sql"].startswith(verbs)]
    unindexed = [sql for sql, plan in plans(statements) if "Seq Scan" in plan]
    assert len(statements) > 10
    assert unindexed == []


def test_change_that_meets_an_erasure_leaves_nothing_behind():
    subject = Subject.objects.create()
    seal_record(subject.pk, "stated", {"a": 1})

    def write_or_erase(number):
        if number == 0:
            erase_subject(subject.pk, now=timezone.now())
        else:
            change_record(subject.pk, "stated", lambda record: {**record, str(number): 1})

    at_once(write_or_erase)
    assert not SealedRecord.objects.exists()
    assert not SubjectKey.objects.exists()


def test_erasure_is_finished_by_one_of_those_who_try_at_once():
    subject, finished = Subject.objects.create(), []
    confirm_erasure([subject], now=timezone.now())
    pk = Erasure.objects.get().pk
    at_once(lambda number: finished.append(finish_erasure(pk, now=timezone.now())))
    assert sorted(finished) == [False] * (WRITERS - 1) + [True]


def test_two_tabs_that_confirm_at_once_plan_one_erasure():
    subject = Subject.objects.create()
    at_once(lambda number: confirm_erasure([subject], now=timezone.now()))
    assert Erasure.objects.count() == 1


def test_keys_are_rotated_beside_writers_and_no_change_is_lost(settings):
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = [OLD]
    subjects = [Subject.objects.create() for _number in range(20)]
    for subject in subjects:
        seal_record(subject.pk, "notes", {"before": True})
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = [NEW, OLD]

    def rotate_or_write(number):
        if number == 0:
            list(rotate_keys(3))
            return
        for subject in subjects:
            change_record(subject.pk, "notes", lambda record: {**record, str(number): True})

    at_once(rotate_or_write)
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = [NEW]
    notes = [open_record(subject.pk, "notes") for subject in subjects]
    assert notes == [{"before": True, "1": True, "2": True, "3": True}] * 20
