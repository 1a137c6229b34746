"""Old pages: a session that ended, two tabs that disagree, a form from before."""

import pytest
from django.test import Client

from ethical_personalization.models import (
    ConsentEvent,
    ConsentState,
    Feedback,
    Purpose,
    RestrictionEvent,
    SealedRecord,
    Subject,
)
from ethical_personalization.shopper.profile import stated_answers
from ethical_personalization.testing import consent_given, consent_refused, published_segment
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


def answers_of(subject):
    return stated_answers(subject.pk)["fabric"]


def test_answers_of_an_old_tab_are_asked_about_before_they_replace_newer_ones(visitor, question):
    subject = consent_given(visitor.client, answers={"fabric": ["linen"]})
    old, new = two_tabs(visitor)
    new.presses("Save my answers", ticks=[("likes-fabric", "silk")])
    assert new.response.status_code == 302
    old.presses("Save my answers", ticks=[("likes-fabric", "wool")])
    assert old.response.status_code == 409
    assert answers_of(subject) == ("linen", "silk")
    rows = [row.get_text(" ", strip=True) for row in old.page.select("main li")]
    asked = "Which fabrics do you like?"
    assert rows == [f"{asked} Saved now linen, silk What you sent linen, wool"]
    third = Visitor(visitor.client).opens()
    third.presses("Save my answers", ticks=[("likes-fabric", "wool")])
    old.presses("Save what I sent")  # changed once more meanwhile: it is asked once more
    assert old.response.status_code == 409
    old.presses("Save what I sent")
    assert old.response.status_code == 302
    assert answers_of(subject) == ("linen", "wool")


def test_same_answers_sent_twice_are_saved_and_a_form_without_a_state_is_asked(visitor, question):
    subject = consent_given(visitor.client, answers={"fabric": ["linen"]})
    for tab in two_tabs(visitor):
        tab.presses("Save my answers", ticks=[("likes-fabric", "silk")])
        assert tab.response.status_code == 302
    visitor.opens().page.select_one('input[name="stood"]').decompose()
    visitor.presses("Save my answers", ticks=[("likes-fabric", "wool")])
    assert visitor.response.status_code == 409
    assert answers_of(subject) == ("linen", "silk")


def test_answers_whose_use_was_taken_back_meanwhile_wait_for_one_click(visitor, question):
    subject = consent_given(visitor.client, answers={"fabric": ["linen"]})
    old, new = two_tabs(visitor)
    new.presses("Refuse all")
    old.presses("Save my answers", ticks=[("likes-fabric", "silk")])
    assert old.response.status_code == 409
    assert "The use of your answers is not allowed any more" in old.page.find(role="alert").text
    ticked = [field["value"] for field in old.page.select("#likes input[checked]")]
    assert ticked == ["linen", "silk"]
    assert stated_answers(subject.pk) == {}
    assert states()["stated"] == "withdrawn"
    old.presses("Allow and save")
    assert old.response.status_code == 302
    assert answers_of(subject) == ("linen", "silk")
    assert states()["stated"] == "given"


def test_answers_to_a_page_from_before_a_pause_wait_until_it_ends(visitor, question):
    subject = consent_given(visitor.client, answers={"fabric": ["linen"]})
    old, new = two_tabs(visitor)
    new.presses("Until I say so").follows()
    old.presses("Save my answers", ticks=[("likes-fabric", "silk")])
    assert old.response.status_code == 409
    assert "because you paused everything" in old.text
    new.presses("Let my choices hold again")
    assert answers_of(subject) == ("linen",)
    assert old.presses("Send it once more").response.status_code == 302
    assert answers_of(subject) == ("linen", "silk")


def test_yes_of_an_old_tab_replaces_no_answers_that_were_given_since(visitor, question):
    old, new = two_tabs(visitor)
    new.presses("Allow and save", ticks=[("likes-fabric", "silk")])
    old.presses("Allow and save", ticks=[("likes-fabric", "wool")], headers={})
    assert old.response.status_code == 409  # no browser vouched for it
    old.presses("Allow and save")
    assert "Which answers should hold?" in old.text
    old.presses("Save what I sent")
    assert answers_of(Subject.objects.get()) == ("wool",)


def test_device_that_did_not_show_the_answers_of_an_account_does_not_replace_them(
    visitor, user, question
):
    """She said no on this device before she logged in; her account holds answers from another."""
    elsewhere = Client()
    elsewhere.force_login(user)
    subject = consent_given(elsewhere, answers={"fabric": ["linen"]})
    visitor.opens().presses("Refuse all")
    visitor.client.force_login(user)
    visitor.opens().presses("Allow and save", ticks=[("likes-fabric", "wool")])
    assert visitor.response.status_code == 409
    assert "Saved now linen" in visitor.text
    assert answers_of(subject) == ("linen",)
    visitor.presses("Allow and save")
    assert answers_of(subject) == ("wool",)


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
    assert "ep_choices" not in visitor.response.cookies
    assert ConsentEvent.objects.count() == events


def test_form_of_a_device_gives_no_yes_to_the_account_that_logged_in_since(visitor, user):
    visitor.opens()
    visitor.client.force_login(user)
    visitor.presses("Allow all")
    assert visitor.response.status_code == 409
    assert not ConsentState.objects.exists()
    answer = visitor.opens().presses("Allow all", accept="application/json").response
    assert answer.json()["saved"]


@pytest.mark.parametrize("has_answered", [True, False])
@pytest.mark.parametrize("button", ["Accept all", "Refuse all"])
def test_first_banner_from_before_a_login_changes_nothing_of_the_account_until_it_is_confirmed(
    visitor, user, home, button, has_answered
):
    """It is the same for everybody; who answered it may not be who logged in since."""
    elsewhere = Client()
    elsewhere.force_login(user)
    if has_answered:
        consent_given(elsewhere, "stated", "orders")
        consent_refused(elsewhere, "context", "browsing")
    before = states()
    visitor.opens("/")
    assert not visitor.page.select(".ep-consent__form [name=who]")
    visitor.client.force_login(user)
    visitor.presses(button)
    assert visitor.response.status_code == 409
    assert "You have logged in or out since that page was opened" in visitor.text
    said = {each.get_text() for each in visitor.page.select(".ep-answer__said")}
    assert said == {"Yes" if button == "Accept all" else "No"}
    assert states() == before
    assert "ep_choices" not in visitor.response.cookies
    visitor.presses("Save these choices")  # it was her
    assert visitor.response["Location"].startswith("/?ep-saved=choices")
    said = {"given"} if button == "Accept all" else {"withdrawn", "refused"}
    assert set(states().values()) <= said
    if button == "Refuse all" and not has_answered:
        assert visitor.cookie  # who has never allowed anything keeps a refusal on her device
    else:
        assert ConsentEvent.objects.last().notice.words["kind"] == "own_answer"


def test_banner_that_an_account_opened_takes_one_click_and_is_nobody_elses(visitor, user, home):
    visitor.client.force_login(user)
    tabs = [Visitor(visitor.client).opens("/") for _tab in range(3)]
    assert "Cookie" in visitor.opens("/").response["Vary"]
    for tab in tabs[:2]:
        assert tab.presses("Accept all").response.status_code == 302
    assert set(states().values()) == {"given"}
    visitor.client.logout()
    tabs[2].presses("Refuse all")
    assert tabs[2].response.status_code == 409
    assert "ep_choices" not in tabs[2].response.cookies
    assert set(states().values()) == {"given"}
    tabs[2].presses("Save these choices")
    assert tabs[2].cookie.startswith("r.")  # of the device alone
    assert set(states().values()) == {"given"}


def test_account_is_asked_once_more_where_pages_know_nobody(visitor, user, home, settings):
    settings.ETHICAL_PERSONALIZATION_CACHE_MODE = "fragment"
    visitor.client.force_login(user)
    visitor.opens("/").presses("Accept all")
    assert visitor.response.status_code == 409
    assert "or it is the same for everybody" in visitor.text
    assert visitor.presses("Save these choices").response.status_code == 302
    assert set(states().values()) == {"given"}


def test_later_banner_says_for_whom_it_was_made(visitor, user, home):
    Purpose.objects.filter(key="context").update(is_offered=False)
    consent_given(visitor.client, "stated", "orders", "browsing")
    for purpose in Purpose.objects.filter(key="context"):
        purpose.is_offered = True
        purpose.save()
    visitor.opens("/")
    visitor.client.force_login(user)
    visitor.presses("Accept all")
    assert visitor.response.status_code == 409
    assert "Is this your answer?" in visitor.text
    assert "context" not in states()


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
