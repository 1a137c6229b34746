"""Rows on consent itself: its proof, what asks again, and that nothing hangs on it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.core.registry import purposes as declared
from ethical_personalization.models import ConsentEvent, PurposeVersion
from ethical_personalization.models.published import drop_published
from ethical_personalization.models.purposes import create_declared
from ethical_personalization.testing import consent_given, registered
from tests.personalization.conftest import catalogue
from tests.preferences.visitor import Visitor

__all__ = ["catalogue"]
pytestmark = pytest.mark.django_db
FOREIGN = {"sec-fetch-site": "cross-site"}


def on_the_banner(visitor, user):
    visitor.opens("/").presses("Accept all")
    return "Accept all"


def in_the_center(visitor, user):
    visitor.opens().presses("Save my choices", ticks=[("choice-orders", "yes")])
    return "Save my choices"


def with_an_answer(visitor, user):
    visitor.opens().presses("Allow and save", ticks=[("likes-fabric", "wool")])
    return "Allow and save"


def by_confirming(visitor, user):
    visitor.opens().presses("Allow all", headers=FOREIGN).presses("Save these choices")
    return "Save these choices"


def for_the_account(visitor, user):
    consent_given(visitor.client, "stated")
    visitor.client.force_login(user)
    visitor.opens().presses("Yes, for my account")
    return "Yes, for my account"


WAYS = [on_the_banner, in_the_center, with_an_answer, by_confirming, for_the_account]


@pytest.mark.parametrize("says_yes", WAYS)
def test_gdpr_7_1_proof_of_every_way_to_say_yes_holds_the_screen(
    visitor, user, home, question, says_yes
):
    pressed = says_yes(visitor, user)
    event = ConsentEvent.objects.latest("pk")
    screen = BeautifulSoup(event.notice.screen, "html.parser")
    title = str(event.purpose_version.purpose)
    assert event.status == "given"
    assert pressed in [button.get_text(strip=True) for button in screen.select("button")]
    assert title in screen.get_text()
    assert ".ep-button" in event.notice.style
    assert (event.language, event.notice.language) == ("en", "en")
    assert event.method in ("banner", "preference_center")


def released(change):
    """The next release of the shop, whose code declares *what you tell us* otherwise."""
    later = replace(declared.get("stated"), **change)
    drop_published()  # a worker renews after a response, but not inside a test's transaction
    return later, registered(later)


def asked_again(visitor, change):
    later, release = released(change)
    with release:
        create_declared([later])
        drop_published()
        form = visitor.opens("/").page.select_one("ep-consent form")
    return None if form is None else [t.get_text() for t in form.select(".ep-purpose__title")]


@pytest.fixture
def allowed(visitor, home):
    return visitor.opens("/").presses("Accept all")


@pytest.mark.parametrize(
    "change",
    [
        {"data_categories": ("Preference", "Size")},
        {"sources": ("preference center", "a survey")},
        {"retention": timedelta(days=1000)},
        {"recipients": ("Parcel Ltd",)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_edpb_05_2020_110_other_terms_of_a_release_ask_again_on_that_alone(allowed, change):
    assert asked_again(allowed, change) == ["What you tell us"]


def test_edpb_05_2020_110_other_basis_starts_a_version(allowed):
    before = PurposeVersion.objects.count()
    asked_again(allowed, {"basis": LawfulBasis.LEGITIMATE_INTEREST})
    assert PurposeVersion.objects.count() == before + 1


@pytest.mark.parametrize("words", ["title", "benefit", "data"])
def test_edpb_05_2020_111_other_words_of_a_release_ask_nobody(allowed, words):
    before = PurposeVersion.objects.count()
    assert asked_again(allowed, {words: "Ganz andere Wörter."}) is None
    assert PurposeVersion.objects.count() == before


@pytest.mark.parametrize("answer", ["Accept all", "Refuse all"])
def test_gdpr_7_4_price_of_who_refuses_is_that_of_who_allows(home, catalogue, answer):
    product = catalogue("Coat")
    stranger, visitor = Visitor(), Visitor()
    visitor.opens("/").presses(answer)
    prices = [
        browser.opens(product.get_absolute_url()).page.select_one(".price, .price_color").get_text()
        for browser in (stranger, visitor)
    ]
    assert prices[0] == prices[1]
    assert "10" in prices[0]
