"""One step back from "Off for good": what was allowed and told is back, and nothing more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ethical_personalization.models import ConsentEvent, Purpose, SealedRecord
from ethical_personalization.shopper import taken_off
from ethical_personalization.shopper.profile import stated_answers
from ethical_personalization.testing import consent_given

from .visitor import SAME_ORIGIN, Visitor

pytestmark = pytest.mark.django_db
CONTROL, UNDO = "/preferences/control/", "/preferences/control/undo/"


@pytest.fixture
def subject(visitor, question):
    return consent_given(visitor.client, "orders", answers={"fabric": ["wool"]})


def switch_off(visitor, value="stated", **body):
    body = {"control": "off", "value": value, **body}
    headers = {**SAME_ORIGIN, "accept": "text/html"}
    return visitor._reads(visitor.client.post(CONTROL, body, headers=headers))


def sent(visitor):
    """What the button sends."""
    form = visitor.page.select_one(f"form[action='{UNDO}']")
    return {field["name"]: field["value"] for field in form.select("input")}


def on(visitor):
    return [
        card["id"] for card in visitor.opens().page.select("#choices fieldset:has(.ep-status--on)")
    ]


def test_undo_is_a_yes_to_the_words_beside_it_and_brings_the_answers_back(visitor, subject):
    before = stated_answers(subject.pk)
    switch_off(visitor, next="/shop/?page=2")
    assert visitor.response.status_code == 200
    assert "Switched off for good." in visitor.page.select_one(".ep-note").get_text()
    assert stated_answers(subject.pk) == {}
    assert not SealedRecord.objects.exists()
    visitor.presses("Undo")
    assert visitor.response["Location"] == "/shop/?page=2&ep-saved=on_again"
    event = ConsentEvent.objects.order_by("-pk").first()
    assert event.status == "given"
    assert event.notice.words["kind"] == "undo"
    assert "What you tell us" in event.notice.screen
    assert "Undo" in event.notice.screen
    assert stated_answers(subject.pk) == before
    assert on(visitor) == ["choice-stated", "choice-orders"]


def test_nothing_of_hers_is_readable_in_the_page_and_nothing_is_kept_for_it(visitor, subject):
    switch_off(visitor)
    assert "wool" not in visitor.response.text
    assert "fabric" not in visitor.response.text
    assert not visitor.client.session.keys()


def test_undo_twice_is_once(visitor, subject):
    body = sent(switch_off(visitor))
    for _ in range(2):
        assert visitor.client.post(UNDO, body, headers=SAME_ORIGIN).status_code == 302
    assert ConsentEvent.objects.filter(status="given", notice__words__kind="undo").count() == 1


def chosen_since(visitor, body):
    visitor.opens().presses("Allow all").follows().presses("Refuse all")
    return body


def of_nobody(visitor, body):
    return {**body, "taken": "x" * 40}


def not_offered_any_more(visitor, body):
    Purpose.objects.filter(key="stated").update(is_offered=False)
    return body


@pytest.mark.parametrize("happened", [chosen_since, of_nobody, not_offered_any_more])
def test_undo_that_does_not_fit_any_more_gives_nothing_back(visitor, subject, happened):
    body = happened(visitor, sent(switch_off(visitor)))
    response = visitor.client.post(UNDO, body, headers=SAME_ORIGIN)
    assert response.status_code == 400
    assert "Nothing was saved" in response.text
    assert "choice-stated" not in on(visitor)
    assert stated_answers(subject.pk) == {}


def test_undo_is_over_after_an_hour(visitor, subject, monkeypatch):
    body = sent(switch_off(visitor))
    monkeypatch.setattr(taken_off, "CAN_BE_UNDONE", timedelta(0))
    response = visitor.client.post(UNDO, body, headers=SAME_ORIGIN)
    assert "an hour has passed" in response.text


def test_page_of_somebody_else_undoes_nothing(visitor, subject):
    body = sent(switch_off(visitor))
    other = Visitor()
    consent_given(other.client, "orders")
    assert other.client.post(UNDO, body, headers=SAME_ORIGIN).status_code == 400
    assert on(other) == ["choice-orders"]


def test_words_that_changed_and_a_form_from_elsewhere_are_asked_again(visitor, subject):
    body = sent(switch_off(visitor))
    foreign = {"sec-fetch-site": "cross-site"}
    asked = visitor._reads(visitor.client.post(UNDO, body, headers=foreign))
    assert asked.response.status_code == 409
    assert on(Visitor(visitor.client)) == ["choice-orders"]
    Purpose.objects.filter(key="stated").update(benefit="Other words.")
    asked = visitor._reads(visitor.client.post(UNDO, body, headers=SAME_ORIGIN))
    assert asked.response.status_code == 409
    assert "Other words." in visitor.text
    visitor.presses("Undo")
    assert visitor.response.status_code == 302
    assert stated_answers(subject.pk) == {"fabric": ("wool",)}


def test_what_was_not_allowed_before_is_not_allowed_by_undoing(visitor, subject):
    switch_off(visitor, "stated browsing").presses("Undo")
    assert on(visitor) == ["choice-stated", "choice-orders"]
    switch_off(visitor, "browsing")
    assert "Location" in visitor.response.headers  # there is nothing to undo


def test_answer_that_is_newer_is_not_overwritten(visitor, subject):
    body = sent(switch_off(visitor))
    taken_off.seal_record(
        subject.pk, "stated", {"fabric": {"values": ["silk"], "at": str(timezone.now())}}
    )
    visitor.client.post(UNDO, body, headers=SAME_ORIGIN)
    assert stated_answers(subject.pk) == {"fabric": ("silk",)}


def test_what_does_not_come_back_is_told_before_a_confirmation_and_with_the_undo(visitor, subject):
    consent_given(visitor.client, "browsing")
    foreign = {"sec-fetch-site": "cross-site", "accept": "text/html"}
    body = {"control": "off", "value": "browsing"}
    visitor.client.cookies["oscar_history"] = "[1]"
    asked = visitor._reads(visitor.client.post(CONTROL, body, headers=foreign))
    assert "“Off for good” also deletes the products you looked at last." in asked.text
    switch_off(visitor, "browsing")
    assert "The products you looked at last were deleted and do not come back." in visitor.text
    assert not visitor.client.cookies.pop("oscar_history").value
    assert visitor.presses("Undo").response.status_code == 302
    assert "were deleted" not in switch_off(visitor, "browsing").text
