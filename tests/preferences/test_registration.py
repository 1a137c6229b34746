"""Oscar's own pages: the questions at registration, and the links on them."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as project
from django.contrib.auth import get_user_model
from django.template.loader import get_template
from django.urls import reverse
from oscar import __path__ as oscar_path

from ethical_personalization import __path__ as our_path
from ethical_personalization.models import (
    ConsentEvent,
    PreferenceQuestion,
    Purpose,
    SealedRecord,
    Subject,
)
from ethical_personalization.shopper.profile import stated_answers
from ethical_personalization.testing import consent_given

from .visitor import Visitor

pytestmark = pytest.mark.django_db
LINKS = {"/preferences/", "/preferences/how/"}
WOOL = [("ep-likes-fabric", "wool"), ("ep-likes-fabric", "silk")]
ALLOW = ("ep-allow", "1")
REGISTER = reverse("customer:register") if project.configured else ""
BOTH = reverse("customer:login") if project.configured else ""


def registers(visitor, ticks=(), *, at=BOTH, email="new@example.com", word="long-enough-1"):
    """Fill in Oscar's form on the page and send it as a browser does."""
    visitor.opens(at)
    form = visitor.page.find(id="register_form")
    own = {"email": email, "password1": word, "password2": word}
    for field in form.find_all("input"):
        name = (field.get("name") or "").removeprefix("registration-")
        if field.get("type") != "checkbox":
            field["value"] = own.get(name, field.get("value", ""))
            field["type"] = "hidden"  # the visitor sends what she can't change as it stands
    visitor.presses("Create an account" if at == BOTH else "Register", ticks=ticks)
    return visitor


def told(visitor):
    """What the next page of the shop says."""
    return visitor.opens(reverse("catalogue:index")).text


def rows():
    return ConsentEvent.objects.count(), Subject.objects.count(), SealedRecord.objects.count()


def test_answers_and_her_yes_are_kept_with_the_words_she_read(visitor, question):
    registers(visitor, [*WOOL, ALLOW])
    location = visitor.response["Location"]
    assert "Your answers are saved." in told(visitor)
    event = ConsentEvent.objects.get()
    assert (event.status, event.method, event.subject.user.email) == (
        "given",
        "registration",
        "new@example.com",
    )
    assert event.notice.words["buttons"] == {"allow": "Yes, keep my answers and use them for this"}
    assert "Yes, keep my answers and use them for this" in event.notice.screen
    assert stated_answers(event.subject_id) == {"fabric": ("silk", "wool")}
    skipping = registers(Visitor(), email="other@example.com")
    assert skipping.response["Location"] == location
    assert "Your answers" not in told(skipping)
    assert get_user_model().objects.count() == 2
    assert rows() == (1, 1, 1)


@pytest.mark.parametrize(
    ("ticks", "change", "reason"),
    [
        (WOOL, {}, "because you did not allow their use"),
        ([ALLOW], {}, "because no answer was ticked"),
        ([*WOOL, ALLOW], {"data": "Also your star sign."}, "our words have changed"),
        ([*WOOL, ALLOW], {"is_offered": False}, "Your answers were not saved."),
    ],
)
def test_problem_with_the_answers_is_told_and_never_fails_the_registration(
    visitor, question, monkeypatch, ticks, change, reason
):
    opened = visitor.opens

    def opens(*args):
        opened(*args)
        Purpose.objects.filter(key="stated").update(**change) if change else None
        return visitor

    monkeypatch.setattr(visitor, "opens", opens)
    registers(visitor, ticks)
    monkeypatch.setattr(visitor, "opens", opened)
    text = told(visitor)
    assert reason in text and "in your preferences" in text
    assert get_user_model().objects.get().email == "new@example.com"
    assert visitor.client.session["_auth_user_id"]
    assert rows() == (0, 0, 0)


def test_what_breaks_while_answers_are_kept_is_told_and_leaves_no_yes(
    visitor, question, monkeypatch
):
    def breaks(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("ethical_personalization.preferences.registration.save_stated", breaks)
    registers(visitor, [*WOOL, ALLOW])
    assert "Your account is there. Your answers could not be saved." in told(visitor)
    assert rows() == (0, 0, 0)
    assert visitor.client.session["_auth_user_id"]


def test_ticks_are_still_there_when_oscars_form_comes_back(visitor, question):
    registers(visitor, WOOL, word="short")
    assert not get_user_model().objects.exists()
    ticked = visitor.page.select(".ep-register [checked]")
    assert [field["value"] for field in ticked] == ["wool", "silk"]
    assert visitor.page.select(".ep-register details[open]")


def test_a_yes_of_this_device_is_neither_shown_nor_taken_for_the_account(visitor, question):
    consent_given(visitor.client, answers={"fabric": ["linen"]})
    visitor.opens(BOTH)
    assert not visitor.page.select(".ep-register [checked]")
    before = rows()
    registers(visitor)
    assert rows() == before


def test_nothing_is_asked_where_it_would_be_in_vain(visitor, question):
    assert visitor.opens(BOTH).page.select_one(".ep-register details")
    PreferenceQuestion.objects.update(is_live=False)
    assert visitor.opens(BOTH).page.select_one(".ep-register details") is None
    PreferenceQuestion.objects.update(is_live=True)
    Purpose.objects.filter(key="stated").update(is_offered=False)
    assert visitor.opens(BOTH).page.select_one(".ep-register details") is None
    assert links(visitor.page) >= LINKS


def links(soup):
    return {link["href"] for link in soup.find_all("a", href=True)}


@pytest.fixture
def oscars_templates(settings):
    """Oscar's templates as they come, with ours before them; the boutique's only where needed."""
    engine = dict(settings.TEMPLATES[0])
    folders = [f"{our_path[0]}/templates", f"{oscar_path[0]}/templates"]
    loaders = [
        ("django.template.loaders.filesystem.Loader", folders),
        "django.template.loaders.app_directories.Loader",
    ]
    engine["APP_DIRS"] = False
    engine["OPTIONS"] = {**engine["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [engine]


@pytest.mark.parametrize("at", [BOTH, REGISTER])
def test_oscars_own_page_asks_above_the_button_of_its_form(visitor, question, oscars_templates, at):
    assert "/oscar/templates/" in get_template("oscar/partials/form_fields.html").origin.name
    soup = visitor.opens(at).page
    form, asked = soup.find(id="register_form"), soup.select_one(".ep-register")
    assert asked.find_parent("form") is form
    assert asked.find_next("button")["name"] == "registration_submit"
    assert form.find_all("input")[-1].find_parent(class_="ep-register")
    assert all(field["form"] == "register_form" for field in asked.find_all("input"))
    assert len(soup.select(".ep-register")) == 1
    assert links(soup) >= LINKS


def test_account_and_checkout_lead_to_both_pages(client, user, oscars_templates):
    client.force_login(user)
    page = client.get(reverse("customer:profile-view")).content
    assert links(BeautifulSoup(page, "html.parser").select_one(".nav-pills")) >= LINKS
    checkout = get_template("oscar/checkout/layout.html").render({}, client.get("/").wsgi_request)
    assert links(BeautifulSoup(checkout, "html.parser").footer) >= LINKS


def test_boutiques_account_and_checkout_lead_to_both_pages(client, user):
    client.force_login(user)
    page = BeautifulSoup(client.get(reverse("customer:profile-view")).content, "html.parser")
    assert links(page.select_one(".account-nav")) >= LINKS
    checkout = get_template("oscar/checkout/layout.html").render({}, client.get("/").wsgi_request)
    assert links(BeautifulSoup(checkout, "html.parser").footer) >= LINKS
