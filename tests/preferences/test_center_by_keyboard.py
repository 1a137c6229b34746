"""The preference center in Chromium on a phone's screen: by keyboard alone, and half scripted."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from ethical_personalization.models import ConsentState, PreferenceQuestion, Subject
from ethical_personalization.shopper.profile import save_stated, stated_answers
from ethical_personalization.testing import consent_given
from tests.standards.measuring import STOP

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 700}
#: What can be reached on our pages.
TARGETS = ".ep-page :is(a[href], button, summary, select, input:not([type=hidden]), textarea)"
#: Where the focus is among them, and whether it can be seen: of a large field Chromium shows the
#: part with the caret.
WHERE = f"""() => {{
    const all = [...document.querySelectorAll("{TARGETS}")], focused = document.activeElement;
    const box = focused.getBoundingClientRect();
    const from = Math.max(box.top, 0), to = Math.min(box.bottom, innerHeight);
    const hit = document.elementFromPoint(box.x + box.width / 2, (from + to) / 2);
    return {{
        place: all.indexOf(focused),
        top: box.top + scrollY,
        hidden: to - from < Math.min(box.height, 25) - 1
            || !hit || !(focused.contains(hit) || hit.contains(focused)),
        is: focused.localName,
        name: focused.name ?? "",
        value: focused.value ?? "",
        open: focused.parentElement.open === true,
    }};
}}"""
#: Targets that were not among the stops; the keyboard comes to one of the buttons of one choice.
MISSED = f"""places => {{
    const all = [...document.querySelectorAll("{TARGETS}")];
    const met = new Set(places.map(place => all[place].type === "radio" ? all[place].name : place));
    return all.filter((each, place) => each.checkVisibility()
        && !met.has(each.type === "radio" ? each.name : place)).map(each => each.outerHTML);
}}"""


@pytest.fixture
def page(new_page, live_server):
    """Of a shopper who allowed some of it and likes wool, before anything is open."""
    PreferenceQuestion.objects.all().delete()
    PreferenceQuestion.objects.create(key="fabric", title="Which fabrics?", options="linen\nwool")
    client = Client()
    consent_given(client, "orders", answers={"fabric": ["wool"]})
    page = new_page(viewport=PHONE)
    cookie = {"name": "ep_choices", "value": client.cookies["ep_choices"].value}
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    return page


def stops(page, key="Tab"):
    """Each stop on our part of the page, from its first one to its last."""
    for _press in range(300):
        page.keyboard.press(key)
        stop = page.evaluate(STOP) | page.evaluate(WHERE)
        if stop["ours"]:
            yield stop
        elif stop["words"] == "Your account":
            return
    raise AssertionError("The focus does not leave the page.")


def walked(page):
    """All stops of the page; everything that unfolds is unfolded on the way."""
    found = []
    for stop in stops(page):
        found.append(stop)
        if stop["is"] == "summary" and not stop["open"]:
            page.keyboard.press("Enter")
            assert page.evaluate(WHERE)["open"], stop["words"]
        if (stop["name"], stop["value"]) == ("choice-browsing", "yes"):
            page.keyboard.press("Space")
    return found


def walked_well(page):
    """The words of all stops: each is seen, in the order of the page, and none is missed."""
    found = walked(page)
    places = [stop["place"] for stop in found]
    assert places == sorted(places)
    assert page.evaluate(MISSED, places) == []
    assert [stop["words"] for stop in found if not stop["seen"] or stop["hidden"]] == []
    tops = [stop["top"] for stop in found]
    beside = 60  # what stands in one row may be of different heights
    assert all(after > before - beside for before, after in zip(tops, tops[1:], strict=False))
    return [stop["words"] for stop in found]


def presses(page, words):
    """Back to the control of that name, and Enter."""
    for stop in stops(page, "Shift+Tab"):
        if stop["words"] == words:
            break
    page.keyboard.press("Enter")


def logs_in(page, live_server, name):
    """In another tab, while the page stays open."""
    client = Client()
    client.force_login(get_user_model().objects.create_user(name, f"{name}@example.com"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])


def violations(page):
    """What axe finds on the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


def test_every_control_is_reached_in_order_and_seen_and_a_choice_is_saved(page):
    for path in ("/preferences/how/", "/preferences/"):
        page.goto(path)
        walked_well(page)
    assert page.locator(".ep-page details:not([open])").count() == 0
    assert "browsing" not in dict(ConsentState.objects.values_list("purpose__key", "pk"))
    presses(page, "Save my choices")
    page.get_by_role("status").get_by_text("Your choices are saved.").wait_for()
    assert ConsentState.objects.get(purpose__key="browsing").event.status == "given"


def test_what_is_asked_after_an_old_tab_and_a_login_is_answered_by_keyboard(page, live_server):
    subject = Subject.objects.get()
    page.goto("/preferences/")
    save_stated(subject.pk, {"fabric": ["linen"]}, now=timezone.now())
    page.locator("#likes").get_by_role("button", name="Save my answers").press("Enter")
    page.get_by_role("heading", name="Which answers should hold?").wait_for()
    assert violations(page) == []
    assert walked_well(page) == ["Save what I sent", "Keep what is saved"]
    presses(page, "Save what I sent")
    page.get_by_text("Your answers are saved.").wait_for()
    assert stated_answers(subject.pk) == {"fabric": ("wool",)}

    logs_in(page, live_server, "one")
    page.goto("/preferences/")
    page.get_by_role("heading", name="Shall this hold for your account?").wait_for()
    assert violations(page) == []
    found = iter(stops(page))
    assert any(stop["words"] == "Yes, for my account" and stop["seen"] for stop in found)
    assert next(found)["words"] == "No, not for my account"
    presses(page, "Yes, for my account")
    page.get_by_text("Your choices are saved.").wait_for()

    page.context.clear_cookies()
    page.goto(reverse("catalogue:index"))
    logs_in(page, live_server, "other")
    page.get_by_role("button", name="Refuse all").press("Enter")
    page.get_by_role("heading", name="Is this your answer?").wait_for()
    assert violations(page) == []
    assert walked_well(page)[-2:] == ["Save these choices", "Save nothing"]
    presses(page, "Save these choices")
    page.get_by_text("Your choices are saved.").wait_for()
    assert "ep_choices" in {cookie["name"] for cookie in page.context.cookies()}


def test_forms_work_though_some_of_the_scripts_did_not_come(page):
    came, errors = [], []

    def half(route):
        came.append(route.request.url)
        if len(came) % 2:
            route.continue_()
        else:
            route.abort()

    page.route("**/ep-*.js", half)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/preferences/")
    assert len(came) > 1
    for within, control, said in (
        ("#choice-browsing", "Yes", ""),
        ("#choices", "Save my choices", "Your choices are saved."),
        ("#likes", "linen", ""),
        ("#likes", "Save my answers", "Your answers are saved."),
        ("#pause", "For 30 days", "Everything is paused"),
    ):
        part = page.locator(within)
        if said:
            part.get_by_role("button", name=control).click()
            expect(page.get_by_text(said).first).to_be_visible()
        else:
            part.get_by_label(control, exact=True).check()
    assert errors == []
    assert ConsentState.objects.get(purpose__key="browsing").event.status == "given"
