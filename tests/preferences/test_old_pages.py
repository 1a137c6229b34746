"""Old pages: a session that ended, two tabs that disagree, a form from before."""

import pytest

from ethical_personalization.models import (
    ConsentEvent,
    ConsentState,
    Feedback,
    RestrictionEvent,
    SealedRecord,
)
from ethical_personalization.testing import consent_given, published_segment
from tests.personalization.conftest import catalogue, order  # noqa: F401 - fixtures

from .visitor import SAME_ORIGIN, Visitor

pytestmark = pytest.mark.django_db


def two_tabs(visitor):
    """Both show the preferences as they are now."""
    return visitor.opens(), Visitor(visitor.client).opens()


def states():
    rows = ConsentState.objects.values_list("purpose__key", "event__status")
    return dict(rows)


def test_yes_that_merely_stood_in_an_old_tab_is_asked_again(visitor):
    consent_given(visitor.client, "stated", "orders")
    old, new = two_tabs(visitor)
    new.presses("Save my choices", ticks=[("choice-stated", "no")])
    old.presses("Save my choices", ticks=[("choice-browsing", "yes")])
    assert old.response.status_code == 409
    assert states() == {"stated": "withdrawn", "orders": "given"}
    assert "Nothing is saved yet." in old.text
    assert "What you tell us" in old.text
    old.presses("Save these choices")  # now she says it
    assert states() == {"stated": "given", "orders": "given", "browsing": "given"}


def test_yes_that_is_said_in_an_old_tab_and_a_no_that_stood_there_are_taken(visitor):
    visitor.opens().presses("Refuse all")
    consent_given(visitor.client, "orders")
    old, new = two_tabs(visitor)
    new.presses("Allow all")
    old.presses("Save my choices", ticks=[("choice-stated", "yes")])
    assert old.response.status_code == 302
    assert states()["stated"] == states()["orders"] == "given"
    assert states()["browsing"] == "withdrawn"


@pytest.mark.parametrize("button", ["Allow all", "Save my choices", "Until I say so", "Delete"])
def test_form_of_an_account_is_not_followed_once_it_is_logged_out(visitor, user, question, button):
    visitor.client.force_login(user)
    consent_given(visitor.client, answers={"fabric": ["wool"]})
    visitor.opens()
    visitor.client.logout()
    events = ConsentEvent.objects.count()
    visitor.presses(button)
    assert visitor.response.status_code == 409
    assert "You have logged in or out since" in visitor.text
    assert not visitor.response.cookies
    assert ConsentEvent.objects.count() == events


def test_form_of_a_device_gives_no_yes_to_the_account_that_logged_in_since(visitor, user):
    visitor.opens()
    visitor.client.force_login(user)
    visitor.presses("Allow all")
    assert visitor.response.status_code == 409
    assert not ConsentState.objects.exists()
    answer = visitor.opens().presses("Allow all", accept="application/json").response
    assert answer.json()["saved"]


def test_question_that_was_written_is_not_lost_with_the_session(visitor, user):
    visitor.client.force_login(user)
    consent_given(visitor.client, "stated")
    form = visitor.opens().page.select_one("form.ep-say")
    body = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    visitor.client.logout()
    body |= {"kind": "question", "words": "Where is my coat?"}
    response = visitor.client.post("/preferences/feedback/", body, headers=SAME_ORIGIN)
    assert response.status_code == 409
    assert "Where is my coat?" in response.text
    assert not Feedback.objects.exists()


def test_no_control_beside_a_reason_is_followed_for_who_logged_in_since(
    visitor, user, question, home
):
    """Each form of the widget, of a device whose owner let somebody else log in meanwhile."""
    wool = ("stated.fabric", "any_of", ["wool"])
    published_segment("Wool", [wool], placements=["home-welcome"])
    consent_given(visitor.client, answers={"fabric": ["wool"]})
    forms = visitor.opens("/").page.select("ep-why form")
    visitor.client.force_login(user)
    consent_given(visitor.client, "stated")
    before = (ConsentEvent.objects.count(), sorted(SealedRecord.objects.values_list("pk")))
    for form in forms:
        fields = form.select("input[type=hidden], button[name]")
        body = {field["name"]: field["value"] for field in fields} | {"kind": "helpful"}
        response = visitor.client.post(form["action"], body, headers=SAME_ORIGIN)
        assert response.status_code == 409, form["action"]
        assert "Nothing was saved" in response.text
    assert {form["action"] for form in forms} == {
        f"/preferences/{name}/" for name in ("facts", "control", "pause", "feedback")
    }
    after = (ConsentEvent.objects.count(), sorted(SealedRecord.objects.values_list("pk")))
    assert after == before
    assert not Feedback.objects.exists()
    assert not RestrictionEvent.objects.exists()


def test_pages_behind_the_center_say_for_whom_they_were_opened(visitor, user, catalogue, order):  # noqa: F811
    product = catalogue("Dress")
    order(product)
    visitor.client.force_login(user)
    consent_given(visitor.client, "orders")
    pages = ("your-data/erase", "order-lines", f"products/{product.pk}")
    forms = [visitor.opens(f"/preferences/{path}/").page.select_one("main form") for path in pages]
    visitor.client.logout()
    for form in forms:
        fields = form.select("input[type=hidden], button[name]")
        body = {field["name"]: field["value"] for field in fields}
        response = visitor.client.post(form["action"], body, headers=SAME_ORIGIN)
        assert response.status_code == 409, form["action"]
