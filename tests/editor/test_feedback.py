"""The editor's list of feedback: nobody is named, and answers reach who asked."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from ethical_personalization.core.placements import Placement
from ethical_personalization.models import Feedback, Subject
from ethical_personalization.testing import registered
from tests.editor.conftest import DESK
from tests.editor.forms import fields_of, text_of

pytestmark = pytest.mark.django_db
LIST = f"{DESK}/feedback/"
EVIL = "<script>evil()</script>"


@pytest.fixture
def word():
    """Something that somebody said, without a wish for an answer."""
    return Feedback.objects.create(
        kind="unfair", placement="hero", facts=["stated.styles", "gone"], words=f"Word {EVIL}"
    )


@pytest.fixture
def asked():
    return Feedback.objects.create(kind="question", words="Why?", subject=Subject.objects.create())


def edit(row):
    return f"{LIST}edit/{row.pk}/"


def test_list_shows_what_waits_first_and_names_nobody(desk, word, asked):
    text = text_of(desk.get(LIST))
    assert text.index("waits for an answer") < text.index("no answer wanted")
    html = desk.get(LIST).content.decode() + desk.get(edit(asked)).content.decode()
    assert str(asked.subject_id) not in html
    assert asked.subject_id.hex not in html


def test_list_leaves_out_who_is_being_erased(desk, word, asked):
    Subject.objects.update(closed_at=timezone.now())
    text = text_of(desk.get(LIST))
    assert "waits for an answer" not in text.partition("Week")[2]
    assert "evil()" in text


def test_words_of_shoppers_are_no_markup(desk, word):
    for path in (LIST, edit(word)):
        html = desk.get(path).content.decode()
        assert EVIL not in html
        assert "evil()" in BeautifulSoup(html, "html.parser").get_text()


def test_words_that_want_no_answer_have_no_field_for_one(desk, word):
    assert "answer" not in fields_of(desk.get(edit(word)), selector="main form")
    desk.post(edit(word), {"answer": "I know you"})
    assert Feedback.objects.get().answer == ""


def test_screen_names_place_and_facts_in_words(desk, word):
    with registered(Placement(key="hero", title="The big picture")):
        text = text_of(desk.get(edit(word)))
    assert "The big picture" in text
    assert "gone" in text


def test_answer_is_dated_and_ends_the_mark(desk, asked):
    Feedback.objects.update(mark="m", mark_until=timezone.localdate())
    form = fields_of(desk.get(edit(asked)), selector="main form")
    assert desk.post(edit(asked), form | {"answer": "Because."}).status_code == 302
    row = Feedback.objects.get()
    assert (row.answer, row.answered_on) == ("Because.", timezone.localdate())
    assert row.mark is None


def test_editor_changes_nothing_of_what_was_said(desk, asked):
    desk.post(edit(asked), {"answer": "Because.", "words": "Other", "kind": "helpful"})
    row = Feedback.objects.get()
    assert (row.words, row.kind) == ("Why?", "question")


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("kind=unfair", True),
        ("kind=helpful", False),
        ("placement=hero", True),
        ("state=not_asked", True),
        ("state=open", False),
        ("state=answered", False),
    ],
)
def test_list_is_filtered(desk, word, query, is_found):
    assert ("evil()" in text_of(desk.get(f"{LIST}?{query}"))) is is_found


def test_nobody_adds_feedback_at_the_desk(desk, word):
    assert desk.get(f"{LIST}new/").status_code == 404
    assert f"{LIST}new/" not in desk.get(LIST).content.decode()


@pytest.mark.parametrize(("codenames", "status"), [((), 302), (("change_feedback",), 200)])
def test_list_is_for_who_may_change_feedback(editor, word, codenames, status):
    client = Client()
    client.force_login(editor(*codenames), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(LIST).status_code == status


def test_log_of_the_desk_holds_no_words_of_hers(desk, asked):
    form = fields_of(desk.get(edit(asked)), selector="main form")
    desk.post(edit(asked), form | {"answer": "Because."})
    assert "Why?" not in str(Feedback.objects.get())
