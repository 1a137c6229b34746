"""What only a browser can tell: that it sends Global Privacy Control."""

import pytest
from boutique.models import HomePage
from playwright.sync_api import expect
from wagtail.models import Page, Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENDS = "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})"


@pytest.fixture(autouse=True)
def purposes(live_server):
    """The shop's own four, and a home page."""
    site = Site.objects.get(is_default_site=True)
    root = Page.get_first_root_node()
    site.root_page = root.add_child(instance=HomePage(title="Home", slug="start"))
    site.save()


def note(page):
    return page.get_by_text("Your browser sends Global Privacy Control")


def test_ccpa_7025_c_6_browser_shows_the_message_without_a_click(page):
    page.add_init_script(SENDS)
    page.goto("/")
    expect(note(page)).to_be_visible()


def test_ccpa_7025_c_6_browser_without_the_signal_shows_none(page):
    page.goto("/")
    expect(note(page)).to_be_hidden()


def test_gpc_message_in_the_preference_center_needs_no_javascript(new_page):
    page = new_page(java_script_enabled=False, extra_http_headers={"Sec-GPC": "1"})
    page.goto("/preferences/")
    expect(note(page)).to_be_visible()
