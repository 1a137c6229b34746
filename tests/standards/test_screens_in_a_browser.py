"""Rows on the screens of consent and rights that only a browser can show."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from boutique.models import HomePage
from playwright.sync_api import expect
from wagtail.models import Page, Site

from ethical_personalization.models import ConsentEvent, PreferenceQuestion, Purpose, Subject

from .measuring import RATIO, STOP, TOO_SMALL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
#: A desktop's window at 200 %.
ZOOMED = {"width": 640, "height": 450}
READ_MORE = "Read more, or change this later"


@pytest.fixture(autouse=True)
def purposes(live_server):
    """The shop's own four, a question, and a home page."""
    site = Site.objects.get(is_default_site=True)
    root = Page.get_first_root_node()
    site.root_page = root.add_child(instance=HomePage(title="Home", slug="start"))
    site.save()
    PreferenceQuestion.objects.all().delete()
    PreferenceQuestion.objects.create(key="fabric", title="Which fabrics?", options="linen\nwool")


def banner(page):
    return page.get_by_role("region", name="Your choices")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def screens(page):
    """Goes through the screens of consent and rights, and stops at each with its name."""
    page.goto("/")
    banner(page).get_by_text("Choose one by one").click()
    yield "banner"
    page.goto("/preferences/")
    Purpose.objects.filter(key="stated").update(title="What you told us")
    press(page, "Allow all")
    page.get_by_role("heading", name="Please confirm your choices").wait_for()
    yield "confirmation"
    press(page, "Save these choices")
    page.get_by_text("Your choices are saved.").wait_for()
    page.get_by_label("wool").check()
    press(page, "Save my answers")
    page.get_by_text("Your answers are saved.").wait_for()
    page.locator("#choice-stated").get_by_text("All terms").click()
    yield "center"
    press(page, "Until I say so")
    page.get_by_text("Everything is paused since").first.wait_for()
    yield "paused"
    for address in ("your-data/guests/", "your-data/", "your-data/erase/"):
        page.goto(f"/preferences/{address}")
        for summary in page.locator(".ep-page summary").all():
            summary.click()
        yield address
    press(page, "Erase my data")
    page.get_by_text("Nothing about you is used from now on.").first.wait_for()
    yield "undo"


@pytest.mark.parametrize(
    ("colours", "viewport"), [("light", PHONE), ("dark", DESKTOP)], ids=["light", "dark"]
)
def test_wcag_1_4_3_and_4_1_2_axe_finds_nothing_on_any_screen(new_page, colours, viewport):
    page = new_page(viewport=viewport, color_scheme=colours)
    for name in screens(page):
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [n["target"] for n in each["nodes"]]) for each in found] == [], name


@pytest.mark.parametrize("viewport", [PHONE, ZOOMED], ids=["320 px", "200 %"])
def test_wcag_1_4_10_no_screen_scrolls_sideways(new_page, viewport):
    page = new_page(viewport=viewport)
    for name in screens(page):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_wcag_2_5_8_every_target_has_24_pixels_or_room_around_it(new_page):
    """Links inside a sentence are excepted, as the rule does."""
    page = new_page(viewport=PHONE)
    for name in screens(page):
        assert page.evaluate(TOO_SMALL) == [], name


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_wcag_1_4_11_controls_stand_out_from_what_is_behind(new_page, colours):
    page = new_page(viewport=DESKTOP, color_scheme=colours)
    for path in ("/", "/preferences/", "/preferences/your-data/guests/"):
        page.goto(path)
        faint = page.evaluate(
            f"""() => {{ {RATIO}
                return [...document.querySelectorAll(
                    ":is(.ep-page, ep-consent) :is(.ep-button, select, input[type=email])")]
                    .map(each => [each, getComputedStyle(each), behind(each.parentElement)])
                    .filter(([, style, back]) => ratio(style.borderTopColor, back) < 3)
                    .map(([each]) => each.outerHTML);
            }}"""
        )
        assert faint == [], path


def stops(page, key, count):
    """Where the focus comes to."""
    found = []
    for _press in range(count):
        page.keyboard.press(key)
        found.append(page.evaluate(STOP))
    return found


def test_wcag_2_1_2_focus_leaves_the_banner_forwards_and_backwards(page):
    page.goto("/")
    forwards = stops(page, "Tab", 8)
    inside = [stop["words"] for stop in forwards if stop["inBanner"]]
    assert inside == [READ_MORE, "Accept all", "Refuse all", "Choose one by one"]
    assert not forwards[0]["inBanner"]
    assert not forwards[-1]["inBanner"]
    assert not stops(page, "Shift+Tab", 8)[-1]["inBanner"]


@pytest.mark.parametrize("path", ["/", "/preferences/"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_wcag_2_4_7_focus_is_seen_at_every_stop(new_page, path, colours):
    page = new_page(viewport=DESKTOP, color_scheme=colours)
    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    ours = [stop for stop in stops(page, "Tab", 50) if stop["ours"]]
    assert len(ours) >= 4
    assert [stop["words"] for stop in ours if not stop["seen"]] == []


@pytest.mark.parametrize("path", ["/", "/preferences/"])
def test_wcag_3_2_2_choosing_changes_nothing_before_a_button_is_pressed(page, path):
    page.goto(path)
    if path == "/":
        banner(page).get_by_text("Choose one by one").click()
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    for summary in page.locator(".ep-page summary").all():
        summary.click()
    for box in page.locator(":is(.ep-page, ep-consent) input:visible").all():
        box.check()
    for years in page.locator(".ep-page select").all():
        years.select_option(index=1)
    assert page.url.endswith(path)
    assert [url for url in sent if "/static/" not in url] == []
    assert not ConsentEvent.objects.exists()


def answers():
    events = ConsentEvent.objects.select_related("purpose_version__purpose")
    return {event.purpose_version.purpose.key: event.status for event in events}


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_gdpr_4_11_enter_in_a_box_of_the_banner_never_accepts_all(new_page, java_script_enabled):
    page = new_page(java_script_enabled=java_script_enabled)
    page.goto("/")
    banner(page).get_by_text("Choose one by one").click()
    page.get_by_role("checkbox", name="What you tell us").check()
    page.keyboard.press("Enter")
    page.get_by_text("Your choices are saved.").wait_for()
    assert answers() == {
        **dict.fromkeys(("orders", "browsing", "context"), "refused"),
        "stated": "given",
    }


def test_gdpr_4_11_scrolling_waiting_and_leaving_say_no_yes(page):
    page.clock.install()
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.method != "GET" else 0)
    page.goto("/")
    page.mouse.wheel(0, 5000)
    page.mouse.click(640, 200)
    page.clock.fast_forward("48:00:00")
    expect(banner(page)).to_be_visible()
    page.goto("/shop/catalogue/")
    page.go_back()
    expect(banner(page)).to_be_visible()
    page.close(run_before_unload=True)
    assert posts == []
    assert not Subject.objects.exists()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_cookie_banner_taskforce_8_14_and_18_refuse_is_a_button_as_near_and_as_readable(
    new_page, viewport, colours
):
    page = new_page(viewport=viewport, color_scheme=colours)
    page.goto("/")
    looks = []
    for name in ("Accept all", "Refuse all"):
        button = banner(page).get_by_role("button", name=name)
        expect(button).to_be_in_viewport(ratio=1)
        looks.append(
            button.evaluate(
                f"""each => {{ {RATIO}
                    const style = getComputedStyle(each), box = each.getBoundingClientRect();
                    return [each.localName, box.y, box.width, box.height,
                            ratio(style.color, style.backgroundColor)];
                }}"""
            )
        )
    assert looks[0] == looks[1]
    assert looks[0][0] == "button"
    assert looks[0][-1] >= 4.5


def test_complaint_closing_the_banner_overwrites_no_choice_on_its_way(page):
    held = []
    page.route("**/preferences/choices/", lambda route: held.append(route))
    page.goto("/")
    press(page, "Accept all")
    page.wait_for_timeout(200)
    page.keyboard.press("Escape")
    expect(banner(page)).to_have_count(0)
    (route,) = held
    with page.expect_response("**/preferences/choices/"):
        route.continue_()
    page.goto("/")
    assert banner(page).count() == 0
    assert set(ConsentEvent.objects.values_list("status", flat=True)) == {"given"}


def test_mistake_page_hears_of_a_choice_only_after_the_server_has_it(page):
    page.add_init_script("window.heard = 0; addEventListener('ep:choices-saved', () => heard++)")
    page.route("**/preferences/choices/", lambda route: route.abort())
    page.goto("/")
    press(page, "Accept all")
    page.get_by_text("nothing was recorded").wait_for()
    assert page.evaluate("heard") == 0
    page.unroute("**/preferences/choices/")
    press(page, "Accept all")
    page.get_by_role("status").get_by_text("Your choices are saved.").wait_for()
    assert page.evaluate("heard") == 1
    assert ConsentEvent.objects.count() == 4
