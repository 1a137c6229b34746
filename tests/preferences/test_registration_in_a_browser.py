"""Registering in Chromium on Oscar's page as it comes: our questions stand above its button."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import expect

from ethical_personalization.models import ConsentEvent, PreferenceQuestion
from ethical_personalization.shopper.profile import stated_answers

from .test_registration import oscars_templates  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORD = "long-enough-1"


@pytest.mark.parametrize(("has_script", "width"), [(True, 1280), (False, 320)])
def test_answers_travel_with_oscars_form(new_page, oscars_templates, has_script, width):  # noqa: F811
    PreferenceQuestion.objects.all().delete()
    PreferenceQuestion.objects.create(key="fabric", title="Which fabrics?", options="linen\nwool")
    viewport = {"width": width, "height": 900}
    page = new_page(java_script_enabled=has_script, viewport=viewport)
    page.goto(reverse("customer:register"))
    page.get_by_text("What you like (optional)").press("Enter")
    if has_script:
        found = Axe().run(page, context=".ep-register").response["violations"]
        assert [each["id"] for each in found] == []
    page.get_by_label("wool").check()
    page.get_by_label("Yes, keep my answers").check()
    for name, value in (("email", "new@example.com"), ("password1", WORD), ("password2", WORD)):
        page.locator(f"#register_form [name={name}]").fill(value)
    page.get_by_label("Yes, keep my answers").focus()
    for _stop in ("our links", "to both pages", "the button"):
        page.keyboard.press("Tab")
    button = page.locator("#register_form [name=registration_submit]")
    expect(button).to_be_focused()
    with page.expect_navigation():
        button.press("Enter")
    page.goto(reverse("catalogue:index"))
    expect(page.get_by_text("Your answers are saved.")).to_be_visible()
    account = get_user_model().objects.get()
    assert stated_answers(ConsentEvent.objects.get(subject__user=account).subject_id) == {
        "fabric": ("wool",)
    }
    page.goto("/preferences/how/")
    fits = "document.documentElement.scrollWidth <= innerWidth"
    assert not has_script or page.evaluate(fits)


@pytest.mark.parametrize("width", [320, 1280])
def test_how_we_personalise_is_well_made(new_page, live_server, width):
    page = new_page(viewport={"width": width, "height": 900})
    page.goto("/preferences/how/")
    page.get_by_text("What you bought").last.click()
    found = Axe().run(page, context=".ep-page").response["violations"]
    assert [each["id"] for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
