"""The whole path: refuse, allow, tell, see, ask why, change, withdraw."""

import re

import pytest
from django.db.models import Sum
from oscar.core.loading import get_model
from playwright.sync_api import expect

from ethical_personalization.models import ConsentEvent, Subject

ProductRecord = get_model("analytics", "ProductRecord")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DEFAULT = "Linen, wool and leather from workshops we know by name."
ROMANTIC = "Ruffles, florals and soft collars"
PLAIN_LINEN = "Straight cuts, quiet colours"


def why(page):
    return page.get_by_text("Why am I seeing this?")


def choose_styles(page, *styles):
    page.goto("/preferences/")
    for style in styles:
        page.get_by_label(style, exact=True).check()
    page.get_by_role("button", name="Save my answers").click()
    page.get_by_text("Your answers are saved.").wait_for()


def accept_all(page):
    page.get_by_role("button", name="Accept all").click()
    page.get_by_text("Your choices are saved.").wait_for()


def buy(page):
    """From the catalogue to a placed order, without an account."""
    page.goto("/shop/search/?q=tote")
    page.locator(".card-product a, .product_pod a").first.click()
    page.get_by_role("button", name=re.compile("basket", re.I)).first.click()
    page.goto("/shop/checkout/")
    page.get_by_label("Email").first.fill("guest@example.com")
    page.get_by_role("button", name="Continue").click()
    for label, value in {
        "First name": "Demo",
        "Last name": "Guest",
        "First line of address": "1 Example Street",
        "City": "Paris",
        "Post/Zip-code": "75001",
    }.items():
        page.get_by_label(label).fill(value)
    page.get_by_label("Country").select_option(label="France")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Continue").or_(
        page.get_by_role("button", name="Continue")
    ).first.click()
    page.get_by_role("button", name="Place order").click()
    page.get_by_text("Thank you").first.wait_for()


def test_who_refuses_finds_the_shop_complete_and_is_not_asked_again(visit):
    page = visit()
    page.goto("/")
    page.get_by_role("button", name="Refuse all").click()
    page.get_by_text("Your choices are saved.").wait_for()
    page.goto("/")
    assert page.get_by_role("button", name="Accept all").count() == 0
    expect(page.get_by_text(DEFAULT)).to_be_visible()
    assert why(page).count() == 0
    assert Subject.objects.count() == 0
    (cookie,) = page.context.cookies()
    assert cookie["name"] == "ep_choices"
    assert cookie["value"].startswith("r.")


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_path_from_yes_to_reason_to_change_and_back(visit, java_script_enabled):
    page = visit(java_script_enabled=java_script_enabled)
    page.goto("/")
    accept_all(page)
    choose_styles(page, "Romantic", "Minimal")

    page.goto("/")
    expect(page.get_by_text(ROMANTIC)).to_be_visible()
    expect(page.get_by_role("heading", name="Fits what you told us")).to_be_visible()
    why(page).first.click()
    reason = page.locator(".ep-why__reason").first
    assert "You told us you like the style Romantic." in reason.inner_text()
    page.get_by_text("What you have allowed, and what you get").first.click()
    assert "since" in page.locator(".ep-why__panel").first.inner_text()

    page.get_by_role("link", name="Show me the normal version").first.click()
    expect(page.get_by_text(DEFAULT)).to_be_visible()
    in_place = page.get_by_role("region", name="The normal version").get_by_role("button")
    alone = page.get_by_role("link", name="Show my version again")
    (in_place if java_script_enabled else alone).first.click()
    expect(page.get_by_text(ROMANTIC)).to_be_visible()

    page.goto("/linen/")
    expect(page.get_by_text(PLAIN_LINEN)).to_be_visible()

    page.goto("/")
    why(page).first.click()
    page.get_by_role("button", name="Don’t use this").first.click()
    page.get_by_text("We do not use this any more.").first.wait_for()
    page.goto("/")
    expect(page.get_by_text(DEFAULT)).to_be_visible()
    assert why(page).count() == 0

    page.goto("/preferences/")
    page.get_by_role("button", name="Use this again").click()
    page.get_by_text("We use this again.").first.wait_for()
    page.goto("/")
    expect(page.get_by_text(ROMANTIC)).to_be_visible()

    page.goto("/preferences/")
    page.get_by_role("button", name="Refuse all").click()
    page.get_by_text("Your choices are saved.").first.wait_for()
    page.goto("/")
    expect(page.get_by_text(DEFAULT)).to_be_visible()
    assert why(page).count() == 0
    assert ConsentEvent.objects.filter(status="withdrawn").count() == 4
    assert page.complaints == []


def test_customer_sees_what_her_orders_change_and_why(visit):
    page = visit()
    page.goto("/shop/accounts/login/")
    page.get_by_role("button", name="Refuse all").click()
    page.get_by_text("Your choices are saved.").wait_for()
    page.goto("/shop/accounts/login/")
    page.locator("#id_login-username").fill("shopper@example.com")
    page.locator("#id_login-password").fill("demo-shop-2026")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto("/")
    expect(page.get_by_text(DEFAULT)).to_be_visible()
    page.goto("/preferences/")
    page.get_by_role("group", name="What you bought").get_by_label("Yes").check()
    page.get_by_role("button", name="Save my choices").click()
    page.get_by_text("Your choices are saved.").first.wait_for()
    page.goto("/")
    expect(page.get_by_text("Good to see you again")).to_be_visible()
    expect(page.get_by_text("Thank you for coming back.")).to_be_visible()
    why(page).first.click()
    reason = page.locator(".ep-why__reason").first.inner_text()
    assert re.search(r"You bought \d+ articles from Dresses in the last", reason)
    page.goto("/linen/")
    expect(page.get_by_text("mending is free")).to_be_visible()


def test_order_is_placed_without_consent(visit):
    page = visit()
    page.goto("/")
    page.get_by_role("button", name="Refuse all").click()
    page.get_by_text("Your choices are saved.").wait_for()
    bought = ProductRecord.objects.aggregate(count=Sum("num_purchases"))["count"] or 0
    buy(page)
    assert ProductRecord.objects.aggregate(count=Sum("num_purchases"))["count"] == bought + 1


def test_order_is_placed_with_consent(visit):
    page = visit()
    page.goto("/")
    accept_all(page)
    choose_styles(page, "Romantic")
    buy(page)


def test_path_with_the_keyboard_alone(visit):
    page = visit()
    page.goto("/")
    press_until(page, "Accept all")
    page.keyboard.press("Enter")
    page.get_by_text("Your choices are saved.").wait_for()
    page.goto("/preferences/")
    press_until(page, "Romantic")
    page.keyboard.press("Space")
    press_until(page, "Save my answers")
    page.keyboard.press("Enter")
    page.get_by_text("Your answers are saved.").wait_for()
    page.goto("/")
    press_until(page, "Why am I seeing this?")
    page.keyboard.press("Enter")
    expect(page.locator(".ep-why__reason").first).to_be_visible()
    press_until(page, "Don’t use this")
    page.keyboard.press("Enter")
    page.get_by_text("We do not use this any more.").first.wait_for()
    page.goto("/")
    expect(page.get_by_text(DEFAULT)).to_be_visible()


def press_until(page, name):
    """Tab until the focus is on the control with the given words, seeing it all the way."""
    for _press in range(120):
        page.keyboard.press("Tab")
        words = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).innerText.trim()"
        )
        if words == name:
            return
    raise AssertionError(f"The keyboard does not reach {name!r}.")


@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_on_any_screen_of_ours(visit, violations, width, colours):
    page = visit(viewport={"width": width, "height": 900}, color_scheme=colours)
    found = []
    page.goto("/")
    page.get_by_text("Choose one by one").click()
    found += violations(page)
    page.goto("/preferences/")
    found += violations(page)
    page.goto("/")
    accept_all(page)
    choose_styles(page, "Romantic", "Minimal")
    for path in ("/preferences/", "/preferences/how/", "/", "/linen/"):
        page.goto(path)
        for summary in page.locator(":is(.ep-why__summary, .ep-page summary)").all():
            summary.click()
        found += violations(page)
    assert found == []
    assert page.complaints == []


def test_page_does_not_scroll_sideways_at_320_pixels(visit):
    page = visit(viewport={"width": 320, "height": 700})
    page.goto("/")
    accept_all(page)
    choose_styles(page, "Romantic")
    for path in ("/", "/preferences/"):
        page.goto(path)
        for summary in page.locator(".ep-why__summary").all():
            summary.click()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, path
