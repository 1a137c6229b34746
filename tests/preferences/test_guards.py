"""Forms that no browser vouches for are asked once more, with a CSRF token."""

import pytest
from django.utils import timezone

from ethical_personalization.models import ConsentEvent, PreferenceQuestion, Subject
from ethical_personalization.shopper.profile import excluded_facts, stated_answers
from ethical_personalization.testing import consent_given

from .visitor import SAME_ORIGIN, Visitor

pytestmark = pytest.mark.django_db
UNVOUCHED = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    {"origin": "null"},
    {"origin": "http://evil.example"},
    {"origin": "https://testserver"},
    {},
]


@pytest.mark.parametrize("headers", UNVOUCHED)
def test_choice_that_no_browser_vouches_for_is_asked_again_and_not_recorded(headers):
    visitor = Visitor(headers=headers).opens().presses("Allow all")
    assert visitor.response.status_code == 409
    assert "Please confirm your choices" in visitor.text
    assert visitor.cookie is None
    assert not Subject.objects.exists()


@pytest.mark.parametrize("headers", [SAME_ORIGIN, {"origin": "http://testserver"}])
def test_choice_that_the_browser_vouches_for_is_recorded_without_a_csrf_cookie(headers):
    visitor = Visitor(headers=headers).opens().presses("Allow all")
    assert visitor.response.status_code == 302
    assert set(visitor.client.cookies) == {"ep_choices"}


def test_confirmed_choice_is_recorded_under_the_words_of_the_confirmation():
    visitor = Visitor(headers={"sec-fetch-site": "cross-site"}).opens()
    visitor.presses("Save my choices", ticks=[("choice-orders", "yes"), ("choice-context", "no")])
    shown = visitor.text
    visitor.presses("Save these choices")
    assert visitor.response.status_code == 302
    event = ConsentEvent.objects.first()
    words = event.notice.words
    assert (words["kind"], words["answers"]) == (
        "confirmation",
        {"orders": "Yes", "context": "No"},
    )
    assert all(purpose["data"] in shown for purpose in words["purposes"])


def test_confirmation_without_its_token_is_refused(client):
    visitor = Visitor(headers={}).opens().presses("Allow all")
    visitor.page.find("input", {"name": "csrfmiddlewaretoken"})["value"] = "x" * 64
    visitor.presses("Save these choices")
    assert visitor.response.status_code == 403
    assert not ConsentEvent.objects.exists()


def test_confirmation_keeps_the_origin_of_its_own_form():
    visitor = Visitor(headers={"origin": "null"}).opens().presses("Allow all")
    assert visitor.response["Referrer-Policy"] == "same-origin"


def test_forged_choice_that_nobody_could_make_is_not_even_asked(client):
    body = {"where": "center", "answer": "some", "choice-nonsense": "yes"}
    assert client.post("/preferences/choices/", body).status_code == 400


def test_confirmed_answers_are_saved_with_the_yes_that_was_on_screen(question):
    visitor = Visitor(headers={}).opens()
    visitor.presses("Allow and save", ticks=[("likes-fabric", "wool")])
    assert visitor.response.status_code == 409
    assert "What you tell us" in visitor.text
    assert not Subject.objects.exists()
    visitor.presses("Allow and save")
    assert stated_answers(Subject.objects.get().pk) == {"fabric": ("wool",)}


def test_confirmed_answers_of_who_allowed_them_ask_for_nothing_more(question):
    visitor = Visitor(headers={})
    subject = consent_given(visitor.client, "stated")
    visitor.opens().presses("Save my answers", ticks=[("likes-fabric", "silk")])
    assert "With “Allow and save”" not in visitor.text
    visitor.presses("Save")
    assert stated_answers(subject.pk) == {"fabric": ("silk",)}


def test_confirmed_instruction_on_a_fact_is_kept(question):
    visitor = Visitor(headers={})
    subject = consent_given(visitor.client, answers={"fabric": ["wool"]})
    visitor.opens().presses("Don’t use this", within="#known", ticks=())
    assert visitor.response.status_code == 409
    assert excluded_facts(subject.pk) == {}
    visitor.presses("Don’t use this")
    assert set(excluded_facts(subject.pk)) == {"stated.fabric"}


@pytest.mark.parametrize(
    ("button", "field"),
    [("Until I say so", "restricted_at"), ("I am under 16", "under_age_until")],
)
def test_what_narrows_is_asked_again_too_and_kept_once_confirmed(button, field):
    visitor = Visitor(headers={})
    subject = consent_given(visitor.client, "stated")
    visitor.opens().presses(button)
    assert visitor.response.status_code == 409
    assert getattr(Subject.objects.get(), field) is None
    visitor.presses(button)
    assert visitor.response.status_code == 302
    assert getattr(Subject.objects.get(pk=subject.pk), field) is not None


def test_confirmed_age_keeps_the_year():
    visitor = Visitor(headers={})
    consent_given(visitor.client, "stated")
    year = timezone.localdate().year + 2
    visitor.opens().presses("I am under 16", ticks=[("year", str(year))]).presses("I am under 16")
    assert timezone.localtime(Subject.objects.get().under_age_until).year == year + 1


@pytest.mark.parametrize(
    "body", [{"age": "under", "year": "1700"}, {"age": "under", "year": "x"}, {"age": "9"}, {}]
)
def test_age_that_no_page_of_ours_sends_is_refused(client, body):
    response = client.post("/preferences/age/", body, headers=SAME_ORIGIN)
    assert response.status_code == 400
    assert not response.cookies


@pytest.mark.parametrize("path", ["likes/", "facts/", "pause/", "age/"])
def test_forged_nonsense_is_refused_at_every_address(client, path):
    PreferenceQuestion.objects.update(is_live=False)
    body = {"save": "allow", "question": "styles", "fact": "nonsense", "use": "no"}
    assert client.post(f"/preferences/{path}", body).status_code == 400
