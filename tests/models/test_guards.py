"""The ledger is insert-only for whoever writes to the database, also after what drops triggers."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from wagtail.models import Site

from ethical_personalization.core.exceptions import LedgerRefusal
from ethical_personalization.models import ConsentEvent, ConsentState, DailyRoot, Subject
from ethical_personalization.models.guards import GUARDS, missing_guards
from ethical_personalization.testing import consent_given, unguarded_ledger
from tests.machine import uses_postgresql

pytestmark = pytest.mark.django_db
ALL = [guard.name for guard in GUARDS]


@pytest.fixture
def event(client, db):
    consent_given(client, "stated")
    return ConsentEvent.objects.get()


@pytest.fixture
def root(db):
    return DailyRoot.objects.create(day=date(2026, 6, 1), size=0, root="", key_id="", entries=b"")


def sql(statement, row):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=row._meta.db_table), [row.pk])


@pytest.mark.parametrize("row", ["event", "root"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {table} SET id = id WHERE id = %s", "DELETE FROM {table} WHERE id = %s"]
)
def test_row_can_be_neither_changed_nor_deleted_by_sql(request, row, statement):
    with pytest.raises(IntegrityError, match=r"never|kept"):
        sql(statement, request.getfixturevalue(row))


def test_root_can_be_neither_changed_nor_deleted_by_the_model(root):
    roots = DailyRoot.objects.all()
    for attack in (root.save, root.delete, roots.delete, lambda: roots.update(size=1)):
        with pytest.raises(LedgerRefusal):
            attack()


def test_every_trigger_is_there_after_migrate(db):
    assert missing_guards() == []


def test_missing_triggers_are_named_with_what_to_type(db):
    with unguarded_ledger():
        found = run_checks(tags=[Tags.database], databases=["default"])
    (finding,) = [each for each in found if each.id == "ethical_personalization.W020"]
    assert all(name in finding.msg for name in ALL)
    assert "migrate" in finding.hint
    assert missing_guards() == []


@pytest.mark.django_db(transaction=True)
def test_table_that_was_altered_has_its_triggers_after_the_next_migrate():
    longer = models.CharField(max_length=13)
    longer.set_attributes_from_name("language")
    longer.model = ConsentEvent
    with connection.schema_editor() as editor:
        editor.alter_field(ConsentEvent, ConsentEvent._meta.get_field("language"), longer)
    assert missing_guards() == ([] if uses_postgresql() else ALL[:2])
    call_command("migrate", "ethical_personalization", verbosity=0, skip_checks=True)
    assert missing_guards() == []


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_ledger_and_leaves_its_triggers(client):
    consent_given(client, "stated")
    call_command("flush", interactive=False, verbosity=0)
    assert ConsentEvent.objects.count() == 0
    assert missing_guards() == []


def test_account_can_be_deleted_and_the_proof_stays(client, event):
    user = get_user_model().objects.create_user("demo", "demo@example.com", "demo-pass-1")
    Subject.objects.update(user=user)
    user.delete()
    assert ConsentEvent.objects.get().subject.user is None


def test_site_can_be_deleted_and_the_proof_stays(event):
    Site.objects.get().delete()
    assert ConsentState.objects.count() == 0
    assert ConsentEvent.objects.count() == 1


def test_subject_with_events_can_not_be_deleted(event):
    with pytest.raises(ProtectedError):
        event.subject.delete()
