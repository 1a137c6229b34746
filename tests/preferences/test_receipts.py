"""Receipts: complete, valid, the shopper's own, and true years later."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Site

from ethical_personalization.core.consent import ConsentStatus
from ethical_personalization.core.daily_roots import Inclusion
from ethical_personalization.facts.defaults import default_purposes
from ethical_personalization.models import ConsentEvent, Controller, Purpose
from ethical_personalization.shopper.roots import sign_finished_days, trusted_keys
from ethical_personalization.testing import consent_given, consent_refused
from ethical_personalization.transparency.vocabulary import STATES
from tests.json_schema import complaints
from tests.pages import ROOT

from .visitor import Visitor

pytestmark = pytest.mark.django_db
SCHEMA = json.loads((ROOT / "docs/reference/receipt.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def controller(db):
    return Controller.objects.create(
        site=Site.objects.get(is_default_site=True),
        name="Nord SARL",
        address="12 rue de l'Exemple",
        email="data@nord.example",
        authority="CNIL",
        jurisdiction="FR",
        storage="In France",
    )


def event_of(key="stated"):
    return ConsentEvent.objects.filter(purpose_version__purpose__key=key).latest("pk")


def address(event, part=""):
    return f"/preferences/receipts/{event.hash}/{part}"


def receipt(visitor, key="stated"):
    response = visitor.client.get(address(event_of(key), "receipt.json"))
    return json.loads(response.content)


def test_receipt_is_valid_by_its_schema_and_says_who_what_and_how_to_undo(visitor, controller):
    visitor.opens().presses("Allow all")
    said, event = receipt(visitor), event_of()
    assert complaints(said, SCHEMA) == []
    assert said["record_id"] == event.hash
    assert said["subject"] == str(event.subject_id)
    assert said["controller"]["name"] == "Nord SARL"
    assert (said["jurisdiction"], said["purposes"][0]["storage"]) == ("FR", "In France")
    assert said["purposes"][0]["data_categories"] == ["https://w3id.org/dpv/pd#Preference"]
    assert said["purposes"][0]["retention"] == "P730D"
    assert said["event"]["state"] == "https://w3id.org/dpv#ConsentGiven"
    assert said["withdrawal"]["url"] == "http://testserver/preferences/#choice-stated"
    assert said["missing"] == []


def test_receipt_of_a_withdrawal_says_so_and_holds_no_longer(visitor):
    visitor.opens().presses("Allow all").follows().presses("Refuse all")
    said = receipt(visitor)
    assert complaints(said, SCHEMA) == []
    assert said["event"]["state"].endswith("#ConsentWithdrawn")
    assert said["event"]["valid_until"] is None
    assert said["chain"]["previous"]


def test_receipt_without_a_screen_is_valid_too(visitor):
    consent_given(visitor.client, "stated")
    said = receipt(visitor)
    assert complaints(said, SCHEMA) == []
    assert said["notice"]["screen"] == ""


def test_receipt_names_what_the_shop_does_not_say(visitor):
    visitor.opens().presses("Allow all")
    said = receipt(visitor)
    assert said["controller"] is None
    assert "who is responsible" in said["missing"]
    assert (
        "The shop has not said yet who is responsible." in visitor.opens(address(event_of())).text
    )


def test_schema_is_not_satisfied_by_anything(visitor):
    visitor.opens().presses("Allow all")
    said = receipt(visitor)
    broken = {**said, "event": {**said["event"], "state": "given"}, "more": 1}
    del broken["controller"]
    assert len(complaints(broken, SCHEMA)) == 3


def test_every_state_and_category_has_its_term():
    assert set(STATES) == set(ConsentStatus)
    for purpose in default_purposes():
        assert all(name.isalpha() for name in (*purpose.data_categories, purpose.processing))


def test_receipt_tells_what_held_then_after_everything_has_changed(visitor, controller):
    visitor.opens().presses("Allow all")
    before = receipt(visitor)
    controller.name = "Süd GmbH"
    controller.save()
    purpose = Purpose.objects.get(key="stated")
    purpose.title, purpose.retention_days, purpose.recipients = "Other", 30, "Parcel Ltd"
    purpose.save()
    after = receipt(visitor)
    assert after == before
    page = visitor.opens(address(event_of())).text
    assert "Nord SARL" in page
    assert "What you tell us: allowed" in page
    assert "Parcel Ltd" not in page


def test_history_leads_to_each_receipt_and_to_its_file(visitor):
    visitor.opens().presses("Allow all").follows()
    links = visitor.page.select("#history a[href*=receipts]")
    receipts = [link["href"] for link in links if link.get_text() == "Receipt"]
    assert len(receipts) == 4
    visitor.opens(receipts[0])
    assert visitor.page.h1.get_text() == "Receipt of your choice"
    file = visitor.page.find("a", download=True)["href"]
    response = visitor.client.get(file)
    assert response["Content-Disposition"].startswith('attachment; filename="receipt-')
    assert response["Cache-Control"] == "private, no-store"


def test_receipt_page_shows_the_screen_open_and_dead(visitor):
    visitor.opens().presses("Allow all")
    shown = visitor.opens(address(event_of())).page.select_one(".ep-screen")
    assert "Save my choices" in shown.get_text()
    assert all(each.has_attr("disabled") for each in shown.select("button, input"))
    assert all(each.has_attr("open") for each in shown.select("details"))
    assert not shown.select("form, a, script, [id], [name], [href]")


def test_receipt_opens_for_its_own_subject_only(visitor, user):
    visitor.opens().presses("Allow all")
    event = event_of()
    stranger, other = Visitor(), Visitor()
    consent_given(other.client, "stated")
    refuser = Visitor()
    consent_refused(refuser.client, "stated")
    account = Visitor()
    account.client.force_login(user)
    for part in ("", "receipt.json", "screen/"):
        assert visitor.client.get(address(event, part)).status_code == 200
        for somebody in (stranger, other, refuser, account):
            assert somebody.client.get(address(event, part)).status_code == 404


def test_receipt_of_somebody_else_looks_like_one_that_is_not_there(visitor):
    other = Visitor()
    other.opens().presses("Allow all")
    visitor.opens().presses("Allow all")
    event, number = ConsentEvent.objects.first(), "0" * 64
    foreign = visitor.client.get(address(event))
    nowhere = visitor.client.get(f"/preferences/receipts/{number}/")
    assert foreign.content.replace(event.hash.encode(), number.encode()) == nowhere.content
    assert dict(foreign.headers) == dict(nowhere.headers)


def test_receipt_of_an_account_opens_on_each_of_its_devices_until_logout(visitor, user):
    visitor.client.force_login(user)
    visitor.opens().presses("Allow all", within="#choices")
    other = Visitor()
    other.client.force_login(user)
    assert other.client.get(address(event_of())).status_code == 200
    other.client.logout()
    assert other.client.get(address(event_of())).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_receipt_is_only_read(visitor, method):
    visitor.opens().presses("Allow all")
    assert getattr(visitor.client, method)(address(event_of())).status_code in (403, 405)


def test_screen_by_itself_can_do_nothing(visitor):
    visitor.opens().presses("Allow all")
    response = visitor.client.get(address(event_of(), "screen/"))
    assert response["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert response["Content-Security-Policy"].endswith("; sandbox")
    page = BeautifulSoup(response.content, "html.parser")
    assert not page.select("script, form, a, link, iframe")
    assert "--ep-ink" in page.style.get_text()


def test_receipt_of_a_signed_day_proves_that_the_choice_stands_under_its_root(visitor):
    visitor.opens().presses("Allow all")
    assert "proof" not in receipt(visitor)
    sign_finished_days(now=event_of().at + timedelta(days=2))
    said = receipt(visitor)
    proof = Inclusion.from_json(said["proof"])
    assert complaints(said, SCHEMA) == []
    assert proof.event_hash == said["record_id"]
    assert any(proof.holds(key) for key in trusted_keys().values())
