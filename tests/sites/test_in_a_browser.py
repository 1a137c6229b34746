"""Two shops on two ports of one host, and two tabs of one shop, in a real browser."""

import pytest
from boutique.models import HomePage
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Page, Site

from ethical_personalization.models import ConsentState, Subject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Nobody's answer is sent until it lets go, so that both wait at once.
HOLD = """() => {
    const waits = new Promise((done) => { window.letGo = done; });
    navigator.locks.request("ep-choices", () => waits);
}"""


@pytest.fixture
def _hosts(settings):
    """The servers of this module tell their ports themselves."""
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def shop(live_server):
    """The default site, at the port of the live server."""
    site = Site.objects.get(is_default_site=True)
    root = Page.get_first_root_node()
    site.root_page = root.add_child(instance=HomePage(title="Home", slug="start"))
    site.hostname, site.port = "localhost", live_server.thread.port
    site.save()
    return live_server.url


@pytest.fixture
def shop_next_door(shop):
    """A second site on the same host, at another port."""
    server = LiveServer("localhost")
    first = Site.objects.get(is_default_site=True)
    Site.objects.create(hostname="localhost", port=server.thread.port, root_page=first.root_page)
    yield server.url
    server.stop()


def question(page):
    return page.get_by_role("region", name="Your choices")


def answers(page, url, button):
    page.goto(url)
    question(page).get_by_role("button", name=button).click()
    page.get_by_role("status").get_by_text("Your choices are saved.").wait_for()


def test_two_shops_on_two_ports_never_reset_each_other(page, shop, shop_next_door):
    answers(page, shop, "Refuse all")
    answers(page, shop_next_door, "Accept all")
    for url in (shop, shop_next_door, shop):
        page.goto(url)
        expect(question(page)).to_have_count(0)
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert names == {f"ep_choices_{site.pk}" for site in Site.objects.all()}
    sites = ConsentState.objects.values_list("site__port", flat=True).distinct()
    assert [f"http://localhost:{port}" for port in sites] == [shop_next_door]


@pytest.mark.parametrize(
    ("buttons", "statuses"),
    [
        (("Accept all", "Refuse all"), {"withdrawn"}),
        (("Refuse all", "Accept all"), {"given"}),
        (("Accept all", "Accept all"), {"given"}),
    ],
)
def test_of_two_tabs_that_answer_at_once_the_later_answer_counts(page, shop, buttons, statuses):
    tabs = [page, page.context.new_page()]
    for tab in tabs:
        tab.goto(shop)
    holding = page.context.new_page()
    holding.goto(shop)
    holding.evaluate(HOLD)
    for tab, button in zip(tabs, buttons, strict=True):
        pressed = question(tab).get_by_role("button", name=button)
        pressed.evaluate("button => { button.click(); }")
    holding.evaluate("() => { window.letGo(); }")
    for tab in tabs:
        tab.get_by_role("status").get_by_text("Your choices are saved.").wait_for()
        tab.goto(shop)
        expect(question(tab)).to_have_count(0)
    assert Subject.objects.count() == 1
    states = ConsentState.objects.values_list("event__status", flat=True)
    assert set(states) == statuses


def test_answer_in_one_tab_takes_the_question_out_of_the_other(page, shop):
    other = page.context.new_page()
    other.goto(shop)
    answers(page, shop, "Refuse all")
    expect(question(other)).to_have_count(0)
