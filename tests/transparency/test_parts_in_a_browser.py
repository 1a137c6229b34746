"""The cache mode *fragment* in a browser: defaults stand until hers come, and nothing jumps."""

import pytest
from boutique.models import HomePage
from playwright.sync_api import expect
from wagtail.models import Page, Site

from ethical_personalization.models import PreferenceQuestion, Purpose
from ethical_personalization.testing import published_segment
from tests.transparency.asked_again import open_until_asked

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERS = "Thank you for coming back"
#: Good by Web Vitals (https://web.dev/articles/cls).
GOOD_SHIFT = 0.1
WATCH = """
    window.shift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def shop(live_server, settings):
    """A home page whose opening takes half a phone's screen, and words below it; one question."""
    settings.ETHICAL_PERSONALIZATION_CACHE_MODE = "fragment"
    site = Site.objects.get(is_default_site=True)
    root = Page.get_first_root_node()
    words = [("text", f"<p>{'Clothes for a long while. ' * 30}</p>")] * 3
    opening = "Clothes that are worn for years, and mended when they need it. " * 4
    home = HomePage(title="Home", slug="start", opening=opening, body=words)
    site.root_page = root.add_child(instance=home)
    site.save()
    PreferenceQuestion.objects.all().delete()
    PreferenceQuestion.objects.create(key="fabric", title="Which fabrics?", options="linen\nwool")
    published_segment("S", [("stated.fabric", "any_of", ["wool"])], placements=["home-welcome"])


def likes_wool(page):
    page.goto("/preferences/")
    page.get_by_role("checkbox", name="wool").check()
    page.get_by_role("button", name="Allow and save").click()
    page.get_by_text("Your answers are saved.").wait_for()


def asked_for_parts(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    return lambda: [url for url in asked if "ep-parts=1" in url]


def test_visitor_without_a_choice_asks_for_nothing_more(page, shop):
    asked = asked_for_parts(page)
    page.goto("/", wait_until="networkidle")
    expect(page.get_by_role("button", name="Accept all")).to_be_visible()
    assert asked() == []
    assert page.context.cookies() == []


def test_shopper_gets_hers_by_one_request_and_can_use_it(page, shop):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    likes_wool(page)
    asked = asked_for_parts(page)
    page.goto("/")
    expect(page.get_by_text(HERS)).to_be_visible()
    assert len(asked()) == 1
    page.get_by_text("Why am I seeing this?").click()
    page.get_by_role("button", name="Don’t use this").click()
    page.get_by_role("status").get_by_text("We do not use this any more.").wait_for()
    page.goto("/", wait_until="networkidle")
    assert page.get_by_text(HERS).count() == 0
    assert complaints == []


@pytest.mark.parametrize(
    "viewport", [{"width": 390, "height": 844}, {"width": 1280, "height": 900}]
)
def test_layout_is_stable_while_hers_is_on_its_way_and_when_it_comes(new_page, shop, viewport):
    page = new_page(viewport=viewport)
    likes_wool(page)
    waiting = []
    page.route("**/*ep-parts=1", lambda route: waiting.append(route))
    page.add_init_script(WATCH)
    page.goto("/")
    page.wait_for_timeout(500)
    assert page.evaluate("window.shift") == 0
    assert page.get_by_text(HERS).count() == 0
    waiting[0].continue_()
    page.get_by_text(HERS).wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate("window.shift") <= GOOD_SHIFT


def test_question_does_not_flash_for_who_has_answered(page, shop):
    page.goto("/")
    page.get_by_role("button", name="Refuse all").click()
    page.get_by_text("Your choices are saved.").wait_for()
    page.route("**/*ep-parts=1", lambda route: None)  # never answered
    page.goto("/", wait_until="commit")
    page.locator("ep-consent").wait_for(state="attached")
    expect(page.locator("ep-consent")).to_be_hidden()
    page.wait_for_load_state("load")
    expect(page.locator("ep-consent")).to_be_hidden()


def test_question_about_what_has_changed_is_put(page, shop):
    likes_wool(page)
    purpose = Purpose.objects.get(key="stated")
    purpose.recipients = "Parcel Ltd"
    purpose.save()
    region = page.get_by_role("region", name="Your choices")
    open_until_asked(page, region)
    expect(region).to_contain_text("its terms have changed since your yes")


def test_defaults_stand_where_no_parts_come(page, shop):
    likes_wool(page)
    page.route("**/*ep-parts=1", lambda route: route.abort())
    page.goto("/", wait_until="networkidle")
    assert page.get_by_text(HERS).count() == 0
    expect(page.get_by_role("heading", name="Home")).to_be_visible()


def test_defaults_stand_without_scripts(new_page, shop):
    page = new_page(java_script_enabled=False)
    likes_wool(page)
    page.goto("/")
    assert page.get_by_text(HERS).count() == 0
    expect(page.get_by_role("heading", name="Home")).to_be_visible()


def test_what_she_is_using_is_not_taken_away(page, shop):
    likes_wool(page)
    waiting = []
    page.route("**/*ep-parts=1", lambda route: waiting.append(route))
    page.goto("/")
    page.wait_for_timeout(300)
    page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
            while (walker.nextNode() && walker.currentNode.data !== "ep-part:home-welcome");
            const field = document.createElement("input");
            walker.currentNode.after(field);
            field.focus();
        }"""
    )
    waiting[0].continue_()
    page.locator("ep-consent").wait_for(state="detached")
    assert page.get_by_text(HERS).count() == 0
