"""The reason beside something personalised: faithful, complete, and with controls that work."""

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory

from ethical_personalization.core.placements import Placement
from ethical_personalization.models import SealedRecord
from ethical_personalization.personalization.arrow import NORMAL
from ethical_personalization.personalization.segments import decide_placement
from ethical_personalization.shopper.profile import set_excluded
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.testing import consent_given, published_segment, registered
from ethical_personalization.transparency.widget import why_context

pytestmark = pytest.mark.django_db
LINEN = ("stated.fabric", "any_of", ["linen"])
ENGLISH = ("context.language", "one_of", ["en"])
HERO = Placement(key="hero", title="Hero")
TEMPLATE = (
    "{% load ethical_personalization %}"
    '{% personalized "hero" %}For you{% why decision %}{% default %}For all{% why decision %}'
    "{% endpersonalized %}"
)


class Page:
    """One placement for one shopper, each time on a fresh request."""

    def __init__(self, client):
        self.client = client

    def shows(self, path="/page/"):
        request = RequestFactory().get(path)
        request.COOKIES = {name: morsel.value for name, morsel in self.client.cookies.items()}
        with registered(HERO):
            html = Template(TEMPLATE).render(Context({"request": request}))
        self.request, self.shopper = request, shopper_for(request)
        self.soup = BeautifulSoup(html, "html.parser")
        return html

    @property
    def text(self):
        return " ".join(self.soup.get_text(" ").split())

    def forms(self):
        return {field["value"] for field in self.soup.select('form input[name="fact"]')}


@pytest.fixture
def page(client, question):
    return Page(client)


@pytest.fixture
def likes_linen(question):
    return published_segment(
        "Likes linen",
        [LINEN],
        benefit="You see linen first.",
        placements=["hero"],
    )


def test_default_carries_no_widget_and_no_whitespace_of_it(page, likes_linen):
    assert page.shows() == "For all"


def test_default_of_who_allowed_something_else_carries_none_either(page, likes_linen):
    consent_given(page.client, "orders")
    assert page.shows() == "For all"


def test_widget_says_decision_reason_value_source_date_purpose_and_benefit(page, likes_linen):
    consent_given(page.client, answers={"fabric": ["linen", "wool"]})
    page.shows()
    for told in (
        "Why am I seeing this?",
        "This content was chosen for you.",
        "You answered “Which fabrics do you like?” with linen.",
        "linen and wool",
        "You answered this in your preferences.",
        "You have allowed “What you tell us” since",
        "What the shop promises you: You see linen first.",
        "A rule decided this, not a person; it has no legal effect.",
    ):
        assert told in page.text


def test_widget_links_to_exactly_the_setting_that_changes_it(page, likes_linen):
    consent_given(page.client, answers={"fabric": ["linen"]})
    page.shows()
    link = page.soup.find("a", string="Change this")
    assert link["href"] == "/preferences/#likes-fabric"
    center = BeautifulSoup(page.client.get("/preferences/").content, "html.parser")
    assert center.find(id="likes-fabric")


def test_control_changes_what_is_shown_next(page, likes_linen):
    consent_given(page.client, answers={"fabric": ["linen"]})
    page.shows()
    form = page.soup.find("form")
    fields = {field["name"]: field["value"] for field in form.find_all("input")}
    headers = {"sec-fetch-site": "same-origin"}
    assert page.client.post(form["action"], fields, headers=headers).status_code == 302
    assert page.shows() == "For all"


def test_normal_version_is_one_click_away_and_back_with_every_parameter_kept(page, likes_linen):
    consent_given(page.client, answers={"fabric": ["linen"]})
    page.shows("/page/?q=a%26b&page=2&ep-saved=likes")
    normal = page.soup.find("a", string="Show me the normal version")["href"]
    assert normal == f"/page/?q=a%26b&page=2&{NORMAL}=hero"
    page.shows(normal)
    assert page.text.startswith("For all This is the normal version.")
    back = page.soup.find("a", string="Show my version again")["href"]
    assert back == "/page/?q=a%26b&page=2"


def test_control_that_would_change_nothing_says_so_before_the_click(page, question):
    published_segment(
        "Likes linen and English",
        [LINEN, ENGLISH],
        match_any=True,
        placements=["hero"],
    )
    consent_given(page.client, "context", answers={"fabric": ["linen"]})
    page.shows()
    (fact,) = page.forms()
    assert "You would still see it." in page.text
    set_excluded(page.shopper.subject.pk, fact, excluded=True, now=page.shopper.now)
    page.shows()
    assert page.text.startswith("For you")
    assert page.forms() != {fact}
    assert "You would still see it." not in page.text


def test_reason_of_several_facts_gives_each_its_own_sentence_and_control(page, question):
    published_segment(
        "Likes linen and English",
        [LINEN, ENGLISH],
        placements=["hero"],
    )
    consent_given(page.client, "context", answers={"fabric": ["linen"]})
    page.shows()
    assert page.forms() == {"stated.fabric", "context.language"}
    grounds = [
        " ".join(li.get_text(" ").split()) for li in page.soup.select(".ep-why__grounds > li")
    ]
    assert any("You read this shop in English." in ground for ground in grounds)
    assert any("“Which fabrics do you like?” with linen." in ground for ground in grounds)


def test_words_of_an_editor_are_escaped(page, question):
    published_segment(
        "x",
        [LINEN],
        benefit="<script>alert(1)</script>",
        placements=["hero"],
    )
    consent_given(page.client, answers={"fabric": ["linen"]})
    assert "<script" not in page.shows()


def test_profile_that_can_not_be_opened_shows_the_default(page, likes_linen):
    consent_given(page.client, answers={"fabric": ["linen"]})
    SealedRecord.objects.update(ciphertext=b"x" * 40)
    assert page.shows() == "For all"


def test_widget_costs_no_query_of_its_own_while_the_words_are_cached(
    page, likes_linen, django_assert_num_queries
):
    consent_given(page.client, answers={"fabric": ["linen"]})
    page.shows()
    with registered(HERO):
        explained = decide_placement(page.request, "hero")
        with django_assert_num_queries(0):
            assert why_context(page.request, explained)["grounds"]
