"""Rows on the screens of consent and rights that their markup shows."""

from copy import copy
from urllib.parse import urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse

from ethical_personalization.testing import consent_given
from tests.databases import module_transaction, once_per_module
from tests.personalization import conftest as shop
from tests.preferences.visitor import Visitor
from tests.security.ours import links_of
from tests.standards import conftest
from tests.test_translations import english_of_ours

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "question", "pages")]
db = module_transaction
purposes, home = map(once_per_module, (conftest.purposes, conftest.home))
user, question = map(once_per_module, (conftest.user, conftest.question))
catalogue = once_per_module(shop.catalogue)
LANGUAGES = ["en", "de", "fr"]
GUESTS = "/preferences/your-data/guests/"
BY_FORM = ["/preferences/your-data/", "/preferences/your-data/erase/", GUESTS]


def stranger(user):
    return Visitor()


def shopper(user):
    visitor = Visitor()
    consent_given(visitor.client, "stated", "orders", answers={"fabric": ["wool"]})
    return visitor


def customer(user):
    visitor = Visitor()
    visitor.client.force_login(user)
    consent_given(visitor.client, "orders", answers={"fabric": ["wool"]})
    return visitor


WHO = [stranger, shopper, customer]


def screens(visitor):
    """Every screen of ours that a browser reaches by links, and one with the banner, by address."""
    found, waiting = {}, ["/", "/preferences/", GUESTS]
    while waiting:
        path = waiting.pop(0)
        if path not in found:
            response = visitor.client.get(path)
            found[path] = BeautifulSoup(response.content, "html.parser")
            waiting += [] if path == "/" else links_of(response)
    return {path: page for path, page in found.items() if page.select(".ep-page, ep-consent")}


@pytest.fixture(scope="module", params=WHO, ids=lambda who: who.__name__)
def visits(request, user, home, question):
    """One of them, with her screens in each language, opened once."""
    visitor = request.param(user)
    visitor.screens = {}
    for language in LANGUAGES:
        visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        visitor.screens[language] = screens(visitor)
    visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return visitor


def ours(page):
    return page.select(".ep-page, ep-consent, ep-why, .ep-preferences-link")


def test_edpb_03_2022_obstructing_no_link_on_a_screen_of_ours_is_dead(visits):
    targets = {}
    for path, page in visits.screens["en"].items():
        for link in [link for part in ours(page) for link in part.select("a[href]")]:
            address, anchor = urldefrag(urljoin(path, link["href"]))
            targets.setdefault(address, set()).add(anchor)
    assert len(targets) >= 4
    for address, anchors in targets.items():
        response = visits.client.get(address, follow=True)
        assert response.status_code == 200, address
        page = BeautifulSoup(response.content, "html.parser")
        assert not [a for a in anchors if a and page.find(id=a) is None], address


def test_edpb_03_2022_overloading_every_choice_is_made_on_one_screen(visits):
    (center,) = [page for path, page in visits.screens["en"].items() if path == "/preferences/"]
    offered = {field["name"] for field in center.select("#choices input[type=radio]")}
    assert offered >= {"choice-stated", "choice-orders", "choice-browsing", "choice-context"}
    assert len(center.select("#choices form")) == 1


@pytest.mark.parametrize("answer", ["Accept all", "Refuse all"])
def test_edpb_03_2022_stirring_yes_and_no_are_answered_in_the_same_words(visitor, home, answer):
    visitor.opens("/").presses(answer).follows()
    assert " ".join(visitor.page.select_one("ep-consent").get_text().split()) == (
        "Your choices are saved. They hold from now on. Your preferences"
    )


def test_edpb_03_2022_fickle_banner_and_center_name_the_same_purposes_in_the_same_order(
    visitor, home
):
    asked = [t.get_text() for t in visitor.opens("/").page.select("ep-consent .ep-purpose__title")]
    listed = [t.get_text() for t in visitor.opens().page.select("#choices .ep-choice__title")]
    assert asked == [title for title in listed if title in asked]
    assert len(asked) == 4


def test_edpb_03_2022_fickle_yes_stands_before_no_on_every_screen(visitor, home):
    for path, form in (("/", "ep-consent form"), ("/preferences/", "#choices form")):
        buttons = visitor.opens(path).page.select(f"{form} button[name=answer]")
        values = [each["value"] for each in buttons if each["value"] in ("all", "none")]
        assert values == ["all", "none"]


def test_edpb_03_2022_fickle_headings_leave_no_level_out(visits):
    for path, page in visits.screens["en"].items():
        if path == "/":
            continue
        levels = [int(each.name[1]) for each in page.select_one(".ep-page").select("h1, h2, h3")]
        assert levels[0] == 1, path
        pairs = zip(levels, levels[1:], strict=False)
        assert all(after <= before + 1 for before, after in pairs), path


@pytest.mark.parametrize("language", ["de", "fr"])
def test_edpb_03_2022_left_in_the_dark_no_screen_mixes_two_languages(visits, language):
    for path, opened in visits.screens[language].items():
        page = copy(opened)
        for own in page.select("[lang]:not(html)"):
            own.decompose()
        assert english_of_ours(str(page)) == set(), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_wcag_3_1_1_screens_name_their_language(visits, language):
    assert {page.html["lang"] for page in visits.screens[language].values()} == {language}


@pytest.fixture(scope="module")
def pages(home, catalogue):
    """A page of each kind that a shopper meets on her way to an order, by address."""
    visitor = Visitor()
    product = catalogue("Coat").get_absolute_url()
    visitor.opens(product).presses("Add to basket", ticks=[("quantity", "1")])
    names = ("catalogue:index", "search:search", "basket:summary", "customer:login")
    paths = ["/", "/nowhere/", product, *map(reverse, names), *BY_FORM, "/preferences/"]
    answers = [visitor.client.get(path) for path in paths]
    answers.append(visitor.client.get(reverse("checkout:index"), follow=True))
    assert answers[-1].request["PATH_INFO"].startswith("/shop/checkout/")
    return {
        answer.request["PATH_INFO"]: BeautifulSoup(answer.content, "html.parser")
        for answer in answers
    }


def test_cookie_banner_taskforce_32_way_back_stands_on_every_page(pages):
    for path, page in pages.items():
        (link,) = page.select("footer a.ep-preferences-link")
        assert link["href"] == "/preferences/", path
        assert link.get_text() == "Your preferences"


def test_wcag_3_2_6_way_to_the_preferences_is_at_the_same_place_on_every_page(pages):
    linked = [page.select("footer a") for page in pages.values()]
    classes = [[link.get("class", []) for link in links] for links in linked]
    assert {found.index(["ep-preferences-link"]) for found in classes} == {8}


def test_wcag_3_3_2_every_control_has_a_label_and_every_group_a_name(visits):
    for path, page in visits.screens["en"].items():
        for control in page.select(":is(.ep-page, ep-consent) :is(input, select)"):
            if control.get("type") == "hidden":
                continue
            label = control.find_parent("label") or page.find("label", {"for": control.get("id")})
            assert label.get_text(strip=True), (path, control)
            if control.get("type") == "radio":
                assert control.find_parent("fieldset").legend.get_text(strip=True), path


def test_wcag_3_3_8_no_screen_asks_for_more_than_an_address(visits):
    """Nothing to remember and no puzzle: not for a choice, and not for a right."""
    asked = set()
    for page in visits.screens["en"].values():
        fields = page.select(":is(.ep-page, ep-consent) input:not([type=hidden])")
        asked |= {(field["type"], field.get("autocomplete")) for field in fields}
        assert not page.select(".ep-page :is(img, canvas, iframe)")
    assert asked <= {("radio", None), ("checkbox", None), ("email", "email")}
    assert ("email", "email") in asked
