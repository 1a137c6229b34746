"""What else was looked at: told from the decision, without reading more, and without a value."""

import pytest
from bs4 import BeautifulSoup
from oscar.core.loading import get_model

from ethical_personalization.core.decisions import Decision
from ethical_personalization.core.explanations import Explained
from ethical_personalization.core.ranking import Contribution, RankedItem
from ethical_personalization.personalization.segments import decide_placement
from ethical_personalization.testing import consent_given, published_segment, registered
from ethical_personalization.transparency.items import item_context
from ethical_personalization.transparency.more import WHOLE, more_of

from .test_widget import ENGLISH, HERO, LINEN, Page

Product = get_model("catalogue", "Product")
pytestmark = pytest.mark.django_db
REGULAR = ("orders.count", "at_least", "3")
WOOL = ("stated.fabric", "any_of", ["wool"])


@pytest.fixture
def page(client, question):
    return Page(client)


def more(page):
    return " ".join(page.soup.select_one(".ep-why__more--trace").get_text(" ").split())


def test_other_sufficient_reason_is_told(page):
    published_segment("Either", [LINEN, ENGLISH], match_any=True, placements=["hero"])
    consent_given(page.client, "context", answers={"fabric": ["linen"]})
    page.shows()
    assert "This alone would also be enough:" in more(page)


def test_what_comes_without_the_fact_is_told(page):
    published_segment("Linen", [LINEN], placements=["hero"])
    consent_given(page.client, answers={"fabric": ["linen"]})
    page.shows()
    assert "you would see what everybody sees." in more(page)


def test_passed_over_version_names_the_purpose_but_neither_value_nor_segment(page):
    published_segment("Secret name", [REGULAR], placements=["hero"], priority=1)
    published_segment("Linen", [LINEN], placements=["hero"], priority=2)
    consent_given(page.client, answers={"fabric": ["linen"]})
    page.shows()
    told = more(page)
    assert "You have not allowed what it would take to tell. Not allowed: " in told
    assert "Secret name" not in told


def test_passed_over_version_says_what_would_bring_it(page):
    published_segment("Wool", [WOOL], placements=["hero"], priority=1)
    published_segment("Linen", [LINEN], placements=["hero"], priority=2)
    consent_given(page.client, answers={"fabric": ["linen"]})
    page.shows()
    assert "It does not fit what is known. You would see it if “" in more(page)


def test_version_that_needed_no_look_costs_no_query_until_the_link(page, django_assert_num_queries):
    published_segment("Linen", [LINEN], placements=["hero"], priority=1)
    published_segment("Regular", [REGULAR], placements=["hero"], priority=2)
    consent_given(page.client, "orders", answers={"fabric": ["linen"]})
    page.shows()
    with registered(HERO):
        explained = decide_placement(page.request, "hero")
        with django_assert_num_queries(0):
            (line,) = more_of(page.request, explained, {}).passed_over
    assert line.standing == "It was not needed, so not all it asks for was read."
    link = page.soup.find("a", string="Look at the rest as well")["href"]
    assert link == f"/page/?{WHOLE}=hero"
    page.shows(link)
    assert page.soup.select_one(".ep-why__more--trace").has_attr("open")
    assert "not all it asks for was read" not in more(page)


def test_fact_that_is_gone_is_named_gracefully(page, question):
    published_segment("Linen", [LINEN, ENGLISH], match_any=True, placements=["hero"])
    published_segment("Wool", [WOOL], placements=["hero"], priority=200)
    consent_given(page.client, "context", answers={"fabric": ["linen"]})
    question.delete()
    html = page.shows()
    assert "stated.fabric" not in BeautifulSoup(html, "html.parser").get_text()
    assert "something no longer used" in more(page)


def test_corner_of_a_product_tells_the_share_of_its_score_and_its_place(page, question):
    contributions = (
        Contribution(fact="stated.fabric", points=3, shared=("linen",)),
        Contribution(fact="context.language", points=2, shared=("en",)),
    )
    items = (RankedItem(key=7, contributions=contributions),)
    explained = Explained(decision=Decision(placement="products", items=items))
    consent_given(page.client, "context", answers={"fabric": ["linen"]})
    page.shows()
    told = item_context(page.request, explained, Product(pk=7, title="Shirt"))
    assert told["share"] == ("That is 3 of its 5 points. It is number 1 of 1 product in this list.")
