"""Questions and complaints: hers, with the answers, and whom else she can turn to."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.models import Controller, Feedback, Subject
from ethical_personalization.testing import consent_given

pytestmark = pytest.mark.django_db
EVIL = "<script>x</script>"


@pytest.fixture
def controller(home):
    site = Site.objects.get(is_default_site=True)
    return Controller.objects.create(
        site=site,
        name="Linen Ltd",
        address="1 Mill Lane",
        email="data@example.com",
        authority="The Commissioner",
    )


@pytest.fixture
def section(client):
    """What stands there now."""

    def read():
        page = BeautifulSoup(client.get("/preferences/").content, "html.parser")
        return page.find(id="questions")

    return read


def test_visitor_reads_where_to_turn_and_gets_no_form(section, controller):
    text = section().get_text()
    for said in ("Linen Ltd", "1 Mill Lane", "data@example.com", "The Commissioner"):
        assert said in text
    assert section().find("form") is None


def test_visitor_costs_the_section_no_query(client, home, django_assert_max_num_queries):
    client.get("/preferences/")
    with django_assert_max_num_queries(20) as captured:
        client.get("/preferences/")
    assert not [query for query in captured if "feedback" in query["sql"]]


def test_shop_that_names_nobody_says_so(section, home):
    assert "has not said yet who is responsible" in section().get_text()


def test_shopper_asks_and_reads_the_answer(visitor, home):
    visitor.opens().presses("Allow all").follows()
    client = visitor.client
    form = BeautifulSoup(client.get("/preferences/").content, "html.parser").select_one(
        "#questions form"
    )
    body = {"kind": "complaint", "words": f"Why? {EVIL}"}
    headers = {"sec-fetch-site": "same-origin"}
    answer = client.post(form["action"], body, headers=headers, follow=True)
    assert "You find the answer" in answer.content.decode()
    Feedback.objects.update(answer=f"Because {EVIL}", answered_on=timezone.localdate())
    html = client.get("/preferences/").content.decode()
    assert EVIL not in html
    text = BeautifulSoup(html, "html.parser").find(id="questions").get_text()
    assert f"Why? {EVIL}" in text
    assert f"Because {EVIL}" in text


def test_nobody_reads_what_somebody_else_asked(client, section, home):
    Feedback.objects.create(kind="question", words="Secret", subject=Subject.objects.create())
    consent_given(client, "stated")
    assert section().find("form")
    assert "Secret" not in section().get_text()


def test_words_without_a_wish_for_an_answer_are_not_shown(client, section, home):
    consent_given(client, "stated")
    Feedback.objects.create(kind="unfair", words="Only said")
    assert "Only said" not in section().get_text()


def test_all_of_her_data_shows_what_she_asked_and_about_what(client, home):
    subject = consent_given(client, "stated")
    facts = ["stated.styles", "orders.count"]
    Feedback.objects.create(kind="unfair", words="Why me?", facts=facts, subject=subject)
    text = BeautifulSoup(client.get("/preferences/your-data/").content, "html.parser").get_text()
    assert "Why me?" in text
    assert "stated.styles" in text
    assert "orders.count" in text
