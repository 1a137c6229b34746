"""The banner: on every page, at no cost, and the same for everybody who sees it."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.template import Context, Template
from django.test import RequestFactory

from ethical_personalization.models import ConsentEvent, Purpose
from ethical_personalization.testing import consent_given, consent_refused, nothing_kept
from ethical_personalization.transparency.banner import banner as banner_of
from ethical_personalization.transparency.offered import cached_purposes
from tests.preferences.visitor import Visitor

pytestmark = pytest.mark.django_db


def banner(visitor):
    return visitor.page.find("ep-consent")


def rendered(request=None):
    request = request or RequestFactory().get("/some/page/?q=linen")
    return Template("{% load ethical_personalization %}{% consent_banner %}").render(
        Context({"request": request})
    )


def test_who_has_not_answered_is_asked_and_nothing_is_kept(visitor, home):
    with nothing_kept(visitor.client):
        visitor.opens("/")
    assert "May we make this shop fit you?" in banner(visitor).get_text()
    assert not visitor.client.cookies
    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_banner_costs_no_query_once_the_words_are_at_hand(django_assert_num_queries):
    rendered()
    with django_assert_num_queries(0):
        rendered()


def test_banner_touches_neither_session_nor_user():
    class Untouchable:
        session_key = None

        def __getattr__(self, name):
            raise AssertionError(f"session.{name} was touched")

    request = RequestFactory().get("/")
    request.session = Untouchable()
    assert "ep-consent__form" in banner_of(request)


def test_page_with_the_banner_may_be_cached_by_everybody(visitor, home):
    visitor.opens("/")
    assert "Cache-Control" not in visitor.response
    assert visitor.response["Vary"] == "Cookie"  # Oscar's own, with or without us


def test_everybody_who_sees_it_sees_the_same_markup(home):
    first, second = Visitor().opens("/"), Visitor().opens("/")
    assert str(banner(first)) == str(banner(second))
    assert "csrf" not in str(banner(first))


def test_accept_and_refuse_are_the_same_kind_of_button(visitor, home):
    visitor.opens("/")
    accept, refuse = visitor.page.select(".ep-consent__buttons > *")
    assert (accept.name, refuse.name) == ("button", "button")
    assert accept["class"] == refuse["class"]
    assert not visitor.page.select(".ep-consent input[checked]")


def test_banner_is_the_first_thing_after_the_skip_link(visitor, home):
    visitor.opens("/")
    order = [element.name for element in visitor.page.body.find_all(True, recursive=False)]
    assert order.index("ep-consent") <= 1


@pytest.mark.parametrize("label", ["Accept all", "Refuse all", "Save my choices"])
def test_banner_is_gone_after_any_answer_and_says_saved_once(visitor, home, label):
    visitor.opens("/?utm=1").presses(label)
    assert visitor.response["Location"] == "/?utm=1&ep-saved=choices"
    visitor.follows()
    assert visitor.page.find("form", class_="ep-consent__form") is None
    assert "Your choices are saved." in banner(visitor).get_text()
    assert banner(visitor.opens("/")) is None


def test_boxes_that_stay_empty_mean_no(visitor, home):
    visitor.opens("/").presses("Save my choices", ticks=[("choice-stated", "yes")])
    events = ConsentEvent.objects.select_related("purpose_version__purpose")
    found = {event.purpose_version.purpose.key: event.status for event in events}
    assert found["stated"] == "given"
    assert {found[key] for key in ("orders", "browsing", "context")} == {"refused"}
    assert ConsentEvent.objects.first().method == "banner"


def test_ledger_keeps_the_words_of_the_banner(visitor, home):
    visitor.opens("/")
    shown = " ".join(banner(visitor).get_text(" ").split())
    visitor.presses("Accept all")
    words = ConsentEvent.objects.first().notice.words
    told = [words["heading"], words["intro"], *words["buttons"].values()]
    told += [
        purpose[part]
        for purpose in words["purposes"]
        for part in ("title", "benefit", "data", "kept")
    ]
    assert all(sentence in shown for sentence in told)
    assert words["language"] == "en"


def test_shared_address_with_a_message_still_asks_who_has_not_answered(visitor, home):
    visitor.opens("/?ep-saved=choices")
    assert "May we make this shop fit you?" in banner(visitor).get_text()
    assert visitor.page.find("input", {"name": "next"})["value"] == "/"


def test_device_that_refused_is_not_asked_again(visitor, home):
    consent_refused(visitor.client, "stated")
    assert banner(visitor.opens("/")) is None


def test_account_that_answered_elsewhere_is_not_asked_again(home, user):
    phone, laptop = Visitor(), Visitor()
    phone.client.force_login(user)
    consent_given(phone.client, "stated")
    laptop.client.force_login(user)
    assert banner(laptop.opens("/")) is None


def test_account_that_never_answered_is_asked(visitor, home, user):
    visitor.client.force_login(user)
    assert banner(visitor.opens("/")) is not None


@pytest.mark.parametrize("cookie", ["s." + "0" * 32, "r.1.stated", "x" * 5000, "\xe9"])
def test_foreign_or_changed_cookie_counts_as_no_answer(visitor, home, cookie):
    visitor.client.cookies["ep_choices"] = cookie
    assert "Accept all" in banner(visitor.opens("/")).get_text()


def test_truncated_cookie_counts_as_no_answer(visitor, home):
    consent_given(visitor.client, "stated")
    visitor.client.cookies["ep_choices"] = visitor.cookie[:-3]
    assert "Accept all" in banner(visitor.opens("/")).get_text()


def test_our_own_pages_carry_no_banner(visitor):
    assert banner(visitor.opens("/preferences/")) is None


def test_pages_without_request_or_purposes_carry_none():
    assert rendered() != ""
    assert banner_of(None) == ""
    Purpose.objects.update(is_offered=False)
    cache.clear()
    assert rendered() == ""


def test_page_that_answers_a_form_is_not_gone_back_to():
    request = RequestFactory().post("/shop/basket/add/")
    assert 'name="next" value=""' in banner_of(request)


def test_words_change_with_the_purpose(django_capture_on_commit_callbacks):
    assert "What you tell us" in rendered()
    purpose = Purpose.objects.get(key="stated")
    purpose.title = "Your own words"
    with django_capture_on_commit_callbacks(execute=True):
        purpose.save()
    assert "Your own words" in rendered()


def test_cache_that_is_down_changes_nothing(monkeypatch):
    def down(*args, **kwargs):
        raise ConnectionError("secret value")

    monkeypatch.setattr("ethical_personalization.models.published.cache.get", down)
    monkeypatch.setattr("ethical_personalization.models.published.cache.set", down)
    assert "Accept all" in rendered()


def test_database_that_is_down_leaves_the_page_without_banner(monkeypatch, caplog):
    def down(every):
        raise ConnectionError("secret value")

    monkeypatch.setattr("ethical_personalization.models.freshness.ask_fingerprints", down)
    assert rendered() == ""
    assert "secret" not in caplog.text
    monkeypatch.undo()
    assert cached_purposes(RequestFactory().get("/")) != []
