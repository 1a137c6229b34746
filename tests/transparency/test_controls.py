"""The controls in the widget: about what the reason rests on, and honest about what remains."""

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.timezone import localdate

from ethical_personalization.core.decisions import Decision
from ethical_personalization.core.placements import Placement
from ethical_personalization.core.ranking import RankedItem
from ethical_personalization.personalization.recommendations import recommend
from ethical_personalization.shopper.vault import seal_record
from ethical_personalization.testing import consent_given, published_segment, registered
from ethical_personalization.transparency.controls import item_controls
from tests.personalization.conftest import catalogue  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
HERO = Placement(key="hero", title="Hero")
TAG = (
    '{% load ethical_personalization %}{% personalized "hero" %}Yours{% why decision %}'
    "{% endpersonalized %}"
)
CONTROLS = "{% load ethical_personalization %}{% why_item found product %}"


def shown(client, template=TAG, user=None, **values):
    request = RequestFactory().get("/page/")
    if user is not None:
        request.user, request.session = user, client.session
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    with registered(HERO):
        made = Template(template).render(Context({"request": request, **values}))
    return BeautifulSoup(made, "html.parser")


@pytest.fixture
def dresses(catalogue):  # noqa: F811
    category = catalogue.category("Dresses")
    consented = ("stated.categories", "any_of", [str(category.pk)])
    return category, consented


def test_widget_offers_to_mute_the_category_of_the_reason_and_to_correct_it(client, dresses):
    category, rule = dresses
    published_segment("Dresses", [rule], placements=["hero"])
    consent_given(client, answers={"categories": [str(category.pk)]})
    page = shown(client)
    mute = page.find("button", string="Mute “Dresses”").find_parent("form")
    assert mute.find("input", {"name": "value"})["value"] == str(category.pk)
    assert "#likes-categories" in [
        link["href"].removeprefix("/preferences/") for link in page.select(".ep-why__ground a")
    ]
    assert "You would still see this" not in page.get_text()


def test_control_that_would_leave_another_reason_says_so_before_the_click(
    client,
    dresses,
    catalogue,  # noqa: F811
):
    category, rule = dresses
    catalogue("Any", style="romantic")
    styles = ("stated.styles", "any_of", ["romantic"])
    published_segment("Either", [rule, styles], match_any=True, placements=["hero"])
    consent_given(client, answers={"categories": [str(category.pk)], "styles": ["romantic"]})
    page = shown(client)
    form = page.find("button", string="Mute “Dresses”").find_parent("form")
    assert "You would still see this, for another reason." in form.get_text()
    assert "You would still see this" not in page.select_one(".ep-spot__off").get_text()


def test_deleted_category_is_named_as_such_and_can_not_be_muted(client, dresses):
    category, rule = dresses
    published_segment("Dresses", [rule], placements=["hero"])
    consent_given(client, answers={"categories": [str(category.pk)]})
    category.delete()
    page = shown(client)
    reason = page.select_one(".ep-why__reason").get_text()
    assert reason == "You told us you look for a category that is no longer in the shop."
    assert "Mute" not in page.get_text()


def test_off_names_every_purpose_of_the_reason(client, dresses):
    _category, rule = dresses
    published_segment("Dresses", [rule], placements=["hero"])
    consent_given(client, answers={"categories": [rule[2][0]]})
    off = shown(client).select_one(".ep-spot__off")
    assert off.find("input", {"name": "value"})["value"] == "stated"


def test_off_says_before_the_click_what_no_undo_brings_back(client, dresses, user, settings):
    category, rule = dresses
    viewed = ("browsing.categories", *rule[1:])
    published_segment("Dresses", [viewed], placements=["hero"])
    record = {"categories": {rule[2][0]: localdate().isoformat()}}
    seal_record(consent_given(client, "browsing").pk, "browsing", record)

    def told(**values):
        off = shown(client, **values).select_one(".ep-spot__off")
        assert off.select_one("button").get_text() == "Off for good: What you look at"
        return off.select_one("span").get_text() if off.select_one("span") else ""

    assert told() == ""
    client.cookies["oscar_history"] = "[1]"
    assert told().startswith("“Off for good” also deletes the products you looked at last.")
    settings.ETHICAL_PERSONALIZATION_OSCAR_ROWS = True
    assert told().startswith("“Off for good” also deletes the products")
    client.force_login(user)
    seal_record(consent_given(client, "browsing").pk, "browsing", record)
    assert told(user=user).startswith("“Off for good” also deletes what you looked at")


def test_product_of_her_list_has_its_controls_and_one_of_everybody_none(client, catalogue):  # noqa: F811
    product = catalogue("Dress", style="romantic")
    request = RequestFactory().get("/")
    nobodys = recommend(request, "list", limit=4)
    assert not shown(client, CONTROLS, found=nobodys, product=product).get_text(strip=True)
    consent_given(client, answers={"styles": ["romantic"]})
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    del request.shopper
    page = shown(client, CONTROLS, found=recommend(request, "list", limit=4), product=product)
    assert [button["value"] for button in page.select(".ep-spot button")] == ["less", "hide"]


def test_controls_of_a_product_cost_no_query(catalogue, django_assert_num_queries):  # noqa: F811
    product, request = catalogue("Dress", style="romantic"), RequestFactory().get("/")
    item = RankedItem(key=product.pk, contributions=())
    decision = Decision(placement="list", items=(item,))
    with django_assert_num_queries(0):
        assert item_controls(request, product, decision, item)["product"] == product.pk
