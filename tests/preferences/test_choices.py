"""Yes and no: what is recorded, what the device carries, and what is never recorded."""

import pytest
from django.db import OperationalError

from ethical_personalization.models import ConsentEvent, Purpose, Subject
from ethical_personalization.testing import consent_given

from .visitor import SAME_ORIGIN, Visitor

pytestmark = pytest.mark.django_db
CHOICES = "/preferences/choices/"


def statuses():
    events = ConsentEvent.objects.select_related("purpose_version__purpose").order_by("pk")
    return {event.purpose_version.purpose.key: event.status for event in events}


def test_refusing_everything_leaves_one_cookie_without_an_id_and_no_subject(visitor):
    visitor.opens().presses("Refuse all")
    assert visitor.response.status_code == 302
    assert visitor.cookie.startswith("r.")
    assert set(visitor.client.cookies) == {"ep_choices"}
    assert not Subject.objects.exists()


def test_allowing_everything_creates_a_subject_and_an_event_for_each_purpose(visitor):
    visitor.opens().presses("Allow all")
    assert visitor.cookie.startswith(f"s.{Subject.objects.get().pk.hex}")
    assert set(statuses().values()) == {"given"}
    assert set(statuses()) == {"stated", "orders", "browsing", "context"}
    assert ConsentEvent.objects.first().method == "preference_center"


def test_only_purposes_with_an_answer_are_recorded(visitor):
    visitor.opens().presses(
        "Save my choices", ticks=[("choice-orders", "yes"), ("choice-context", "no")]
    )
    assert statuses() == {"orders": "given", "context": "refused"}


def test_words_in_the_ledger_are_the_words_that_were_on_screen(visitor):
    visitor.opens()
    shown = visitor.text
    visitor.presses("Allow all")
    words = ConsentEvent.objects.first().notice.words
    for purpose in words["purposes"]:
        for part in ("title", "benefit", "data", "kept"):
            assert purpose[part] in shown
    assert words["heading"] in shown
    assert words["intro"] in shown
    assert all(label in shown for label in words["buttons"].values())


def test_withdrawing_takes_the_same_page_and_as_many_steps_as_giving(visitor):
    visitor.opens().presses("Allow all").follows()
    visitor.presses("Refuse all").follows()
    assert "You took your yes back" in visitor.text
    assert ConsentEvent.objects.filter(status="withdrawn").count() == 4


def test_saving_without_an_answer_is_mended_on_the_spot(visitor):
    visitor.opens().presses("Save my choices")
    assert visitor.response.status_code == 400
    assert "Please choose yes or no at least once." in visitor.text
    assert visitor.page.find(role="alert")
    assert visitor.cookie is None


def test_yes_under_words_that_changed_meanwhile_is_asked_again(visitor):
    visitor.opens()
    purpose = Purpose.objects.get(key="stated")
    purpose.benefit = "Something quite different."
    purpose.save()
    visitor.presses("Allow all")
    assert visitor.response.status_code == 409
    assert "Something quite different." in visitor.text
    assert not ConsentEvent.objects.exists()
    visitor.presses("Save these choices")
    assert ConsentEvent.objects.first().notice.words["kind"] == "confirmation"


def test_refusal_under_words_that_changed_meanwhile_holds_at_once(visitor):
    visitor.opens().presses("Allow all").follows()
    purpose = Purpose.objects.get(key="stated")
    purpose.title = "Told"
    purpose.save()
    visitor.presses("Refuse all")
    newest = ConsentEvent.objects.last()
    assert newest.status == "withdrawn"
    assert "have changed since" in newest.notice.words["text"]


def test_same_answer_twice_is_recorded_once(visitor):
    visitor.opens().presses("Allow all").follows().presses("Allow all")
    assert ConsentEvent.objects.count() == 4


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"where": "center"},
        {"where": "nowhere", "answer": "all"},
        {"where": "center", "answer": "perhaps"},
        {"where": "center", "answer": "some", "choice-nonsense": "yes"},
        {"where": "center", "answer": "all", "choice-nonsense": "yes"},
        {"where": "center", "answer": "some", "choice-stated": "perhaps"},
        {"where": "proposal", "answer": "some", "choice-stated": "yes"},
        {"where": "center", "answer": "all", "notice": "x" * 65},
        {"where": "ce\0nter", "answer": "all"},
    ],
)
def test_form_that_no_page_of_ours_sends_is_told_so(client, body):
    response = client.post(CHOICES, body, headers=SAME_ORIGIN)
    assert response.status_code == 400
    assert b"Nothing was saved" in response.content
    assert not response.cookies
    assert not ConsentEvent.objects.exists()


def test_purpose_that_is_not_offered_can_not_be_allowed(client):
    Purpose.objects.filter(key="stated").update(is_offered=False)
    body = {"where": "center", "answer": "some", "choice-stated": "yes"}
    assert client.post(CHOICES, body, headers=SAME_ORIGIN).status_code == 400


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("x" * 60_000, "application/x-www-form-urlencoded"),
        ('{"answer": "all"}', "application/json"),
        ("--broken", "multipart/form-data; boundary=other"),
        ("--broken", "multipart/form-data"),
        ("&".join(f"a{n}=1" for n in range(1500)), "application/x-www-form-urlencoded"),
        ("answer=all", "application/x-www-form-urlencoded; charset=klingon"),
    ],
)
def test_body_that_can_not_be_read_is_told_so(client, body, content_type):
    response = client.generic("POST", CHOICES, body, content_type, headers=SAME_ORIGIN)
    assert response.status_code == 400
    assert b"We could not read this form" in response.content
    assert not response.cookies


@pytest.mark.parametrize("method", ["get", "put", "delete", "head"])
def test_other_methods_are_refused_with_a_page(client, method):
    response = getattr(client, method)(CHOICES)
    assert response.status_code == 405
    assert response["Allow"] == "POST"


def test_fetch_hears_saved_after_the_commit(visitor):
    visitor.opens().presses("Refuse all", accept="application/json")
    assert visitor.response.json()["saved"] is True
    assert visitor.cookie.startswith("r.")


@pytest.mark.parametrize(("body", "status"), [({"where": "x"}, 400), ({}, 400)])
def test_fetch_hears_what_is_wrong(client, body, status):
    headers = {**SAME_ORIGIN, "accept": "application/json"}
    response = client.post(CHOICES, body, headers=headers)
    assert (response.status_code, response.json()["saved"]) == (status, False)


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "///evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "\x00/",
        "//[",
    ],
)
def test_nobody_is_led_to_another_site(client, evil):
    body = {"where": "center", "answer": "none", "next": evil}
    response = client.post(CHOICES, body, headers=SAME_ORIGIN)
    assert response["Location"] == "/preferences/?ep-saved=choices#choices"


def test_way_back_keeps_its_parameters(client):
    body = {"where": "center", "answer": "none", "next": "/shop/?q=linen&page=2#list"}
    response = client.post(CHOICES, body, headers=SAME_ORIGIN)
    assert response["Location"] == "/shop/?q=linen&page=2&ep-saved=choices#list"


def test_ledger_that_fails_saves_nothing_and_says_so(visitor, monkeypatch):
    visitor.opens()
    monkeypatch.setattr("ethical_personalization.preferences.choices.answer", _broken)
    visitor.presses("Allow all")
    assert visitor.response.status_code == 503
    assert "This could not be saved" in visitor.text
    assert visitor.cookie is None


def _broken(*args, **kwargs):
    raise OperationalError("secret value")


def test_account_keeps_the_choices_and_the_device_none(visitor, user):
    visitor.client.force_login(user)
    visitor.opens().presses("Allow all", within="#choices")
    assert Subject.objects.get().user == user
    assert visitor.cookie is None


def test_confirmed_proposal_holds_for_the_account(visitor, user):
    consent_given(visitor.client, "stated")
    visitor.client.force_login(user)
    visitor.opens().presses("Yes, for my account")
    subject = Subject.objects.get(user=user)
    assert ConsentEvent.objects.get(subject=subject).status == "given"
    assert ConsentEvent.objects.get(subject=subject).notice.words["kind"] == "proposal"
    assert visitor.cookie is None


def test_declined_proposal_is_not_proposed_again(visitor, user):
    consent_given(visitor.client, "stated")
    visitor.client.force_login(user)
    visitor.opens().presses("No, not for my account").follows()
    assert visitor.page.find(id="proposal") is None
    assert visitor.page.select_one("#choice-stated .ep-status--on") is None


def test_proposal_of_somebody_else_can_not_be_confirmed(client, user):
    consent_given(client, "stated")
    body = {"where": "proposal", "answer": "all"}
    response = client.post(CHOICES, body, headers=SAME_ORIGIN)
    assert response.status_code == 400


def test_each_visitor_has_a_subject_of_her_own(db):
    first, second = Visitor(), Visitor()
    first.opens().presses("Allow all")
    second.opens().presses("Allow all")
    assert Subject.objects.count() == 2
    assert first.cookie != second.cookie
