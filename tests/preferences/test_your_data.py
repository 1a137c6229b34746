"""Export and erasure as the shopper meets them: for accounts, devices, and nobody else."""

from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone
from oscar.core.loading import get_model

from ethical_personalization.models import (
    DataRequest,
    Erasure,
    SealedRecord,
    Subject,
)
from ethical_personalization.shopper.erasure import finish_erasure
from ethical_personalization.shopper.holdings import HOLDINGS, Person
from ethical_personalization.shopper.throttle import WINDOW_SECONDS
from ethical_personalization.testing import consent_given, published_segment
from tests.filling import a_row, a_row_at

from .visitor import SAME_ORIGIN, Visitor

pytestmark = pytest.mark.django_db
PAGE, FILE, ERASE = (
    "/preferences/your-data/",
    "/preferences/your-data/download/",
    "/preferences/your-data/erase/",
)
OF_SUBJECT = [holding for holding in HOLDINGS if holding.of_subject]
OF_BASKET = [holding for holding in HOLDINGS if holding.of_basket]
Basket, Product = get_model("basket", "Basket"), get_model("catalogue", "Product")
OF_ACCOUNT = [holding for holding in HOLDINGS if holding.of_account]


@pytest.fixture
def told(visitor, question):
    """A visitor who told what she likes."""
    consent_given(visitor.client, answers={"fabric": ["linen"]})
    return visitor


@pytest.fixture
def owner(visitor, user):
    visitor.client.force_login(user)
    return visitor


@pytest.fixture
def told_by_account(owner, question):
    """An account that did."""
    consent_given(owner.client, answers={"fabric": ["linen"]})
    return owner


def file_of(visitor):
    return visitor.client.post(FILE, {"do": "download"}, headers=SAME_ORIGIN).json()


def test_visitor_without_any_choice_is_told_that_nothing_is_kept(visitor):
    assert "We keep nothing about you." in visitor.opens(PAGE).text
    assert not visitor.client.cookies


def test_reading_the_page_stores_nothing(visitor):
    visitor.opens(PAGE).opens(ERASE)
    assert (Subject.objects.count(), DataRequest.objects.count()) == (0, 0)


def test_device_reads_what_it_told_with_its_source(told):
    text = told.opens(PAGE).text
    assert "linen" in text
    assert "You answered this in your preferences." in text
    assert "What is kept encrypted about you" in text


def test_page_heads_columns_by_what_they_are_about(told):
    table = told.opens(PAGE).page.find(attrs={"aria-label": "Your choices as they stand"})
    assert [head.get_text() for head in table.find_all("th")] == ["Purpose", "Site", "Choice"]


def test_file_holds_facts_records_choices_and_groups_with_their_sources(told):
    published_segment("Linen lovers", [("stated.fabric", "any_of", ["linen"])], benefit="Linen.")
    document = file_of(told)
    fact = next(fact for fact in document["facts"] if fact["key"] == "stated.fabric")
    assert (fact["value"], fact["purpose"]) == (["linen"], "What you tell us")
    assert fact["source"]
    assert document["records"][0]["content"]["fabric"]["values"] == ["linen"]
    assert document["segments"] == [
        {"name": "Linen lovers", "benefit": "Linen.", "rests_on": [fact["label"]]}
    ]
    tables = {table["table"]: table["rows"] for table in document["tables"]}
    event = tables["ethical_personalization.ConsentEvent"][0]
    assert (event["status"], event["notice__words"]) == ("given", {"text": "A test."})


def test_what_is_not_allowed_is_named_and_not_read(told):
    facts = {fact["key"]: fact for fact in file_of(told)["facts"]}
    assert facts["orders.count"]["not_known_because"] == "not_permitted"
    assert facts["orders.count"]["value"] is None


def assert_tells_of_all(asking, holdings):
    """Her file has every column of every table that is told, and her page names each of them."""
    tables = {table["table"]: set(table["rows"][0]) for table in file_of(asking)["tables"]}
    told = {holding.model: set(holding.told) for holding in holdings}
    assert {model: tables.get(model) for model in told} == told
    text = asking.opens(PAGE).text
    assert [str(each.title) for each in holdings if str(each.title) not in text] == []


def test_file_and_page_of_an_account_hold_every_table_of_the_inventory(owner, user):
    for holding in OF_ACCOUNT:
        a_row_at(holding.model_class, holding.of_account, user.pk)
    assert_tells_of_all(owner, OF_ACCOUNT)


@pytest.mark.parametrize("whose", ["told", "told_by_account"])
def test_file_and_page_hold_every_table_of_a_subject(whose, request):
    asking = request.getfixturevalue(whose)
    subject = Subject.objects.get()
    for holding in OF_SUBJECT:
        if not holding.rows(Person(subject_id=subject.pk)).exists():
            a_row_at(holding.model_class, holding.of_subject, subject.pk)
    assert_tells_of_all(asking, OF_SUBJECT)


def test_device_does_not_read_what_belongs_to_another_subject(told):
    mine = Subject.objects.get()
    consent_given(Client(), answers={"fabric": ["tulle"]})
    other = Subject.objects.exclude(pk=mine.pk).get()
    assert str(mine.pk) in str(file_of(told))
    assert str(other.pk) not in str(file_of(told))
    assert "tulle" not in str(file_of(told)["records"])


def test_file_and_page_of_a_device_hold_its_basket(visitor):
    basket = a_row(Basket, owner=None, status="Open")
    for holding in OF_BASKET:
        if not holding.rows(Person(basket_id=basket.pk)).exists():
            a_row_at(holding.model_class, holding.of_basket, basket.pk)
    visitor.client.cookies["oscar_open_basket"] = Signer().sign(basket.pk)
    assert_tells_of_all(visitor, OF_BASKET)


def test_basket_that_no_signed_cookie_leads_to_is_not_shown(visitor):
    basket = a_row(Basket, owner=None, status="Open")
    visitor.client.cookies["oscar_open_basket"] = f"{basket.pk}:forged"
    assert file_of(visitor)["tables"] == []


def test_file_and_page_of_a_device_hold_the_products_in_oscars_cookie(visitor):
    product = a_row(Product, title="Linen dress")
    consent_given(visitor.client, "browsing")
    visitor.client.cookies["oscar_history"] = f"[{product.pk}]"
    assert file_of(visitor)["device"]["viewed"] == ["Linen dress"]
    assert "Linen dress" in visitor.opens(PAGE).text


@pytest.mark.parametrize("sent", ["{}", "nonsense", '["x", null, -1, 99999999999999999999, true]'])
def test_cookie_of_oscar_that_is_none_shows_nothing(visitor, sent):
    visitor.client.cookies["oscar_history"] = sent
    assert file_of(visitor)["device"]["viewed"] == []


def test_account_does_not_read_what_belongs_to_another(owner, django_user_model):
    other = django_user_model.objects.create_user("eve", "eve@example.com", "eve-pass-1")
    for holding in OF_ACCOUNT:
        a_row_at(holding.model_class, holding.of_account, other.pk)
    assert "eve@example.com" not in str(file_of(owner))


def test_account_does_not_read_orders_of_guests_with_its_address(owner, user):
    order = next(holding for holding in HOLDINGS if holding.model == "order.Order")
    a_row_at(order.model_class, order.of_guest, user.email)
    assert "order.Order" not in {table["table"] for table in file_of(owner)["tables"]}


def test_record_that_no_key_opens_is_named_all_the_same(told):
    SealedRecord.objects.update(ciphertext=b"x" * 40)
    assert file_of(told)["records"][0]["content"] is None
    assert "It can’t be opened at the moment." in told.opens(PAGE).text


def test_file_that_no_browser_vouches_for_is_asked_for_once_more(told):
    response = told.client.post(FILE, {"do": "download"}, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 409
    assert "application/json" not in response["Content-Type"]


def test_file_is_counted_as_an_answered_request_without_saying_whose(told):
    told.opens(PAGE).presses("Download my data")
    request = DataRequest.objects.get()
    assert (request.kind, request.channel, request.reference) == ("access", "page", "")
    assert request.done_on == timezone.localdate()


def test_files_can_not_be_fetched_without_end(told):
    codes = {told.opens(PAGE).presses("Download my data").response.status_code for _ in range(11)}
    assert codes == {200, 429}
    assert WINDOW_SECONDS <= 600


def test_page_and_file_are_kept_by_no_cache(told):
    for response in (told.client.get(PAGE), told.client.get(ERASE)):
        assert "no-store" in response["Cache-Control"]


def test_one_confirmation_stops_the_use_with_the_next_response(told):
    told.opens(ERASE).presses("Erase my data").follows()
    assert "Nothing about you is used from now on." in told.text
    facts = {fact["key"]: fact for fact in file_of(told)["facts"]}
    assert facts["stated.fabric"]["not_known_because"] == "not_permitted"
    assert "linen" not in told.opens("/preferences/").page.find(id="known").get_text()


def test_undo_gives_everything_back(told):
    told.opens(ERASE).presses("Erase my data").follows()
    told.presses("Undo the erasure").follows()
    assert "Undone." in told.text
    assert "linen" in told.opens("/preferences/").page.find(id="known").get_text()


def test_device_carries_the_way_back_only_as_long_as_there_is_one(told):
    told.opens(ERASE).presses("Erase my data")
    assert told.client.cookies["ep_choices"]["max-age"] == timedelta(days=7).total_seconds()


def test_device_reads_nothing_once_it_is_erased(told):
    told.opens(ERASE).presses("Erase my data")
    finish_erasure(Erasure.objects.get().pk, now=timezone.now())
    assert "We keep nothing about you." in told.opens(PAGE).text
    assert file_of(told)["tables"] == []


def test_new_choice_of_the_device_begins_anew_and_ends_the_way_back(told):
    told.opens(ERASE).presses("Erase my data").follows()
    assert "as long as you make no new choice" in told.text
    told.opens("/preferences/").presses("Refuse all")
    assert "Undo the erasure" not in told.opens(PAGE).text
    assert Erasure.objects.exists()


def test_another_device_can_not_undo(told):
    told.opens(ERASE).presses("Erase my data")
    body = {"do": "undo"}
    response = Client().post("/preferences/your-data/undo/", body, headers=SAME_ORIGIN)
    assert response.status_code == 400
    assert Erasure.objects.exists()


def test_account_and_its_device_are_erased_together(owner, user, question):
    consent_given(owner.client, answers={"fabric": ["wool"]})
    owner.opens(ERASE).presses("Erase my data").follows()
    assert "Undo the erasure" in owner.text
    assert Subject.objects.get().user is None
    assert Erasure.objects.get().user == user


def test_page_says_what_stays_and_why(owner, user):
    for holding in OF_ACCOUNT:
        a_row_at(holding.model_class, holding.of_account, user.pk)
    text = owner.opens(ERASE).text
    assert "The law obliges a shop to keep orders and invoices" in text
    assert "Your orders" in text
    assert "Your address book" in text
    assert "Delete your account" in text


def test_account_without_any_yes_is_erased_from_the_lists_it_is_on(owner, user):
    segment = published_segment("List")
    segment.static_users.add(user)
    owner.opens(ERASE).presses("Erase my data").follows()
    finish_erasure(Erasure.objects.get().pk, now=timezone.now())
    assert not segment.static_users.exists()
    user.refresh_from_db()


def test_erasing_takes_what_was_left_in_the_session(owner):
    session = owner.client.session
    session["visit_count"] = [{"slug": "home", "path": "/"}]
    session.save()
    assert "visit_count" in str(file_of(owner)["session"])
    owner.opens(ERASE).presses("Erase my data")
    assert "visit_count" not in owner.client.session


@pytest.mark.parametrize("path", ["erase/confirm/", "undo/"])
def test_form_from_elsewhere_is_asked_once_more_and_then_obeyed(told, path):
    elsewhere = Visitor(told.client, headers={"sec-fetch-site": "cross-site"})
    if path == "undo/":
        told.opens(ERASE).presses("Erase my data")
    response = elsewhere.client.post(PAGE + path, {"do": "x"}, headers=elsewhere.headers)
    before = Erasure.objects.count()
    assert response.status_code == 409
    elsewhere._reads(response).presses(elsewhere._reads(response).page.h1.get_text())
    assert Erasure.objects.count() == 1 - before


@pytest.mark.parametrize("path", ["download/", "erase/confirm/", "undo/"])
@pytest.mark.parametrize("do", ["", "x", "confirm\0", "-1"])
def test_form_that_no_page_of_ours_sends_does_nothing(told, path, do):
    response = told.client.post(PAGE + path, {"do": do}, headers=SAME_ORIGIN)
    assert response.status_code == 400
    assert not DataRequest.objects.exists()


def test_nobody_has_nothing_to_erase(visitor):
    response = visitor.client.post(ERASE + "confirm/", {"do": "confirm"}, headers=SAME_ORIGIN)
    assert response.status_code == 400
    assert not DataRequest.objects.exists()


def test_deleting_the_account_on_oscars_page_erases_at_once(owner, user, question):
    consent_given(owner.client, answers={"fabric": ["wool"]})
    owner.opens("/shop/accounts/profile/delete/")
    form = {
        "password": "demo-pass-1",
        "csrfmiddlewaretoken": owner.page.find("input", {"name": "csrfmiddlewaretoken"})["value"],
    }
    assert owner.client.post("/shop/accounts/profile/delete/", form).status_code == 302
    assert not SealedRecord.objects.exists()
    assert Subject.objects.get().closed_at is not None


def test_center_leads_to_the_data(visitor):
    links = [link["href"] for link in visitor.opens().page.select("#data a")]
    assert links == [PAGE, ERASE]
