"""What was on screen: kept whole, harmless, and the same years later."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.exceptions import LedgerRefusal
from ethical_personalization.models import ConsentEvent, Notice, Purpose
from ethical_personalization.transparency import kept_html
from ethical_personalization.transparency.inert import inert, unfolded
from ethical_personalization.transparency.screen_pages import screen_markup, screen_page
from tests.preferences.visitor import SAME_ORIGIN, Visitor

QUESTION = "consent_question.html"


@pytest.fixture
def other_template(settings, tmp_path):
    """Another release of the shop, whose banner says something else."""

    def write(name, text):
        path = tmp_path / "ethical_personalization" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]} for engine in settings.TEMPLATES]
        kept_html._kept.clear()

    return write


@pytest.mark.django_db
def test_old_choice_shows_its_old_screen_after_template_and_words_have_changed(
    visitor, home, other_template
):
    visitor.opens("/").presses("Accept all")
    event = ConsentEvent.objects.first()
    before = screen_page(event.notice).content
    other_template(
        QUESTION, '<form method="post"><button name="answer" value="all">OK</button></form>'
    )
    Purpose.objects.update(title="Something else", benefit="Something else", data="Something else")
    assert "Something else" in Visitor().opens().text
    assert screen_page(ConsentEvent.objects.get(pk=event.pk).notice).content == before
    assert b"What you tell us" in before
    assert b"Choose one by one" in before
    assert Notice.objects.get().is_intact


@pytest.mark.django_db
def test_screen_holds_every_word_and_control_that_was_shown(visitor, home):
    visitor.opens("/")
    shown = visitor.page.select_one("ep-consent section").get_text(" ").split()
    shown_buttons = visitor.page.select("ep-consent button:not([hidden])")
    labels = [each.get_text(strip=True) for each in shown_buttons]
    visitor.presses("Accept all")
    kept = BeautifulSoup(screen_markup(Notice.objects.get()), "html.parser")
    assert kept.get_text(" ").split() == shown
    assert [each.get_text(strip=True) for each in kept.select("button[disabled]")] == labels
    assert len(kept.select("input[type=checkbox]:not([checked])")) == 4


@pytest.mark.django_db
def test_screen_of_the_preference_center_holds_how_its_buttons_stood(visitor):
    visitor.opens().presses("Save my choices", ticks=[("choice-orders", "yes")]).follows()
    visitor.presses("Save my choices", ticks=[("choice-context", "yes")])
    newest = ConsentEvent.objects.latest("pk").notice
    assert newest.words["before"]["orders"] == "yes"
    assert newest.screen.count("checked") == 1
    assert "On since" not in newest.screen


@pytest.mark.django_db
def test_same_screen_is_stored_once_for_all_shoppers(home):
    for _number in range(3):
        Visitor().opens("/").presses("Accept all")
    assert Notice.objects.count() == 1
    assert ConsentEvent.objects.count() == 12


@pytest.mark.django_db
def test_page_of_another_release_is_asked_again(visitor, home, other_template):
    visitor.opens("/")
    other_template("purpose_words.html", "<span>{{ purpose.title }} and more</span>")
    visitor.presses("Accept all")
    assert visitor.response.status_code == 409
    assert not ConsentEvent.objects.exists()


@pytest.mark.django_db
def test_notice_is_never_changed_or_deleted(visitor, home):
    visitor.opens("/").presses("Accept all")
    notice = Notice.objects.get()
    for attempt in (
        notice.save,
        notice.delete,
        Notice.objects.all().delete,
        lambda: Notice.objects.update(screen=""),
    ):
        with pytest.raises(LedgerRefusal):
            attempt()


@pytest.mark.parametrize(
    "harm",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><p>",
        '<a href="javascript:alert(1)">x</a>',
        '<form action="//evil.example"><input name="x" type="submit"></form>',
        '<p style="position:fixed" onclick="x()" id="x">x</p>',
        '<iframe srcdoc="x"></iframe><base href="//evil.example">',
        '<!--<script>alert(1)</script>--><meta http-equiv="refresh" content="0">',
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    ],
)
def test_nothing_that_acts_is_left(harm):
    kept = inert(harm)
    for word in ("alert", "evil", "style", "onclick", "id=", "<img", "<svg", "<base", "<meta"):
        assert word not in kept


@given(st.text(alphabet='<>/="!-&; abdeinoprstu', max_size=80))
def test_screen_made_inert_twice_is_the_same(text):
    assert inert(inert(text)) == inert(text)


def test_paper_shows_what_was_folded_up():
    assert unfolded(inert("<details><p>x</p></details>")).startswith('<details open="">')
    assert unfolded('<details open="">') == '<details open="">'


@pytest.mark.django_db
def test_nobody_can_make_up_a_screen_with_a_ticked_box(visitor):
    visitor.opens()
    fields = {
        field["name"]: field["value"] for field in visitor.page.select("#choices [type=hidden]")
    }
    forged = {**fields, "before-stated": "yes", "answer": "all"}
    response = visitor.client.post("/preferences/choices/", forged, headers=SAME_ORIGIN)
    assert response.status_code == 409
    assert not ConsentEvent.objects.exists()
