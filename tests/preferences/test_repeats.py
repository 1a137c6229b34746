"""A form that is sent twice, out of the browser's history, or by a client that got no answer."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from ethical_personalization.models import ConsentEvent, Subject

from .visitor import SAME_ORIGIN, Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_page(visitor):
    """The same browser, still showing the page from before she answered."""
    visitor.opens()
    kept = Visitor(visitor.client)
    kept.response, kept.page = visitor.response, visitor.page
    return kept


def newest():
    return ConsentEvent.objects.order_by("pk").last().status


def test_every_form_has_a_key_of_its_own(visitor, question):
    keys = [field["value"] for field in visitor.opens().page.select('input[name="key"]')]
    keys += [field["value"] for field in visitor.opens().page.select('input[name="key"]')]
    assert len(set(keys)) == len(keys) == 4


def test_form_that_is_sent_twice_is_recorded_once(visitor, old_page):
    visitor.presses("Allow all")
    old_page.presses("Allow all")
    assert old_page.response.status_code == 302
    assert (Subject.objects.count(), ConsentEvent.objects.count()) == (1, 4)


def test_yes_out_of_the_history_is_asked_again_after_it_was_taken_back(visitor, old_page):
    visitor.presses("Allow all").follows().presses("Refuse all")
    old_page.presses("Allow all")
    assert old_page.response.status_code == 409
    assert newest() == "withdrawn"
    old_page.presses("Save these choices")
    assert newest() == "given"


def test_no_out_of_the_history_is_taken(visitor, old_page):
    visitor.presses("Allow all").follows().presses("Refuse all").follows()
    again = Visitor(visitor.client)
    again.response, again.page = visitor.response, visitor.page
    visitor.presses("Allow all")
    again.presses("Refuse all")
    assert newest() == "withdrawn"
    again.follows().presses("Allow all")
    old_page.presses("Refuse all")
    assert newest() == "withdrawn"


def test_answers_with_a_yes_that_was_taken_back_are_not_kept(visitor, question):
    visitor.opens()
    old = Visitor(visitor.client)
    old.response, old.page = visitor.response, visitor.page
    linen = [("likes-fabric", "linen")]
    visitor.presses("Allow and save", ticks=linen).follows().presses("Refuse all")
    old.presses("Allow and save", ticks=linen)
    assert old.response.status_code == 409
    assert not Subject.objects.get().sealed_records.exists()


def test_first_yes_of_a_browser_that_got_no_answer_is_recorded_once(home):
    """As the banner's module sends it: with a key that it made."""
    page = BeautifulSoup(Client().get("/preferences/").content, "html.parser")
    words = page.select_one('#choices input[name="notice"]')["value"]
    data = {"where": "center", "notice": words, "answer": "all", "key": "ab" * 16}
    cookies = set()
    for _sent in range(2):
        browser = Client()
        browser.post("/preferences/choices/", data, headers=SAME_ORIGIN)
        cookies.add(browser.cookies["ep_choices"].value.split(":")[0])
    assert Subject.objects.count() == len(cookies) == 1


@pytest.mark.parametrize("key", ["x" * 101, "a\x00b"])
def test_key_that_no_page_of_ours_makes_is_not_understood(visitor, key):
    visitor.opens().page.select_one('#choices input[name="key"]')["value"] = key
    visitor.presses("Allow all")
    assert visitor.response.status_code == 400
    assert not Subject.objects.exists()
