"""Mistakes seen in code for consent, each as what must not happen here."""

import logging
from datetime import UTC, datetime, timedelta, timezone
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone as clock

from ethical_personalization.core.consent import (
    Choice,
    Consent,
    ConsentStatus,
    Terms,
    withdrawn_by_device,
)
from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.models import ConsentEvent, ConsentState, Erasure
from ethical_personalization.testing import consent_given, consent_refused
from tests.preferences.visitor import SAME_ORIGIN, Visitor
from tests.security.ours import everything_kept

pytestmark = pytest.mark.django_db
HOSTS = ("oscar", "wagtail", "wagtail_personalisation", "django")
#: Nine in the morning in London; as a text it comes after the noon of London.
GIVEN_AT = datetime(2026, 6, 1, 23, tzinfo=timezone(timedelta(hours=14)))
REFUSED_AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_mistake_times_are_not_compared_as_texts():
    assert str(GIVEN_AT) > str(REFUSED_AT)
    given = Choice(purpose="p", status=ConsentStatus.GIVEN, version=1, at=GIVEN_AT)
    terms = Terms(purpose="p", version=1, basis=LawfulBasis.CONSENT)
    assert withdrawn_by_device({"p": given}, {"p": REFUSED_AT}) == {"p"}
    held = Consent(terms={"p": terms}, choices={"p": given}, refused_here={"p": REFUSED_AT})
    assert not held.permission("p", now=REFUSED_AT).is_given


def test_mistake_choice_without_its_row_is_not_valid(visitor):
    consent_given(visitor.client, "stated")
    assert "On since" in visitor.opens().text
    ConsentState.objects.all().delete()
    assert "On since" not in visitor.opens().text
    assert "You have not answered yet." in visitor.page.find(id="choice-stated").get_text()


def test_mistake_no_class_of_ours_is_a_base_of_a_hosts_model():
    hosts = [model for model in apps.get_models() if model.__module__.startswith(HOSTS)]
    bases = {base.__module__ for model in hosts for base in model.__mro__}
    assert len(hosts) > 80
    assert not [name for name in bases if name.startswith("ethical_personalization")]


def test_mistake_saved_no_stays_a_no_when_its_purpose_changes_or_is_offered_again(visitor, home):
    visitor.opens().presses("Allow all").follows().presses("Refuse all")
    purpose = ConsentEvent.objects.latest("pk").purpose_version.purpose
    for change in ({"recipients": "Parcel Ltd"}, {"is_offered": False}, {"is_offered": True}):
        for name, value in change.items():
            setattr(purpose, name, value)
        purpose.save()
    card = visitor.opens().page.find(id=f"choice-{purpose.key}")
    assert "ep-status--on" not in str(card)
    assert card.select_one("input[checked]")["value"] == "no"
    assert visitor.opens("/").page.select_one("ep-consent form") is None


@pytest.mark.parametrize("answer", ["all", "none"])
def test_mistake_clock_of_the_client_is_never_the_time_of_a_choice(visitor, answer):
    form = visitor.opens().page.select_one("#choices form")
    body = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    early = dict.fromkeys(("at", "date", "time", "timestamp", "now"), "2001-01-01T00:00:00Z")
    headers = {**SAME_ORIGIN, "date": "Mon, 01 Jan 2001 00:00:00 GMT"}
    before = clock.now().replace(microsecond=0)
    visitor.client.post(
        reverse("ethical_personalization:choices"),
        body | early | {"answer": answer},
        headers=headers,
    )
    at = ConsentEvent.objects.first().at if answer == "all" else refused_at(visitor)
    assert before <= at <= clock.now()


def refused_at(visitor):
    digits = visitor.cookie.partition(":")[0].partition("~")[2].partition("+")[0]
    return datetime.fromtimestamp(int(digits, 36), tz=UTC)


def test_mistake_no_address_and_no_browser_is_stored_with_a_choice():
    told = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "Quagmire/5.0"}
    visitor = Visitor()
    visitor.client.defaults.update(told)
    visitor.opens().presses("Allow all").follows().presses("Refuse all")
    assert set(ConsentEvent.objects.values_list("status", flat=True)) >= {"given", "withdrawn"}
    kept = repr(everything_kept())
    assert not [value for value in told.values() if value in kept]
    ours = apps.get_app_config("ethical_personalization").get_models()
    columns = [field for model in ours for field in model._meta.concrete_fields]
    assert not [each for each in columns if isinstance(each, models.GenericIPAddressField)]


def test_mistake_yes_that_the_account_took_back_is_not_given_again_at_login(user):
    phone, laptop = Visitor(), Visitor()
    consent_given(phone.client, "stated")
    laptop.client.force_login(user)
    consent_given(laptop.client, "stated")
    consent_refused(laptop.client, "stated")
    phone.client.force_login(user)
    card = phone.opens().page.find(id="choice-stated")
    assert "You took your yes back" in card.get_text()
    assert phone.page.find(id="proposal") is None
    statuses = ConsentEvent.objects.filter(subject__user=user).order_by("pk")
    assert [event.status for event in statuses] == ["given", "withdrawn"]


@pytest.fixture
def named(django_user_model):
    """An account whose name is found wherever it stands."""
    return django_user_model.objects.create_user(
        "quagmire-ottoline", "quagmire-ottoline@example.com", "demo-pass-1"
    )


def everywhere(word):
    """The tables, of any app, in which the word stands."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found |= {table} if word in repr(cursor.fetchall()) else set()
    return found


def test_mistake_erasure_writes_the_name_into_no_log_and_no_table(named, visitor, caplog):
    visitor.client.force_login(named)
    consent_given(visitor.client, "stated", "orders")
    pseudonym = str(ConsentEvent.objects.first().subject_id)
    caplog.set_level(logging.DEBUG)
    said = StringIO()
    visitor.opens("/preferences/your-data/erase/").presses("Erase my data")
    Erasure.objects.update(due_at=clock.now() - timedelta(days=1))
    call_command("enforce_retention", stdout=said)
    assert not Erasure.objects.exists()
    assert everywhere("quagmire") == {"auth_user"}  # the account is hers until she deletes it
    visitor.opens("/shop/accounts/profile/delete/")
    token = visitor.page.find("input", {"name": "csrfmiddlewaretoken"})["value"]
    form = {"password": "demo-pass-1", "csrfmiddlewaretoken": token}
    assert visitor.client.post("/shop/accounts/profile/delete/", form).status_code == 302
    assert everywhere("quagmire") == set()
    for word in ("quagmire", pseudonym, pseudonym.replace("-", "")):
        assert word not in caplog.text + said.getvalue()
