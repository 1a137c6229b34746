"""Global Privacy Control and the CCPA regulations: what a browser's header changes."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from ethical_personalization.core.consent import Choice, Consent, ConsentStatus, Narrowing, Terms
from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.models import ConsentEvent, Purpose
from ethical_personalization.shopper.gpc import sends_gpc
from ethical_personalization.testing import consent_given, published_segment
from tests.core.strategies import NOW
from tests.preferences.visitor import SAME_ORIGIN

pytestmark = pytest.mark.django_db
GPC = {"sec-gpc": "1"}
CONSENT, INTEREST, CONTRACT = LawfulBasis.CONSENT, LawfulBasis.LEGITIMATE_INTEREST, "contract"


@pytest.fixture
def romantic(home, question):
    """A placement of the home page that fits who likes wool."""
    return published_segment(
        "Wool", [("stated.fabric", "any_of", ["wool"])], placements=["home-welcome"]
    )


@pytest.mark.parametrize("value", ["1", "1, 1", "0, 1", "0,1", " 1 ", "true, 1"])
def test_gpc_any_value_of_exactly_one_counts(value):
    assert sends_gpc(RequestFactory().get("/", headers={"sec-gpc": value}))


@pytest.mark.parametrize("value", ["", "0", "01", "1.0", "true", '"1"', "11", "1;q=1", "١", "yes"])
def test_gpc_anything_else_does_not_count(value):
    assert not sends_gpc(RequestFactory().get("/", headers={"sec-gpc": value}))


@pytest.mark.parametrize("honours_gpc", [True, False])
@pytest.mark.parametrize("sends", [True, False])
@pytest.mark.parametrize("said", ["nothing", "yes", "yes despite it", "no"])
@pytest.mark.parametrize("basis", list(LawfulBasis))
def test_gpc_is_honoured_by_policy_unless_she_allowed_it_all_the_same(
    basis, said, sends, honours_gpc
):
    terms = Terms(purpose="p", version=1, basis=basis, honours_gpc=honours_gpc)
    without = {
        CONSENT: said.startswith("yes"),
        INTEREST: said != "no",
        LawfulBasis.CONTRACT: True,
    }[basis]
    is_overruled = sends and honours_gpc and basis != CONTRACT and said != "yes despite it"
    held = Consent(terms={"p": terms}, choices=_said(said), narrowing=Narrowing(sends_gpc=sends))
    assert held.permission("p", now=NOW).is_given is (without and not is_overruled)


def _said(said):
    if said == "nothing":
        return {}
    status = ConsentStatus.OBJECTED if said == "no" else ConsentStatus.GIVEN
    despite = said == "yes despite it"
    return {"p": Choice(purpose="p", status=status, version=1, at=NOW, despite_gpc=despite)}


def test_gpc_is_honoured_per_request_and_never_stored(visitor, romantic):
    consent_given(visitor.client, answers={"fabric": ["wool"]})
    assert "Why am I seeing this?" in visitor.opens("/").text
    before, cookie = ConsentEvent.objects.count(), visitor.cookie
    response = visitor.client.get("/", headers=GPC)
    assert "Why am I seeing this?" not in response.text
    assert (ConsentEvent.objects.count(), visitor.cookie) == (before, cookie)
    assert "Why am I seeing this?" in visitor.opens("/").text


def test_gpc_page_that_it_changes_is_kept_by_no_cache(visitor, romantic):
    consent_given(visitor.client, answers={"fabric": ["wool"]})
    for headers in ({}, GPC):
        response = visitor.client.get("/", headers=headers)
        assert "private" in response["Cache-Control"]
        assert "no-store" in response["Cache-Control"]
        assert "Sec-GPC" not in response["Vary"]


def test_gpc_page_of_a_stranger_is_the_same_with_it_to_the_last_byte(client, romantic):
    pages = [client.get("/", headers=headers) for headers in ({}, GPC)]
    assert pages[0].content == pages[1].content
    assert pages[0].headers == pages[1].headers


def test_gpc_explicit_later_yes_wins(visitor, romantic):
    consent_given(visitor.client, answers={"fabric": ["wool"]})
    visitor.client.defaults["HTTP_SEC_GPC"] = "1"
    card = visitor.opens().page.find(id="choice-stated")
    assert "You said yes on" in card.get_text()
    assert "Off in this browser" in card.get_text()
    visitor.presses("Save my choices", ticks=[("choice-stated", "yes")])
    assert ConsentEvent.objects.last().despite_gpc
    assert "Why am I seeing this?" in visitor.opens("/").text


def test_gpc_yes_of_the_banner_in_that_browser_wins(visitor, home):
    visitor.client.defaults["HTTP_SEC_GPC"] = "1"
    visitor.opens("/").presses("Accept all")
    assert ConsentEvent.objects.filter(despite_gpc=True).count() == 4
    assert "ep-status--on" in visitor.opens().page.find(id="choice-stated").decode()


def test_gpc_policy_of_a_purpose_is_the_editors(visitor, romantic):
    Purpose.objects.filter(key="stated").update(honours_gpc=False)
    consent_given(visitor.client, answers={"fabric": ["wool"]})
    assert "Why am I seeing this?" in visitor.client.get("/", headers=GPC).text


def test_gpc_is_told_in_the_preference_center_which_alone_varies_on_it(visitor):
    plain = visitor.opens()
    assert plain.page.find(id="gpc") is None
    assert "Sec-GPC" in plain.response["Vary"]
    visitor.client.defaults["HTTP_SEC_GPC"] = "1"
    assert "we honour it" in visitor.opens().page.find(id="gpc").get_text()


def test_ccpa_7025_c_6_message_that_it_is_honoured_needs_no_click(client, home):
    page = client.get("/").text
    assert '<ep-gpc class="ep-gpc" hidden>' in page
    assert "we honour it" in page
    assert "ep-gpc.js" in page


def test_ccpa_7025_c_6_message_names_what_is_honoured_where_not_all_is(client, home):
    Purpose.objects.filter(key="orders").update(honours_gpc=False)
    note = client.get("/").text.partition("<ep-gpc")[2].partition("</ep-gpc>")[0]
    assert "What you tell us · What you look at" in note
    assert "What you bought" not in note


def test_ccpa_7025_c_6_message_is_not_there_where_nothing_honours_it(client, home):
    Purpose.objects.update(honours_gpc=False)
    assert "<ep-gpc" not in client.get("/").text


def test_gpc_statement_is_at_its_well_known_address(client):
    response = client.get("/.well-known/gpc.json")
    assert response["Content-Type"] == "application/json"
    assert response.json() == {"gpc": True, "lastUpdate": "2026-11-24"}
    assert not response.cookies


def test_gpc_statement_says_so_where_nothing_honours_it(client):
    Purpose.objects.update(honours_gpc=False)
    assert client.get("/.well-known/gpc.json").json()["gpc"] is False


def test_gpc_statement_takes_no_other_method(client):
    assert client.post("/.well-known/gpc.json").status_code == 405


def test_gpc_refusal_stays_a_refusal(client):
    body = {"where": "center", "answer": "none"}
    client.post(reverse("ethical_personalization:choices"), body, headers=SAME_ORIGIN | GPC)
    assert not ConsentEvent.objects.exists()
    assert client.cookies["ep_choices"].value.startswith("r.")
