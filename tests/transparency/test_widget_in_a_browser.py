"""The widget in a browser: for every eye, hand and screen, beside the styles of other people."""

from importlib.resources import files
from types import ModuleType

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path
from playwright.sync_api import expect

from ethical_personalization.models import PreferenceQuestion, QuestionSource
from ethical_personalization.testing import published_segment
from tests.personalization.conftest import catalogue  # noqa: F401
from tests.standards.measuring import RATIO, STOP, TOO_SMALL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
#: A desktop's window at 200 %.
ZOOMED = {"width": 640, "height": 450}
WHY = "Why am I seeing this?"
#: A shop that follows the browser, and one that is dark by its own switch.
STYLES = {
    "follows": ":root { color-scheme: light dark } body { background: Canvas; color: CanvasText }",
    "dark": ":root { color-scheme: dark } body { background: #14181a; color: #eee }",
    "bootstrap5": files("bootstrap").joinpath("static/bootstrap/css/bootstrap.min.css").read_text(),
}
LOOKS = ["/", "/?style=dark", "/?bootstrap=4", "/?style=bootstrap5"]
PAGE = """{% load ethical_personalization static %}<!DOCTYPE html>
<html lang="en" dir="{{ request.GET.dir|default:"ltr" }}" data-bs-theme="{{ request.GET.theme }}">
<head><title>Shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{% personalization_assets %}
{% if request.GET.bootstrap %}<link rel="stylesheet" href="{% static "oscar/css/styles.css" %}">
{% else %}<link rel="stylesheet" href="/{{ request.GET.style|default:"follows" }}.css">{% endif %}
</head><body>{% consent_banner %}<main class="container"><h1>Shop</h1>
{% personalized "home-welcome" %}<p class="hers">For you</p>{% why decision %}
{% default %}<p id="all">For all</p>{% why decision %}{% endpersonalized %}
{% personal_part "products" %}{% recommended_products 2 as found %}<h2>Products</h2>{% why found %}
<ul class="row list-unstyled">{% for each in found.products %}<li class="col-6">
<article class="product_pod ep-corner"><h3 class="mt-3">{{ each.title }}</h3>
<p class="product_price">10 €</p>{% why_item found each %}</article></li>{% endfor %}</ul>
{% endpersonal_part %}</main></body></html>"""


def shown(request):
    return HttpResponse(Template(PAGE).render(RequestContext(request)))


def styled(request, name):
    return HttpResponse(STYLES[name], content_type="text/css")


@pytest.fixture(autouse=True)
def shop(live_server, settings, catalogue):  # noqa: F811
    """One page with a placement and a list whose cards clip, as Oscar's do."""
    PreferenceQuestion.objects.all().delete()
    PreferenceQuestion.objects.create(
        key="fabric",
        title="Which fabrics?",
        source=QuestionSource.ATTRIBUTE,
        attribute_code="fabric",
    )
    catalogue("Pullover", fabric="wool")
    catalogue("Scarf", fabric="wool")
    catalogue("Shirt", fabric="linen")
    published_segment("S", [("stated.fabric", "any_of", ["wool"])], placements=["home-welcome"])
    urls = ModuleType("urls_of_one_page")
    ours = [path("", shown), path("<slug:name>.css", styled)]
    urls.urlpatterns = [*ours, path("", include("boutique.urls"))]
    settings.ROOT_URLCONF = urls


def opened(page, address="/", *, unfold=True):
    """The page of who likes wool, with everything unfolded that can be."""
    page.goto("/preferences/")
    page.get_by_role("checkbox", name="wool").check()
    page.get_by_role("button", name="Allow and save").click()
    page.get_by_text("Your answers are saved.").wait_for()
    page.goto(address)
    page.locator("ep-why").first.wait_for()
    if unfold:
        for summary in page.locator("ep-why summary").all():
            if summary.locator("xpath=..").get_attribute("open") is None:
                summary.click()
    return page


def is_saved(page, name="We do not use this any more."):
    page.get_by_role("status").get_by_text(name).first.wait_for()


def corner(page, number=0):
    page.locator(".ep-item__open").nth(number).click()
    panel = page.get_by_role("dialog")
    panel.wait_for()
    return panel


@pytest.mark.parametrize("look", [*LOOKS, "/?style=bootstrap5&theme=dark", "/?dir=rtl"])
@pytest.mark.parametrize(
    ("colours", "viewport"), [("light", PHONE), ("dark", DESKTOP)], ids=["light", "dark"]
)
def test_axe_finds_nothing_in_the_opened_widget(new_page, look, colours, viewport):
    page = opened(new_page(viewport=viewport, color_scheme=colours), look)
    page.locator(".ep-why__normal").first.click()
    page.get_by_role("region", name="The normal version").wait_for()
    corner(page)
    found = Axe().run(page, context="ep-why, .ep-normal").response["violations"]
    assert [(each["id"], [n["target"] for n in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("look", ["/", "/?bootstrap=4", "/?style=bootstrap5", "/?dir=rtl"])
@pytest.mark.parametrize("viewport", [PHONE, ZOOMED], ids=["320 px", "200 %"])
def test_nothing_scrolls_sideways_and_targets_are_large_enough(new_page, look, viewport):
    page = opened(new_page(viewport=viewport), look)
    corner(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(TOO_SMALL) == []


def test_accessibility_tree_says_what_everything_is(page):
    opened(page)
    expect(page.locator("ep-why").first).to_match_aria_snapshot(
        """
        - group:
          - text: Why am I seeing this?
          - paragraph: You answered “Which fabrics?” with wool.
          - list:
            - listitem:
              - group:
                - text: Which fabrics?
                - paragraph: wool
                - paragraph:
                  - text: /You answered this in your preferences. As of .*/
                  - 'link "Change this: Which fabrics?"'
              - 'button "Don’t use this: Which fabrics?"'
          - group:
            - text: What you have allowed, and what you get
            - paragraph: /You have allowed “What you tell us” since .*/
            - paragraph: /What the shop promises you. Lists and pages that fit .*/
          - link "Show me the normal version"
          - paragraph: /This content was chosen for you. A rule decided this, not a person.*/
          - status
        """
    )
    expect(corner(page)).to_match_aria_snapshot(
        """
        - dialog "Scarf":
          - button "Close"
          - paragraph: You answered “Which fabrics?” with wool.
        """
    )


def test_keyboard_goes_from_the_reason_to_its_controls_and_back(page):
    opened(page, unfold=False)
    page.keyboard.press("Tab")
    assert page.evaluate(STOP)["words"] == WHY
    page.keyboard.press("Enter")
    stops = []
    for _step in range(11):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
    assert [stop["words"] for stop in stops] == [
        "Which fabrics?",
        "Change this",
        "Don’t use this",
        "What you have allowed, and what you get",
        "Pause everything",
        "What else was looked at",
        "Tell the shop what you think of this",
        "Show me the normal version",
        "How we personalise",
        "Off for good: What you tell us",
        WHY,
    ]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Escape")
    assert page.evaluate(STOP)["words"] == WHY
    assert page.locator("ep-why details[open] .ep-why__panel").count() == 0


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_focus_is_seen_at_every_stop(new_page, look, colours):
    page = opened(new_page(viewport=DESKTOP, color_scheme=colours), look)
    page.locator("h1").click()
    stops = []
    for _step in range(14):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
    ours = [stop for stop in stops if stop["ours"]]
    assert len(ours) >= 10
    assert [stop["words"] for stop in ours if not stop["seen"]] == []


def test_high_contrast_keeps_the_edges_of_panels_and_buttons(new_page):
    page = opened(new_page(viewport=DESKTOP, forced_colors="active"))
    corner(page)
    faint = page.evaluate(
        f"""() => {{ {RATIO}
            return [...document.querySelectorAll(
                ".ep-why__panel, .ep-item__panel:popover-open, .ep-why .ep-button")]
                .map(each => [each, getComputedStyle(each)])
                .filter(([each, style]) => parseFloat(style.borderTopWidth) < 1
                    || ratio(style.borderTopColor, style.backgroundColor) < 3)
                .map(([each]) => each.outerHTML);
        }}"""
    )
    assert faint == []


def test_nothing_moves_by_itself(new_page):
    page = opened(new_page(reduced_motion="reduce"))
    corner(page)
    moving = page.evaluate("document.getAnimations().length")
    assert moving == 0


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_corner_lies_at_the_end_of_its_card_in_either_direction(page, direction):
    opened(page, f"/?bootstrap=4&dir={direction}", unfold=False)
    card = page.locator(".product_pod").first.bounding_box()
    button = page.locator(".ep-item__open").first.bounding_box()
    start_gap, end_gap = button["x"] - card["x"], card["x"] + card["width"] - button["x"]
    assert (end_gap < start_gap) == (direction == "ltr")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_panel_of_a_corner_is_not_clipped_by_its_card(new_page, viewport):
    page = opened(new_page(viewport=viewport), "/?bootstrap=4", unfold=False)
    assert page.locator(".product_pod").first.evaluate("e => getComputedStyle(e).overflow") == (
        "hidden"
    )
    panel = corner(page)
    expect(panel).to_be_in_viewport(ratio=1)
    is_on_top = """each => {
        const box = each.getBoundingClientRect();
        return [[.02, .02], [.98, .02], [.02, .98], [.98, .98]].every(([x, y]) => each.contains(
            document.elementFromPoint(box.x + box.width * x, box.y + box.height * y)));
    }"""
    assert panel.evaluate(is_on_top)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.activeElement.className") == "ep-item__open"


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_opening_a_reason_needs_no_request(new_page, java_script_enabled):
    page = opened(new_page(java_script_enabled=java_script_enabled), unfold=False)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_text(WHY).first.click()
    page.get_by_text("You answered “Which fabrics?” with wool.").first.wait_for()
    expect(corner(page)).to_contain_text("Which fabrics?")
    assert asked == []


def test_normal_version_is_fetched_privately_and_shown_beside_hers(page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    opened(page)
    link = page.locator(".ep-why__normal").first
    with page.expect_response("**ep-parts=normal") as answered:
        link.click()
    assert "no-store" in answered.value.headers["cache-control"]
    normal = page.get_by_role("region", name="The normal version")
    expect(normal).to_contain_text("For all")
    expect(page.locator(".hers")).to_be_visible()
    assert normal.locator("#all").count() == 0
    assert page.evaluate("document.activeElement.closest('.ep-normal') !== null")
    normal.get_by_role("button", name="Close").click()
    expect(normal).to_have_count(0)
    assert link.evaluate("each => each === document.activeElement")
    assert complaints == []


def test_normal_version_of_a_list_is_what_is_new(page):
    opened(page)
    page.locator(".ep-why__normal").nth(1).click()
    normal = page.get_by_role("region", name="The normal version")
    expect(normal).to_contain_text("Shirt")
    assert page.locator("ul.row").first.get_by_text("Shirt").count() == 0
    assert normal.locator("ep-why").count() == 0


def test_normal_version_stands_beside_hers_in_the_mode_fragment(page, settings):
    settings.ETHICAL_PERSONALIZATION_CACHE_MODE = "fragment"
    page.goto("/preferences/")
    page.get_by_role("checkbox", name="wool").check()
    page.get_by_role("button", name="Allow and save").click()
    page.get_by_text("Your answers are saved.").wait_for()
    page.goto("/")
    page.get_by_text(WHY).first.click()
    page.locator(".ep-why__normal").first.click()
    expect(page.get_by_role("region", name="The normal version")).to_contain_text("For all")
    expect(page.locator(".hers")).to_be_visible()


def test_normal_version_that_can_not_be_loaded_loses_nothing(page):
    opened(page)
    page.route("**ep-parts=normal", lambda route: route.abort())
    link = page.locator(".ep-why__normal").first
    link.click()
    page.get_by_role("status").get_by_text("could not be loaded").wait_for()
    expect(page.locator(".hers")).to_be_visible()
    page.unroute("**ep-parts=normal")
    link.click()
    expect(page.get_by_role("region", name="The normal version")).to_be_visible()


def test_link_leads_to_the_normal_version_without_scripts(new_page):
    page = opened(new_page(java_script_enabled=False), unfold=False)
    page.get_by_text(WHY).first.click()
    page.locator(".ep-why__normal").first.click()
    expect(page.get_by_text("For all")).to_be_visible()
    page.get_by_role("link", name="Show my version again").click()
    expect(page.locator(".hers")).to_be_visible()


@pytest.mark.parametrize("blocked", ["ep-why", "ep-normal"])
def test_widget_works_though_one_of_its_scripts_did_not_come(page, blocked):
    page.route(f"**/{blocked}*.js", lambda route: route.abort())
    opened(page, unfold=False)
    page.get_by_text(WHY).first.click()
    page.locator(".ep-why__normal").first.click()
    expect(page.get_by_text("For all").first).to_be_visible()
    page.goto("/")
    page.get_by_text(WHY).first.click()
    page.get_by_role("button", name="Don’t use this").first.click()
    expect(page.get_by_text("We do not use this any more.").first).to_be_attached()


def test_double_click_is_sent_once(page):
    opened(page, unfold=False)
    page.get_by_text(WHY).first.click()
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else 0)
    page.get_by_role("button", name="Don’t use this").first.dblclick()
    is_saved(page)
    assert len(posts) == 1
