"""What a shopper says about a decision reaches the shop once, and without her."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from ethical_personalization.core.decision_traces import DecisionTrace
from ethical_personalization.models import Feedback
from ethical_personalization.models.feedback import MAX_WORDS, this_week
from ethical_personalization.preferences.feedback import MAX_SAID
from ethical_personalization.testing import consent_given, consent_refused, published_segment
from ethical_personalization.transparency.decision_token import make_token
from tests.preferences.visitor import SAME_ORIGIN

pytestmark = pytest.mark.django_db
JSON = {**SAME_ORIGIN, "accept": "application/json"}
LINEN = ("stated.fabric", "any_of", ["linen"])


@pytest.fixture
def segment(question):
    return published_segment("Likes linen", [LINEN], placements=["hero"])


class Sayer:
    """A shopper at her browser, with the token of a decision."""

    def __init__(self, client, segment):
        self.client, self.segment = client, segment
        self.subject = consent_given(client, answers={"fabric": ["linen"]})

    def token(self, placement="hero", days=0, subject_id=None):
        trace = DecisionTrace(
            placement=placement,
            segment=self.segment.pk,
            facts=("stated.fabric",),
            day=timezone.now().date() + timedelta(days=days),
        )
        return make_token(trace, subject_id or self.subject.pk)

    def says(self, kind="helpful", *, headers=SAME_ORIGIN, **fields):
        body = {"kind": kind, "decision": self.token(), **fields}
        return self.client.post("/preferences/feedback/", body, headers=headers)


@pytest.fixture
def sayer(client, segment):
    return Sayer(client, segment)


def test_word_reaches_the_shop_with_its_trace_and_without_her(sayer):
    assert sayer.says("unfair", words="Why not me?", next="/somewhere/").url == (
        "/somewhere/?ep-saved=said"
    )
    row = Feedback.objects.get()
    assert (row.kind, row.words, row.placement) == ("unfair", "Why not me?", "hero")
    assert (row.segment, row.facts) == (sayer.segment, ["stated.fabric"])
    assert row.subject is None


def test_row_of_a_word_holds_no_time_no_value_and_no_number_in_a_row(sayer):
    sayer.says()
    sayer.client.post(
        "/preferences/feedback/",
        {"kind": "helpful", "decision": sayer.token("foot")},
        headers=SAME_ORIGIN,
    )
    for row in Feedback.objects.values():
        assert row["week"] == this_week()
        assert row["id"].version == 4
        assert "linen" not in repr(row)
        assert sayer.subject.pk.hex not in repr(row)


def test_second_word_on_a_decision_takes_the_place_of_the_first(sayer):
    sayer.says("helpful")
    answer = sayer.says("intrusive", headers=JSON)
    assert "takes the place" in answer.json()["message"]
    assert Feedback.objects.get().kind == "intrusive"


def test_word_on_another_decision_is_one_more(sayer):
    sayer.says()
    sayer.says(decision=sayer.token("foot"))
    assert Feedback.objects.count() == 2


def test_asking_for_an_answer_later_and_not_asking_again_both_hold(sayer):
    sayer.says(words="Why?", reply="yes")
    assert Feedback.objects.get().subject == sayer.subject
    sayer.says(words="Why?")
    assert Feedback.objects.get().subject is None


def test_answered_words_are_not_replaced(sayer):
    sayer.says(words="Why?", reply="yes")
    Feedback.objects.update(answer="Because.", mark=None, mark_until=None)
    sayer.says("unfair", words="I see.")
    assert Feedback.objects.filter(answer="Because.", words="Why?").exists()
    assert Feedback.objects.count() == 2


@pytest.mark.parametrize(
    ("forge", "says"),
    [
        (lambda sayer: sayer.token(subject_id=uuid4()), "not made for you"),
        (lambda sayer: sayer.token() + "x", "not made for you"),
        (lambda sayer: "hero", "not made for you"),
        (lambda sayer: sayer.token(days=-2), "too long ago"),
    ],
    ids=["foreign", "forged", "no token", "expired"],
)
def test_token_that_does_not_hold_saves_nothing_and_loses_no_words(sayer, forge, says):
    answer = sayer.says(decision=forge(sayer), words="My <b>words</b>")
    assert answer.status_code == 409
    text = answer.content.decode()
    assert says in text
    assert "My &lt;b&gt;words&lt;/b&gt;" in text
    assert not Feedback.objects.exists()


def test_token_replayed_by_somebody_else_saves_nothing(sayer, segment):
    thief = Client()
    consent_given(thief, answers={"fabric": ["linen"]})
    body = {"kind": "helpful", "decision": sayer.token()}
    assert thief.post("/preferences/feedback/", body, headers=JSON).status_code == 409
    assert not Feedback.objects.exists()


def test_visitor_without_a_pseudonym_can_say_nothing_and_gets_no_cookie(client):
    body = {"kind": "question", "words": "Who?"}
    answer = client.post("/preferences/feedback/", body, headers=JSON)
    assert (answer.status_code, answer.json()["saved"]) == (409, False)
    assert not answer.cookies
    assert not Feedback.objects.exists()


def test_who_took_everything_back_can_still_ask(sayer):
    consent_refused(sayer.client, "stated")
    assert sayer.says("complaint", decision="", words="Why?").status_code == 302
    assert Feedback.objects.get().subject == sayer.subject


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "splendid"},
        {"kind": ""},
        {"words": "x" * (MAX_WORDS + 1)},
        {"words": "\x00"},
        {"decision": ""},
        {"decision": "x" * 5_000},
        {"reply": "maybe"},
        {"reply": "yes"},
        {"kind": "question", "words": "  "},
    ],
)
def test_what_no_form_of_ours_sends_is_refused(sayer, fields):
    assert sayer.says(**{"kind": "helpful", **fields}).status_code == 400
    assert not Feedback.objects.exists()


def test_too_much_at_once_has_to_wait(sayer, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    for _ in range(MAX_SAID):
        assert sayer.says().status_code == 302
    answer = sayer.says("unfair", words="Keep me")
    assert answer.status_code == 429
    assert "Keep me" in answer.content.decode()
    assert Feedback.objects.get().kind == "helpful"


def test_form_from_elsewhere_is_asked_once_more_and_then_saved(segment):
    sayer = Sayer(Client(enforce_csrf_checks=True), segment)
    asked = sayer.says("unfair", words="Why?", headers={"origin": "null"})
    assert asked.status_code == 409
    assert not Feedback.objects.exists()
    form = BeautifulSoup(asked.content, "html.parser").select_one(".ep-page form")
    fields = {each["name"]: each["value"] for each in form.find_all("input")}
    assert sayer.says("unfair", headers={}, **fields).status_code == 302
    assert Feedback.objects.get().words == "Why?"


def test_segment_that_was_deleted_meanwhile_leaves_the_rest(sayer):
    token = sayer.token()
    sayer.segment.delete()
    assert sayer.says(decision=token).status_code == 302
    assert Feedback.objects.get().segment is None
