"""Each control in a real browser: its effect on the next page and in a second browser."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "Fits what you told us"


def log_in(page):
    page.goto("/shop/accounts/login/")
    page.locator("#id_login-username").fill("shopper@example.com")
    page.locator("#id_login-password").fill("demo-shop-2026")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(lambda url: "login" not in url)


def tell_styles(page):
    page.goto("/preferences/")
    page.get_by_label("Romantic", exact=True).check()
    page.get_by_role("button", name="Allow and save").click()
    page.get_by_text("Your answers are saved.").wait_for()


def listed(page):
    page.goto("/")
    section = page.locator("section", has=page.get_by_role("heading", name=LIST))
    return section.locator("h3").all_inner_texts()


@pytest.fixture
def browsers(visit):
    """Two browsers of one account that told what it likes."""
    first, second = visit(), visit(java_script_enabled=False)
    for page in (first, second):
        log_in(page)
    tell_styles(first)
    return first, second


@pytest.mark.parametrize("control", ["Hide this product", "Less like this"])
def test_product_is_gone_on_the_next_page_of_both_browsers_until_undone(browsers, control):
    first, second = browsers
    before = listed(first)
    assert before == listed(second)
    second.locator(".ep-item__open").first.click()
    second.get_by_role("button", name=control).first.click()
    second.get_by_text("Saved.").first.wait_for()
    assert before[0] not in listed(first)
    assert before[0] not in listed(second)
    first.goto("/preferences/#muted")
    first.locator("#muted button").first.click()
    first.get_by_text("Undone.").first.wait_for()
    assert listed(first) == listed(second) == before
    assert first.complaints == []


def test_brand_is_muted_from_the_page_of_a_product(browsers):
    first, second = browsers
    before = listed(first)
    first.locator(".ep-item__open").first.click()
    first.get_by_role("link", name="Mute its brand or category").first.click()
    first.get_by_role("button", name="Mute this brand").click()
    first.get_by_text("no reason for anything any more").first.wait_for()
    assert before[0] not in listed(second)


def test_switching_off_takes_no_more_steps_than_switching_on(visit):
    page, steps = visit(), {"on": 0, "off": 0}

    def click(direction, control):
        control.first.click()
        steps[direction] += 1

    page.goto("/shop/accounts/login/")
    click("on", page.get_by_role("button", name="Accept all"))
    page.get_by_text("Your choices are saved.").wait_for()
    log_in(page)
    page.goto("/preferences/")
    page.get_by_role("button", name="Yes, for my account").click()
    page.get_by_text("Your choices are saved.").first.wait_for()
    page.goto("/")
    expect(page.get_by_text("Good to see you again")).to_be_visible()
    click("off", page.get_by_role("button", name="Off for good: What you bought"))
    page.get_by_text("Switched off for good.").first.wait_for()
    assert steps["off"] <= steps["on"]
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("It is allowed again, as before.").first.wait_for()
    expect(page.get_by_text("Good to see you again")).to_be_visible()
    page.get_by_role("button", name="Off for good: What you bought").first.click()
    page.get_by_role("link", name="Leave it off").click()
    expect(page.get_by_text("Good to see you again")).to_have_count(0)
