"""The preference center in every state of a shopper."""

import re

import pytest
from wagtail.models import Site

from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.purposes import LawfulBasis, PurposeDeclaration
from ethical_personalization.models import AgeLimit, ConsentEvent, Purpose, SealedRecord
from ethical_personalization.models.purposes import create_declared
from ethical_personalization.testing import consent_given, consent_refused, registered

from .visitor import SAME_ORIGIN, Visitor

pytestmark = pytest.mark.django_db
KEYS = {"stated", "orders", "browsing", "context"}


def test_opening_it_leaves_nothing_behind_for_who_never_answered(visitor):
    visitor.opens()
    assert visitor.response.status_code == 200
    assert not visitor.client.cookies
    assert visitor.response["Cache-Control"] == "private, no-store"
    assert not ConsentEvent.objects.exists()


def test_every_optional_input_starts_unchecked(visitor):
    visitor.opens()
    assert len(visitor.page.select("#choices input[type=radio]")) == 8
    assert not visitor.page.select("input[checked]")


def test_each_offered_purpose_says_what_for_with_what_and_how_long(visitor):
    visitor.opens()
    for key in KEYS:
        card = visitor.page.find(id=f"choice-{key}")
        words = Purpose.objects.get(key=key)
        for part in ("title", "benefit", "data"):
            assert words.words(part) in card.get_text()
        assert "Your yes holds for" in card.get_text()
        assert "You have not answered yet." in card.get_text()


def test_answers_are_told_in_words_and_checked(visitor):
    consent_given(visitor.client, "stated")
    visitor.opens().presses("Save my choices", ticks=[("choice-orders", "no")]).follows()
    checked = {
        (field["name"], field["value"]) for field in visitor.page.select("#choices input[checked]")
    }
    assert checked == {("choice-stated", "yes"), ("choice-orders", "no")}
    assert re.search(r"On since \d", visitor.page.find(id="choice-stated").get_text())
    assert re.search(r"You refused on \d", visitor.page.find(id="choice-orders").get_text())


def test_refusals_of_a_device_are_told_to_stay_there(visitor):
    consent_refused(visitor.client, *KEYS)
    visitor.opens()
    assert "kept on this device only, without an id" in visitor.text
    assert len(visitor.page.select("#choices input[value=no][checked]")) == 4


def test_purpose_that_changed_materially_is_neither_on_nor_checked(visitor):
    consent_given(visitor.client, "stated")
    purpose = Purpose.objects.get(key="stated")
    purpose.recipients = "A parcel service"
    purpose.save()
    card = visitor.opens().page.find(id="choice-stated")
    assert "The terms have changed since your yes" in card.get_text()
    assert "Also goes to: A parcel service." in card.get_text()
    assert not card.select("input[checked]")


def test_refusal_here_that_narrows_the_account_is_said(visitor, user):
    visitor.client.force_login(user)
    consent_given(visitor.client, "stated")
    phone = Visitor()
    consent_refused(phone.client, "stated")
    visitor.client.cookies["ep_choices"] = phone.cookie
    card = visitor.opens().page.find(id="choice-stated")
    assert "on this device it is off because you refused it here" in card.get_text()


def test_what_is_not_allowed_is_named_and_not_read(visitor):
    def forbidden(source):
        raise AssertionError("read without permission")

    fact = _fact("orders.secret", "orders", forbidden)
    consent_given(visitor.client, "stated")
    with registered(fact):
        visitor.opens()
    assert "Your secret" in visitor.page.find(id="known").get_text()


def test_known_fact_shows_value_source_date_and_the_anchor_that_reasons_lead_to(visitor):
    consent_given(visitor.client, "orders")
    with registered(_fact("orders.secret", "orders", lambda source: frozenset({"velvet"}))):
        row = visitor.opens().page.find(id="secrets")
    assert "velvet" in row.get_text()
    assert "From the test." in row.get_text()


def test_fact_that_can_not_be_read_is_said_to_be_unused(visitor):
    consent_given(visitor.client, "orders")
    with registered(_fact("orders.secret", "orders", lambda source: 1 / 0)):
        visitor.opens()
    assert visitor.response.status_code == 200
    assert "Can’t be read at the moment" in visitor.page.find(id="secrets").get_text()


def test_instructions_that_can_not_be_opened_leave_a_page_on_which_nothing_is_known(visitor):
    subject = consent_given(visitor.client, "orders")
    SealedRecord.objects.create(subject=subject, name="instructions", ciphertext=b"x" * 40)
    visitor.opens()
    assert visitor.response.status_code == 200
    assert "Can’t be read at the moment" in visitor.text


def test_history_is_newest_first_with_the_words_of_then(visitor):
    visitor.opens().presses("Allow all").follows().presses("Refuse all").follows()
    first, second = visitor.page.select("#history > ol > li")
    assert "taken back" in first.get_text()
    assert "What you tell us: allowed" in " ".join(second.get_text().split())
    assert "The shop is complete without it" in second.find("details").get_text()
    assert "preference center" in second.get_text()


def test_history_costs_the_same_number_of_queries_however_long(
    visitor, django_assert_max_num_queries
):
    visitor.opens().presses("Allow all").follows()
    with django_assert_max_num_queries(50) as captured:
        visitor.opens()
        few = len(captured)
    for _ in range(3):
        visitor.presses("Refuse all").follows().presses("Allow all").follows()
    with django_assert_max_num_queries(few):
        visitor.opens()


def test_purpose_of_the_contract_is_explained_without_a_choice(visitor):
    delivery = _purpose("delivery", LawfulBasis.CONTRACT)
    with registered(delivery):
        create_declared([delivery])
        visitor.opens()
    assert "What your orders need" in visitor.text
    assert not visitor.page.find("input", {"name": "choice-delivery"})


def test_pause_of_who_is_not_known_is_not_offered(visitor):
    assert visitor.opens().page.find(id="pause") is None
    response = visitor.client.post("/preferences/pause/", {"pause": "on"}, headers=SAME_ORIGIN)
    assert response.status_code == 400


def test_answers_are_not_asked_for_while_everything_is_paused(visitor, question):
    consent_given(visitor.client, answers={"fabric": ["wool"]})
    visitor.opens().presses("Until I say so").follows()
    assert visitor.page.find(id="likes") is None
    body = {"save": "save", "question": "fabric", "likes-fabric": "silk"}
    response = visitor.client.post("/preferences/likes/", body, headers=SAME_ORIGIN)
    assert "because you paused everything" in response.text


def test_age_of_the_site_is_the_one_that_is_asked_about(visitor):
    AgeLimit.objects.create(site=Site.objects.get(is_default_site=True), age=14)
    assert "If you are under 14" in visitor.opens().text
    visitor.presses("I am under 14").follows()
    assert "I am 14 or older" in visitor.text


def test_history_tells_pauses_among_the_choices(visitor):
    visitor.opens().presses("Allow all").follows().presses("Until I say so").follows()
    newest = visitor.page.select_one("#history li")
    assert "Everything: paused" in " ".join(newest.get_text().split())


def test_message_in_the_address_is_one_of_ours_or_nothing(visitor):
    visitor.opens("/preferences/?ep-saved=choices")
    assert visitor.page.select_one(".ep-note").get_text().startswith("Your choices are saved.")
    visitor.opens("/preferences/?ep-saved=<b>you+won</b>")
    assert visitor.page.select_one(".ep-note") is None
    assert "you won" not in visitor.text


def test_buttons_of_yes_and_no_are_of_one_kind(visitor):
    visitor.opens()
    buttons = visitor.page.select(".ep-buttons--choices > *")
    assert [button.name for button in buttons] == ["button"] * 3
    assert {tuple(button["class"]) for button in buttons} == {("ep-button",)}


def test_ids_on_the_page_are_unique(visitor, question):
    visitor.opens().presses("Allow all").follows()
    ids = [element["id"] for element in visitor.page.select(".ep-page [id]")]
    assert len(ids) == len(set(ids))
    assert {"choices", "likes", "likes-fabric", "known", "basket", "history"} <= set(ids)


@pytest.mark.parametrize("cookie", ["s." + "0" * 32, "x" * 2000, "r.1.stated:forged", "\xe9", ""])
def test_foreign_cookie_counts_as_none(visitor, cookie):
    visitor.client.cookies["ep_choices"] = cookie
    visitor.opens()
    assert visitor.response.status_code == 200
    assert not visitor.page.select("input[checked]")


def _fact(key, purpose, reader):
    return Fact(
        key=key,
        label="Your secret",
        kind=FactKind.SET,
        purpose=purpose,
        data_category="Purchase",
        source="From the test.",
        reader=reader,
        sentence=lambda evidence, values: values,
        change_at="secrets",
    )


def _purpose(key, basis):
    return PurposeDeclaration(
        key=key,
        title=key.title(),
        benefit="Your parcel arrives.",
        data="Your address.",
        data_categories=("PhysicalAddress",),
        sources=("checkout",),
        retention=Purpose.objects.get(key="stated").retention,
        basis=basis,
    )
