"""The sheet after a breach: which data, whose, until when, and whom to write to."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.core.registry import purposes
from ethical_personalization.models import ConsentEvent
from ethical_personalization.shopper.holdings import HOLDINGS
from ethical_personalization.testing import consent_given, registered, unguarded_ledger
from tests.filling import a_row_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("demo", "demo@example.com", "demo-pass-1")


@pytest.fixture
def sheet(tmp_path):
    """The sheet, and the addresses of its file."""

    def make(*options, aware_at=None):
        said, file = StringIO(), tmp_path / "notify.csv"
        at = (aware_at or timezone.now()).isoformat()
        call_command("incident_sheet", "--aware-at", at, "--notify", file, *options, stdout=said)
        return said.getvalue(), file.read_text().split()[1:]

    return make


def a_guest(address):
    order = next(holding for holding in HOLDINGS if holding.model == "order.Order")
    return a_row_at(order.model_class, order.of_guest, address)


def test_authority_has_to_be_told_within_72_hours(sheet):
    text, _addresses = sheet(aware_at=timezone.now() - timedelta(hours=70, minutes=30))
    assert "Hours left: 1" in text


def test_sheet_says_when_the_hours_are_over(sheet):
    text, _addresses = sheet(aware_at=timezone.now() - timedelta(hours=73))
    assert "The 72 hours are over" in text


def test_sheet_counts_accounts_guests_and_pseudonyms(sheet, user):
    client = Client()
    client.force_login(user)
    consent_given(client, "stated")
    consent_given(Client(), "stated")
    a_guest("guest@example.com")
    text, addresses = sheet()
    for line in ("Accounts: 1", "order: 1", "no address: 1.", "What you tell us: 2"):
        assert line in text
    assert addresses == ["demo@example.com", "guest@example.com"]


def test_only_those_of_the_table_that_got_out_are_told(sheet, user):
    a_guest("guest@example.com")
    text, addresses = sheet("--table", "order.Order")
    assert "(order.Order): 1 rows about 1 persons" in text
    assert "Your account" not in text
    assert addresses == ["guest@example.com"]


def test_owner_of_a_subject_in_the_table_is_told(sheet, user):
    client = Client()
    client.force_login(user)
    consent_given(client, answers={"styles": ["x"]})
    _text, addresses = sheet("--table", "ethical_personalization.SealedRecord")
    assert addresses == ["demo@example.com"]


def test_sheet_says_what_is_encrypted(sheet):
    consent_given(Client(), answers={"styles": ["x"]})
    text, _addresses = sheet()
    (line,) = [each for each in text.splitlines() if "SealedRecord" in each]
    assert "1 rows about 1 persons" in line
    assert "encrypted" in line


def test_only_purposes_of_the_table_that_got_out_are_named(sheet):
    consent_given(Client(), "stated")
    text, _addresses = sheet("--table", "order.Order")
    assert "What you bought: 0" in text
    assert "What you tell us" not in text


def test_yes_that_ran_out_is_not_counted(sheet):
    consent_given(Client(), "stated")
    events = QuerySet(ConsentEvent)
    with unguarded_ledger():
        events.update(valid_until=timezone.now() - timedelta(days=1))
    assert "What you tell us: 0" in sheet()[0]


@pytest.mark.parametrize("basis", [LawfulBasis.LEGITIMATE_INTEREST, LawfulBasis.CONTRACT])
def test_purpose_that_asks_nobody_counts_who_did_not_object(sheet, basis):
    consent_given(Client(), "orders")
    with registered(replace(purposes.get("stated"), basis=basis)):
        assert "What you tell us: 1" in sheet()[0]


def test_address_that_a_spreadsheet_would_run_is_written_as_text(sheet):
    a_guest("=cmd@example.com")
    assert sheet()[1] == ["'=cmd@example.com"]


def test_table_that_is_none_is_refused(sheet):
    with pytest.raises(CommandError, match=r"order\.Ordre"):
        sheet("--table", "order.Ordre")


def test_sheet_names_nobody(sheet, user):
    assert "demo" not in sheet()[0]
