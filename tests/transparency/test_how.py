"""*How we personalise*: tables that can't drift, what changed, and a page that is complete."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from oscar.core.loading import get_model
from wagtail.models import Locale, Site

from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.models import (
    Disclosure,
    HowWePersonalisePage,
    PreferenceQuestion,
    Purpose,
    SensitiveCategory,
)
from ethical_personalization.models.how_page import PARTS
from ethical_personalization.testing import consent_given, registered
from tests.queries import asked

pytestmark = pytest.mark.django_db
SECTIONS = [f"how-{part}" for part, _label in PARTS]
NEW_FACT = Fact(
    key="shop.weather",
    label="Weather where you are",
    kind=FactKind.TEXT,
    purpose="context",
    data_category="Weather",
    source="From the weather service.",
    reader=lambda source: None,
    sentence=lambda evidence, values: "",
    change_at="choices",
)


def read(client, path="/preferences/how/"):
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def said(soup, section):
    return " ".join(soup.find(id=f"how-{section}").get_text(" ").split())


def sections(soup):
    return [section["id"] for section in soup.select("section.ep-how")]


@pytest.fixture
def saves(django_capture_on_commit_callbacks):
    """An editor saves: what Django does after the transaction is done, too."""

    def save(row, **changes):
        for name, value in changes.items():
            setattr(row, name, value)
        with django_capture_on_commit_callbacks(execute=True):
            row.save()

    return save


def test_tables_follow_what_is_registered_and_stored(client, question, saves):
    saves(Purpose.objects.get(key="orders"), recipients="Parcel Ltd", retention_days=400)
    saves(question, weight=3)
    PreferenceQuestion.objects.create(key="fit", title="Which fit?", options="a", weight=5)
    PreferenceQuestion.objects.create(
        key="hue", title="Which hue?", source="attribute", attribute_code="hue", weight=1
    )
    saves(question, source="attribute", attribute_code="fabric")
    assert "Never used" not in said(read(client), "facts")
    faith = get_model("catalogue", "Category").add_root(name="Faith")
    saves(SensitiveCategory(category=faith))
    with registered(NEW_FACT):
        soup = read(client)
    assert sections(soup) == SECTIONS
    assert "that you looked at something, or bought it, in Faith." in said(soup, "facts")
    assert "Parcel Ltd" in said(soup, "purposes") and "400 days" in said(soup, "purposes")
    assert "Weather where you are From the weather service." in said(soup, "facts")
    rows = [row.get_text(" ", strip=True) for row in soup.select("#how-parameters tbody tr")]
    assert rows == ["Which fabrics do you like? 3 75%", "Which hue? 1 25%"]


def test_every_change_is_told_with_its_day_and_none_twice(client, question, saves):
    first = Disclosure.objects.get()
    saves(Purpose.objects.get(key="orders"), recipients="Parcel Ltd", retention_days=400)
    saves(Purpose.objects.get(key="context"), is_offered=False)
    saves(question, source="attribute", attribute_code="fabric", weight=2)
    saves(question, weight=5)
    saves(question, help_text="Other words, the same thing.")
    assert Disclosure.objects.exclude(pk=first.pk).count() == 4  # with the fixture's questions
    with registered(NEW_FACT):
        Purpose.objects.filter(key="context").update(is_offered=True)  # no signal tells of it
        call_command("enforce_retention", only=["requests"], verbosity=0)
    text = said(read(client, "/preferences/how/changes/"), "changes")
    for sentence in (
        "“What you bought”: the data now also goes to Parcel Ltd.",
        "“What you bought”: now kept for 400 days, before: 2 years.",
        "Ended: “Technical context”.",
        "“Which fabrics do you like?” now counts 5 points in lists, before 2 points.",
        "May now be looked at for “What you tell us”: “Which fabrics do you like?”",
    ):
        assert text.count(sentence) == 1, sentence
    assert text.count("New: “Technical context”.") == 2  # at the beginning, and again
    assert "Weather" not in text  # it came with its purpose


def test_a_shop_of_several_sites_tells_each_its_own(client, saves):
    site = Site.objects.get(is_default_site=True)
    other = Site.objects.create(hostname="other.example", port=80, root_page=site.root_page)
    purpose = Purpose.objects.get(key="orders")
    purpose.offer_on([other.pk], now=purpose.offered_since)
    saves(purpose, recipients="Parcel Ltd")
    text = said(read(client), "purposes") + said(read(client), "facts")
    assert "What you bought" not in text
    assert "Ended: “What you bought”." in said(read(client), "changes")


def test_it_is_the_same_for_everybody_and_costs_as_many_queries_with_more_to_tell(
    client, question, saves
):
    read(client)
    with asked() as few:
        before = read(client)
    assert len(few) <= 12
    for number in range(5):
        saves(Purpose.objects.get(key="orders"), recipients=f"Company {number}")
        PreferenceQuestion.objects.create(key=f"q{number}", title=f"Q{number}?", options="a")
    read(client)
    with asked() as more:
        read(client)
    assert len(more) == len(few)
    consent_given(client, "stated", answers={"fabric": ["wool"]})
    for soup in (before, read(client)):
        assert "wool" not in soup.find(id="how-facts").get_text()
    assert before.select("#how-rights") == read(client).select("#how-rights")


@pytest.fixture
def page(home):
    body = [("text", "<h2>In our words</h2>"), ("part", {"part": "parameters"})]
    return home.add_child(instance=HowWePersonalisePage(title="Why this?", slug="why", body=body))


def test_editors_page_is_complete_and_the_link_leads_to_it(client, page):
    response = client.get("/preferences/how/")
    assert response["Location"] == "/why/"
    soup = read(client, "/why/")
    kept = ["how-parameters", *(name for name in SECTIONS if name != "how-parameters")]
    assert sections(soup) == kept
    assert soup.select_one(".ep-page h2").get_text() == "In our words"
    assert len(soup.select("link[href$='ep-how.css']")) == 1
    page.live = False
    page.save()
    assert sections(read(client)) == SECTIONS


def test_page_in_the_readers_language_comes_first(client, home, page, settings):
    german = Locale.objects.get_or_create(language_code="de")[0]
    home.add_child(instance=HowWePersonalisePage(title="Warum?", slug="warum", locale=german))
    assert client.get("/preferences/how/")["Location"] == "/why/"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    assert client.get("/preferences/how/")["Location"] == "/warum/"


def test_a_part_that_fails_leaves_the_others(client, monkeypatch):
    def breaks(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("ethical_personalization.transparency.how.changes_on", breaks)
    soup = read(client)
    assert sections(soup) == SECTIONS[:-1]
    assert "can’t be shown at the moment" in soup.get_text()


def test_tag_names_the_parts_it_knows():
    template = Template("{% load ethical_personalization %}{% how_we_personalise 'x' %}")
    with pytest.raises(TemplateSyntaxError, match="purposes, facts, parameters"):
        template.render(Context({"request": RequestFactory().get("/")}))
