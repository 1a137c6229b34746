"""What she says she likes, and the yes that it needs."""

import pytest

from ethical_personalization.models import ConsentEvent, PreferenceQuestion, Purpose, Subject
from ethical_personalization.preferences.overtaken import digest_of_answers
from ethical_personalization.shopper.profile import stated_answers
from ethical_personalization.testing import consent_given

from .visitor import SAME_ORIGIN

pytestmark = pytest.mark.django_db
LIKES = "/preferences/likes/"
WOOL = [("likes-fabric", "wool")]


def test_allow_and_save_records_the_yes_and_keeps_the_answers(visitor, question):
    visitor.opens().presses("Allow and save", ticks=[*WOOL, ("likes-fabric", "silk")])
    assert visitor.response["Location"] == "/preferences/?ep-saved=likes#likes"
    event = ConsentEvent.objects.get()
    assert (event.purpose_version.purpose.key, event.status) == ("stated", "given")
    assert event.notice.words["buttons"] == {"allow": "Allow and save"}
    assert stated_answers(Subject.objects.get().pk) == {"fabric": ("silk", "wool")}


def test_allow_and_save_needs_an_answer(visitor, question):
    visitor.opens().presses("Allow and save")
    assert visitor.response.status_code == 400
    assert "Please tick at least one answer." in visitor.text
    assert not ConsentEvent.objects.exists()


def test_answers_can_be_changed_and_are_ticked_on_the_page(visitor, question):
    subject = consent_given(visitor.client, answers={"fabric": ["linen"]})
    visitor.opens()
    ticked = visitor.page.select("#likes input[checked]")
    assert [field["value"] for field in ticked] == ["linen"]
    visitor.presses("Save my answers", ticks=WOOL)
    assert stated_answers(subject.pk) == {"fabric": ("linen", "wool")}


def test_answer_can_be_deleted_where_it_is_listed(visitor, question):
    subject = consent_given(visitor.client, answers={"fabric": ["linen"]})
    visitor.opens().presses("Delete", within="#known")
    assert stated_answers(subject.pk) == {}


def test_only_questions_that_were_on_the_page_are_touched(visitor, question):
    PreferenceQuestion.objects.create(key="fit", title="Which fit?", options="loose\ntight")
    subject = consent_given(visitor.client, answers={"fabric": ["linen"], "fit": ["loose"]})
    visitor.opens().page.select_one("#likes-fit").decompose()
    stood = digest_of_answers({"fabric": ["linen"]})  # as that page would have said
    visitor.page.select_one('input[name="stood"]')["value"] = stood
    visitor.page.select_one("#likes-fabric input[checked]").decompose()
    visitor.presses("Save my answers", ticks=WOOL)
    assert stated_answers(subject.pk) == {"fabric": ("wool",), "fit": ("loose",)}


def test_plain_save_without_permission_saves_nothing(client, question):
    body = {"save": "save", "question": "fabric", "likes-fabric": "wool"}
    response = client.post(LIKES, body, headers=SAME_ORIGIN)
    assert response.status_code == 409
    assert b"is not allowed any more" in response.content
    assert not Subject.objects.exists()


def test_yes_under_words_that_changed_is_asked_again_with_the_answers(visitor, question):
    visitor.opens()
    purpose = Purpose.objects.get(key="stated")
    purpose.data = "Also your star sign."
    purpose.save()
    visitor.presses("Allow and save", ticks=WOOL)
    assert visitor.response.status_code == 409
    assert "Also your star sign." in visitor.text
    visitor.presses("Allow and save")
    assert stated_answers(Subject.objects.get().pk) == {"fabric": ("wool",)}


def test_withdrawal_deletes_the_answers(visitor, question):
    subject = consent_given(visitor.client, answers={"fabric": ["linen"]})
    visitor.opens().presses("Refuse all").follows()
    assert stated_answers(subject.pk) == {}
    assert not visitor.page.select("#likes input[checked]")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"save": "allow"},
        {"save": "perhaps", "question": "fabric"},
        {"save": "allow", "question": "nonsense"},
        {"save": "allow", "question": ["fabric", "nonsense"], "likes-fabric": "wool"},
        {"save": "allow", "question": "fabric", "likes-fabric": "polyester"},
        {"save": "allow", "question": "fabric", "likes-fabric": "wo\0ol"},
        {"save": "allow", "question": "fabric", "likes-fabric": "wool", "likes-other": "x"},
        {"save": "allow", "question": "fabric", "likes-fabric": "wool", "notice": "x" * 65},
    ],
)
def test_form_that_no_page_of_ours_sends_is_told_so(client, question, body):
    response = client.post(LIKES, body, headers=SAME_ORIGIN)
    assert response.status_code == 400
    assert b"Nothing was saved" in response.content
    assert not Subject.objects.exists()


def test_question_that_is_not_live_is_neither_shown_nor_taken(client, visitor, question):
    PreferenceQuestion.objects.update(is_live=False)
    body = {"save": "allow", "question": "fabric", "likes-fabric": "wool"}
    assert client.post(LIKES, body, headers=SAME_ORIGIN).status_code == 400
    assert visitor.opens().page.find(id="likes") is None


def test_questions_are_not_asked_where_the_purpose_is_not_offered(client, visitor, question):
    Purpose.objects.filter(key="stated").update(is_offered=False)
    body = {"save": "allow", "question": "fabric", "likes-fabric": "wool"}
    assert client.post(LIKES, body, headers=SAME_ORIGIN).status_code == 400
    assert visitor.opens().page.find(id="likes") is None
