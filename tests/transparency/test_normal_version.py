"""The normal version beside hers: exactly what a visitor without consent gets in that place."""

import re
from secrets import token_urlsafe
from types import ModuleType

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from oscar.core.loading import get_model
from wagtail import blocks
from wagtail_personalisation.blocks import PersonalisedStructBlock

from ethical_personalization.models import QuestionSource
from ethical_personalization.personalization.blocks import PersonalizedBlock
from ethical_personalization.testing import consent_given, published_segment
from tests.personalization.conftest import catalogue, variant  # noqa: F401

pytestmark = pytest.mark.django_db
SENT = {"sec-fetch-site": "same-origin"}
#: All that may differ between two renderings of the same page, besides the widget, which stands
#: beside what is hers and so in no normal version at all.
DECLARED = {
    "nonce": r'nonce="[^"]+"',
    "csrf": r'name="csrfmiddlewaretoken" value="[^"]+"',
}
MARKS = r"<!--/?ep-part:[^>]*-->"
ALL = '<p>{% csrf_token %}<script nonce="{{ nonce }}"></script>All</p>'
PLACES = {
    "placement": '{% personalized "home-welcome" %}<b>Yours</b>{% why decision %}{% default %}'
    + ALL
    + "{% endpersonalized %}",
    "block": "{% include_block block %}",
    "empty-block": "{% include_block host_block %}",
    "tag": '{% segment name="Likes wool" %}<b>Yours</b>{% endsegment %}',
    "list": '{% personal_part "products" %}{% recommended_products 2 as found %}{% why found %}<ul>'
    "{% for each in found.products %}<li>{{ each.title }}{% why_item found each %}</li>"
    "{% endfor %}</ul>" + ALL + "{% endpersonal_part %}",
}


class Teaser(PersonalisedStructBlock):
    text = blocks.CharBlock()


@pytest.fixture(params=["inline", "fragment"])
def mode(request, settings):
    settings.ETHICAL_PERSONALIZATION_CACHE_MODE = request.param
    return request.param


@pytest.fixture
def likes_wool(question, home):
    """The segment of who likes wool; it fills the placement of the tests."""
    return published_segment(
        "Likes wool", [("stated.fabric", "any_of", ["wool"])], placements=["home-welcome"]
    )


@pytest.fixture
def shopper(likes_wool):
    client = Client(headers=SENT)
    consent_given(client, answers={"fabric": ["wool"]})
    client.get("/preferences/")
    return client


@pytest.fixture
def shows(settings, likes_wool):
    """The page at ``/``, made of a template."""
    ours = PersonalizedBlock(blocks.CharBlock())
    versions = [{"segment": likes_wool.pk, "content": "Yours"}]
    values = {
        "block": ours.to_python({"default": "All", "versions": versions}),
        "host_block": Teaser().to_python({"segment": str(likes_wool.pk), "text": "Yours"}),
    }

    def page(template):
        load = "{% load cache ethical_personalization wagtailcore_tags %}"
        load += "{% load wagtail_personalisation_tags %}"

        def view(request):
            context = RequestContext(request, {**values, "nonce": token_urlsafe()})
            return HttpResponse(Template(load + template).render(context))

        urls = ModuleType("urls_of_one_page")
        ours = path("preferences/", include("ethical_personalization.urls"))
        urls.urlpatterns = [path("", view), ours]
        settings.ROOT_URLCONF = urls

    return page


@pytest.fixture
def wool(question, catalogue):  # noqa: F811
    """Two products, one of which fits, of an attribute that the question is about."""
    question.source, question.attribute_code = QuestionSource.ATTRIBUTE, "fabric"
    question.save()
    return [catalogue("Pullover", fabric="wool"), catalogue("Shirt", fabric="linen")]


def _normalised(html):
    for name, pattern in DECLARED.items():
        html = re.sub(pattern, name, html)
    return html


def names_on(page):
    return re.findall(r"<!--ep-part:([^>]*)-->", page)


def asks(client, name, address="/", **headers):
    joint = "&" if "?" in address else "?"
    return client.get(f"{address}{joint}ep-parts=normal", headers={"ep-parts": name, **headers})


def hers(client, mode):
    """What she sees: in the mode *fragment*, once her parts stand in the page."""
    page = client.get("/").text
    if mode == "inline":
        return page
    answer = client.get("/?ep-parts=1", headers={"ep-parts": "1"}).json()
    for name, html in answer["parts"].items():
        place = rf"(<!--ep-part:{re.escape(name)}-->).*(<!--/ep-part:{re.escape(name)}-->)"
        page = re.sub(place, rf"\1{html}\2", page, flags=re.DOTALL)
    return page


@pytest.mark.parametrize("place", PLACES)
def test_normal_version_in_the_place_of_hers_makes_the_page_of_a_visitor(
    mode, place, shopper, shows, wool
):
    shows(f"<main>{PLACES[place]}</main>")
    mine, visitors = hers(shopper, mode), Client().get("/").text
    (name,) = names_on(mine)
    normal = asks(shopper, name).json()["normal"]
    assert "Yours" in mine or "Pullover" in mine
    assert "ep-why" not in normal
    replaced = re.sub(
        rf"(<!--ep-part:{name}-->).*(<!--/ep-part)", rf"\1{normal}\2", mine, flags=re.S
    )
    assert _normalised(re.sub(MARKS, "", replaced)) == _normalised(re.sub(MARKS, "", visitors))


def test_normal_version_of_a_page_is_the_region_of_the_page_itself(
    mode,
    home,
    likes_wool,
    shopper,
    variant,  # noqa: F811
):
    variant(home, likes_wool, "Only for you")
    mine, visitors = hers(shopper, mode), Client().get("/").text
    normal = asks(shopper, "page").json()["normal"]
    assert "Only for you" in mine
    assert "page" in names_on(mine)
    assert "Only for you" not in normal
    assert _normalised(normal) in _normalised(re.sub(MARKS, "", visitors))


def test_names_do_not_shift_after_a_placement_whose_versions_hold_different_parts(shopper, shows):
    inner = "{% include_block block %}"
    shows(
        '{% personalized "home-welcome" %}<b>Yours</b>' + inner + "{% default %}<b>All</b>"
        "{% endpersonalized %}" + inner + "<hr>" + inner
    )
    names = names_on(shopper.get("/").text)
    assert names == ["home-welcome", "home-welcome/block", "block", "block.2"]
    assert [asks(shopper, name).status_code for name in names] == [200, 204, 200, 200]


@pytest.mark.parametrize("name", ["nothing", "page", "../x", "home-welcome.2"])
def test_part_that_everybodys_page_has_not_is_not_made_up(shopper, shows, name):
    shows(PLACES["placement"])
    answer = asks(shopper, name)
    assert (answer.status_code, answer.content) == (204, b"")


def test_normal_version_is_for_no_cache_and_no_other_page(mode, shopper, shows):
    shows(PLACES["placement"])
    answer = asks(shopper, "home-welcome")
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    elsewhere = asks(shopper, "home-welcome", **{"sec-fetch-site": "cross-site"})
    assert elsewhere["Content-Type"].startswith("text/html")


def test_normal_version_is_rendered_though_a_cache_holds_the_fragment(shopper, shows):
    shows("{% cache 600 part %}" + PLACES["placement"] + "{% endcache %}")
    visitors = Client().get("/").text
    (name,) = names_on(shopper.get("/").text)
    assert _normalised(asks(shopper, name).json()["normal"]) == _normalised(visitors)
    assert "ep-part" not in Client().get("/").text


def test_page_of_the_normal_version_has_its_own_address(shopper, shows):
    shows(
        '{% personalized "home-welcome" %}<b>Yours</b>{% default %}<b>'
        "{{ request.get_full_path }}{{ request.GET.urlencode }}</b>{% endpersonalized %}"
    )
    answer = asks(shopper, "home-welcome", "/?a=b")
    assert answer.json()["normal"] == "<b>/?a=ba=b</b>"


def test_visitor_gets_no_marks_and_no_query_for_the_parts(shows):
    asked = []
    for template in ("<b>All</b>", PLACES["placement"] + PLACES["tag"]):
        shows(template)
        Client().get("/")
        with CaptureQueriesContext(connection) as queries:
            page = Client().get("/").text
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert names_on(page) == []


def test_looking_at_the_normal_version_of_a_product_counts_no_view(catalogue):  # noqa: F811
    client, product = Client(headers=SENT), catalogue("Dress")
    consent_given(client, "browsing")
    client.get(product.get_absolute_url())
    client.cookies.pop("oscar_history", None)
    answer = asks(client, "products", product.get_absolute_url())
    assert answer.status_code == 200
    assert "oscar_history" not in answer.cookies
    assert get_model("analytics", "ProductRecord").objects.get().num_views == 1


def test_opened_corner_tells_the_largest_contribution_first(shopper, shows, wool):
    shows(PLACES["list"])
    page = BeautifulSoup(shopper.get("/").content, "html.parser")
    (corner,) = page.select("ep-why.ep-item")
    assert corner.select_one("[popovertarget]").get_text() == "Why “Pullover”?"
    reason = corner.select_one(".ep-why__reason").get_text()
    assert reason == "You answered “Which fabrics do you like?” with wool."
    assert "ep-item" not in Client().get("/").text
