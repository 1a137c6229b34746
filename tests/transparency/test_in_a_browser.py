"""Banner and widget with JavaScript: nothing is said or hidden before the server has answered."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from boutique.models import HomePage
from playwright.sync_api import expect
from wagtail.models import Page, Site

from ethical_personalization.models import ConsentEvent, PreferenceQuestion, Purpose, Subject
from ethical_personalization.testing import published_segment
from tests.transparency.asked_again import open_until_asked

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 320, "height": 640}


@pytest.fixture
def shop(live_server):
    """A home page, and one question with answers of its own."""
    site = Site.objects.get(is_default_site=True)
    root = Page.get_first_root_node()
    site.root_page = root.add_child(instance=HomePage(title="Home", slug="start"))
    site.save()
    PreferenceQuestion.objects.all().delete()
    PreferenceQuestion.objects.create(key="fabric", title="Which fabrics?", options="linen\nwool")


def banner(page):
    return page.get_by_role("region", name="Your choices")


def test_banner_is_gone_only_after_the_server_has_answered(page, shop):
    page.route("**/preferences/choices/", lambda route: route.abort())
    page.goto("/")
    banner(page).get_by_role("button", name="Accept all").click()
    page.get_by_text("nothing was recorded").wait_for()
    expect(banner(page).get_by_role("button", name="Accept all")).to_be_visible()
    page.unroute("**/preferences/choices/")
    banner(page).get_by_role("button", name="Refuse all").click()
    page.get_by_role("status").get_by_text("Your choices are saved.").wait_for()
    assert page.get_by_role("button", name="Accept all").count() == 0


def test_refusal_of_the_server_is_shown_as_a_page(page, shop):
    page.goto("/")
    page.locator("input[name=where]").evaluate("field => field.value = 'nowhere'")
    banner(page).get_by_role("button", name="Accept all").click()
    page.get_by_role("heading", name="We could not read this form").wait_for()
    assert page.context.cookies() == []


def test_escape_folds_up_puts_off_and_writes_nothing(page, shop):
    page.goto("/")
    summary = page.get_by_text("Choose one by one")
    summary.click()
    page.get_by_role("checkbox", name="What you bought").focus()
    page.keyboard.press("Escape")
    assert summary.evaluate("element => element === document.activeElement")
    expect(page.get_by_role("checkbox", name="What you bought")).to_be_hidden()
    page.keyboard.press("Escape")
    assert banner(page).count() == 0
    assert page.context.cookies() == []
    page.goto("/")
    expect(banner(page)).to_be_visible()


def test_keyboard_comes_to_the_banner_first_and_can_answer(page, shop):
    page.goto("/")
    for _skip_link_then_link_then_accept in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Accept all"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Your choices are saved.").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"
    assert ConsentEvent.objects.count() == 0


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_banner_never_covers_what_has_the_focus(new_page, shop, java_script_enabled):
    page = new_page(viewport={"width": 390, "height": 800}, java_script_enabled=java_script_enabled)
    page.goto("/")
    for _step in range(45):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() == 0 or focused.locator("xpath=ancestor::ep-consent").count():
            continue
        box, bar = focused.bounding_box(), page.locator(".ep-consent").bounding_box()
        assert box["y"] + box["height"] <= bar["y"] + 1 or box["y"] > bar["y"] + bar["height"]


def test_accept_and_refuse_look_alike(page, shop):
    page.goto("/")
    looks = [
        page.get_by_role("button", name=name).evaluate(
            """element => {
                const style = getComputedStyle(element), box = element.getBoundingClientRect();
                return [box.width, box.height, box.y, style.color, style.backgroundColor,
                        style.fontSize, style.fontWeight, style.borderColor];
            }"""
        )
        for name in ("Accept all", "Refuse all")
    ]
    assert looks[0] == looks[1]


@pytest.mark.parametrize("path", ["/", "/preferences/"])
def test_nothing_is_wider_than_a_small_phone(new_page, shop, path):
    page = new_page(viewport=PHONE)
    page.goto(path)
    if path == "/":
        page.get_by_text("Choose one by one").click()
    width = "[...document.querySelectorAll('.ep-page, .ep-consent')].map(e => e.scrollWidth)"
    assert max(page.evaluate(width)) <= PHONE["width"]


def test_choices_of_the_banner_stand_on_the_preference_center(page, shop):
    page.goto("/")
    page.get_by_text("Choose one by one").click()
    page.get_by_role("checkbox", name="What you tell us").check()
    page.get_by_role("button", name="Save my choices").click()
    page.get_by_text("Your choices are saved.").wait_for()
    page.get_by_role("status").get_by_role("link", name="Your preferences").click()
    choice = page.get_by_role("group", name="What you tell us")
    assert choice.get_by_role("radio", name="Yes").is_checked()


def test_widget_says_saved_only_after_the_server_and_closes_with_escape(page, shop):
    published_segment("S", [("stated.fabric", "any_of", ["wool"])], placements=["home-welcome"])
    page.goto("/preferences/")
    page.get_by_role("checkbox", name="wool").check()
    page.get_by_role("button", name="Allow and save").click()
    page.get_by_text("Your answers are saved.").wait_for()
    page.goto("/")
    summary = page.get_by_text("Why am I seeing this?")
    summary.click()
    page.route("**/preferences/facts/", lambda route: route.abort())
    page.get_by_role("button", name="Don’t use this").click()
    page.get_by_role("status").get_by_text("nothing has changed").wait_for()
    page.unroute("**/preferences/facts/")
    page.get_by_role("button", name="Don’t use this").click()
    page.get_by_role("status").get_by_text("We do not use this any more.").wait_for()
    page.keyboard.press("Escape")
    assert summary.evaluate("element => element === document.activeElement")
    summary.click()
    page.get_by_role("link", name="Show the page without it").click()
    assert page.get_by_text("Why am I seeing this?").count() == 0


def test_later_question_asks_on_what_changed_alone_and_is_answered_in_the_page(page, shop):
    page.goto("/")
    banner(page).get_by_role("button", name="Accept all").click()
    page.get_by_role("status").get_by_text("Your choices are saved.").wait_for()
    purpose = Purpose.objects.get(key="orders")
    purpose.recipients = "Parcel Ltd"
    purpose.save()
    open_until_asked(page, banner(page))
    expect(banner(page)).to_contain_text("What you bought (its terms have changed since your yes)")
    expect(banner(page)).not_to_contain_text("What you tell us")
    banner(page).get_by_role("button", name="Refuse all").click()
    page.get_by_role("status").get_by_text("Your choices are saved.").wait_for()
    page.goto("/")
    assert banner(page).count() == 0


@pytest.mark.parametrize(
    "viewport", [{"width": 320, "height": 640}, {"width": 1280, "height": 900}]
)
def test_preference_center_and_receipt_can_be_read_by_everybody(new_page, shop, viewport):
    page = new_page(viewport=viewport)
    page.goto("/")
    banner(page).get_by_role("button", name="Accept all").click()
    page.get_by_role("status").get_by_text("Your choices are saved.").wait_for()
    page.goto("/preferences/")
    page.locator("#choice-stated").get_by_text("All terms").click()
    for step in ("center", "receipt"):
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [n["target"] for n in each["nodes"]]) for each in found] == [], step
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), step
        if step == "center":
            page.get_by_role("link", name="Receipt: What you bought, allowed").click()
            page.get_by_role("heading", name="Receipt of your choice").wait_for()


def test_receipt_on_paper_is_the_receipt_alone(page, shop):
    page.goto("/")
    banner(page).get_by_role("button", name="Accept all").click()
    page.get_by_role("status").get_by_text("Your choices are saved.").wait_for()
    page.goto("/preferences/")
    page.get_by_role("link", name="Receipt: What you bought, allowed").click()
    page.get_by_role("heading", name="Receipt of your choice").wait_for()
    page.emulate_media(media="print")
    expect(page.get_by_text("Number of this receipt")).to_be_visible()
    expect(page.locator(".ep-screen").get_by_text("Save my choices")).to_be_visible()
    expect(page.get_by_role("link", name="Download (JSON)")).to_be_hidden()


def test_answer_whose_response_was_lost_is_recorded_once(page, shop):
    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/preferences/choices/", lose)
    page.goto("/")
    page.get_by_role("button", name="Accept all").click()
    page.get_by_text("This could not be saved").wait_for()
    page.unroute("**/preferences/choices/")
    page.context.clear_cookies()
    page.get_by_role("button", name="Accept all").click()
    page.get_by_text("Your choices are saved.").wait_for()
    assert Subject.objects.count() == 1
