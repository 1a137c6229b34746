"""Saying something about a decision in Chromium: with and without JavaScript, by keyboard too."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from ethical_personalization.models import Feedback
from ethical_personalization.testing import published_segment
from tests.transparency.test_in_a_browser import shop  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAY = "Tell the shop what you think of this"


def opens_widget(page):
    published_segment("S", [("stated.fabric", "any_of", ["wool"])], placements=["home-welcome"])
    page.goto("/preferences/")
    page.get_by_role("checkbox", name="wool").check()
    page.get_by_role("button", name="Allow and save").click()
    page.get_by_text("Your answers are saved.").wait_for()
    page.goto("/")
    page.get_by_text("Why am I seeing this?").click()
    page.get_by_text(SAY).click()


def is_well_made(page, part):
    found = Axe().run(page, context=part).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return [each["id"] for each in found] == [] and wide


@pytest.mark.parametrize("width", [390, 1280])
def test_word_is_said_in_the_page_by_keyboard(new_page, shop, width):  # noqa: F811
    page = new_page(viewport={"width": width, "height": 900})
    opens_widget(page)
    assert is_well_made(page, "ep-why")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("It knows too much.")
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    status = page.locator("ep-why [role=status]")
    expect(status).to_have_text(
        "Thank you. The shop reads it, without knowing that it came from you."
    )
    row = Feedback.objects.get()
    assert (row.kind, row.words, row.subject) == ("intrusive", "It knows too much.", None)


def test_nothing_is_said_to_be_saved_before_the_server_has(page, shop):  # noqa: F811
    opens_widget(page)
    page.route("**/preferences/feedback/", lambda route: route.abort())
    page.get_by_role("radio", name="unfair").check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("ep-why [role=status]")).to_contain_text("nothing has changed")
    assert not Feedback.objects.exists()


def test_question_is_asked_and_answered_without_javascript(new_page, shop):  # noqa: F811
    page = new_page(viewport={"width": 390, "height": 900}, java_script_enabled=False)
    opens_widget(page)
    page.get_by_role("radio", name="unfair").check()
    page.get_by_label("In your words").fill("Why not me?")
    page.get_by_role("checkbox", name="I would like an answer").check()
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("You find the answer in your preferences").wait_for()
    page.goto("/preferences/#questions")
    section = page.get_by_role("region", name="Questions and complaints")
    expect(section).to_contain_text("Why not me?")
    expect(section).to_contain_text("Not answered yet.")


@pytest.mark.parametrize("width", [320, 1280])
def test_section_of_the_preference_center_can_be_used_by_everybody(new_page, shop, width):  # noqa: F811
    page = new_page(viewport={"width": width, "height": 900})
    opens_widget(page)
    page.goto("/preferences/")
    assert is_well_made(page, "#questions")
    page.get_by_label("Your question or complaint").fill("What do you know?")
    page.locator("#questions").get_by_role("button", name="Send").click()
    page.get_by_text("You find the answer in your preferences").wait_for()
    assert is_well_made(page, "#questions")
