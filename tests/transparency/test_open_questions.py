"""The question that comes back: on what is open and nothing else, once per period."""

import re
from datetime import timedelta
from types import ModuleType

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.core.management import call_command
from django.urls import include, path
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Site

from ethical_personalization.core.purposes import PurposeDeclaration
from ethical_personalization.models import ConsentEvent, ConsentState, Purpose, Subject
from ethical_personalization.models.published import drop_published
from ethical_personalization.models.purposes import create_declared
from ethical_personalization.shopper.audience_size import given_by_purpose
from ethical_personalization.shopper.jobs import permitted_now
from ethical_personalization.shopper.vault import open_record, seal_record
from ethical_personalization.testing import (
    consent_given,
    consent_refused,
    registered,
    unguarded_ledger,
)
from ethical_personalization.transparency.banner import banner as banner_of
from tests.preferences.visitor import SAME_ORIGIN, Visitor

pytestmark = pytest.mark.django_db
FITTING = PurposeDeclaration(
    key="fitting",
    title="Your fittings",
    benefit="Cuts that suited you.",
    data="Dates of fittings.",
    data_categories=("PhysicalTrait",),
    sources=("appointments",),
    retention=timedelta(days=365),
)


@pytest.fixture
def fitting():
    """Declares a purpose that was not there before."""
    with registered(FITTING):
        yield _create


def _create():
    create_declared([FITTING])
    drop_published()  # a worker renews after a response, but not inside a test's transaction


def asked_about(visitor):
    """Titles of the purposes in the banner; None without a question."""
    form = visitor.opens("/").page.select_one("ep-consent form")
    return None if form is None else [each.get_text() for each in form.select(".ep-purpose__title")]


def answers_of(key):
    found = ConsentEvent.objects.filter(purpose_version__purpose__key=key).order_by("pk")
    return [event.status for event in found]


def change_terms(key="stated"):
    purpose = Purpose.objects.get(key=key)
    purpose.recipients = f"{purpose.recipients}\nParcel Ltd".strip()
    purpose.save()


def runs_out(key="stated"):
    """As if the period of the purpose were over."""
    past = timezone.now() - timedelta(days=1)
    states = ConsentState.objects.filter(purpose__key=key)
    events = ConsentEvent.objects.filter(pk__in=states.values("event"))
    with unguarded_ledger():
        events._update([(ConsentEvent._meta.get_field("valid_until"), None, past)])


@pytest.fixture
def allowed(visitor, home):
    """Somebody who allowed everything on the banner."""
    visitor.opens("/").presses("Accept all")
    assert asked_about(visitor) is None
    return visitor


def test_typo_asks_nobody_again(allowed):
    purpose = Purpose.objects.get(key="stated")
    purpose.benefit = "Lists and pages that fit your styles."
    purpose.save()
    assert asked_about(allowed) is None


def test_new_use_asks_who_allowed_it_about_it_alone_and_once(allowed):
    change_terms()
    assert asked_about(allowed) == ["What you tell us"]
    assert "its terms have changed since your yes" in allowed.text
    allowed.presses("Accept all")
    assert asked_about(allowed) is None
    assert answers_of("stated") == ["given", "given"]
    assert answers_of("orders") == ["given"]


def test_new_use_does_not_ask_who_refused(visitor, home):
    consent_given(visitor.client, "orders")
    consent_refused(visitor.client, "stated")
    change_terms()
    assert asked_about(visitor) is None


def test_new_purpose_asks_who_has_answered_about_it_alone_and_once(allowed, fitting):
    fitting()
    assert asked_about(allowed) == ["Your fittings"]
    allowed.presses("Refuse all")
    assert asked_about(allowed) is None
    assert answers_of("fitting") == ["refused"]
    assert answers_of("stated") == ["given"]


def test_new_purpose_asks_a_device_with_refusals_once_and_it_stays_without_an_id(
    visitor, home, fitting
):
    visitor.opens("/").presses("Refuse all")
    fitting()
    assert asked_about(visitor) == ["Your fittings"]
    visitor.presses("Refuse all")
    assert asked_about(visitor) is None
    assert set(re.findall(r"([a-z]+)~", visitor.cookie)) == {
        *("stated", "orders", "browsing", "context", "fitting"),
    }
    assert not ConsentEvent.objects.exists()


def test_purpose_offered_again_asks_who_has_not_answered_on_it(allowed, fitting):
    fitting()
    Purpose.objects.filter(key="fitting").update(is_offered=False)
    assert asked_about(allowed) is None
    consent_refused(allowed.client, "context")
    purpose = Purpose.objects.get(key="fitting")
    purpose.is_offered = True
    purpose.save()
    assert asked_about(allowed) == ["Your fittings"]


def test_purpose_that_returns_asks_who_allowed_it_about_it_alone_and_once(allowed):
    subject = Subject.objects.get()
    seal_record(subject.pk, "stated", {"colours": ["blue"]})
    for is_offered in (False, True):
        purpose = Purpose.objects.get(key="stated")
        purpose.is_offered = is_offered
        purpose.save(update_fields=["is_offered"])
    site = Site.objects.get(is_default_site=True)
    assert "stated" not in permitted_now(subject.pk, site)
    assert "stated" not in given_by_purpose(now=timezone.now())
    assert "It was switched off for a while" in allowed.opens("/preferences/").text
    assert asked_about(allowed) == ["What you tell us"]
    assert "it was off for a while" in allowed.text
    call_command("enforce_retention")
    assert open_record(subject.pk, "stated") == {}
    allowed.presses("Accept all")
    assert answers_of("stated") == ["given", "given"]
    assert asked_about(allowed) is None
    assert "stated" in permitted_now(subject.pk, site)
    assert given_by_purpose(now=timezone.now())["stated"] == 1


def test_what_she_left_open_in_the_preference_center_is_not_asked_again(visitor, home):
    visitor.opens().presses("Save my choices", ticks=[("choice-orders", "yes")])
    assert asked_about(visitor) is None


@pytest.mark.parametrize(
    ("answer", "status"), [("Accept all", "given"), ("Refuse all", "withdrawn")]
)
def test_yes_that_ran_out_is_asked_once_for_another_period(allowed, answer, status):
    runs_out()
    assert asked_about(allowed) == ["What you tell us"]
    assert "your yes has run out" in allowed.text
    allowed.presses(answer)
    assert asked_about(allowed) is None
    assert answers_of("stated") == ["given", status]


def test_answered_question_is_not_asked_again_by_a_reload(allowed):
    assert [asked_about(allowed) for _reload in range(3)] == [None, None, None]


def test_answered_question_is_not_asked_again_by_a_language_switch(allowed):
    allowed.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    assert asked_about(allowed) is None


def test_answer_is_not_asked_again_by_a_second_shop_on_the_same_domain(visitor, home, settings):
    """The second shop asks for itself, once; the first one neither asks again nor forgets."""
    settings.USE_X_FORWARDED_PORT = True
    first = Site.objects.get(is_default_site=True)
    first.hostname, first.port = "testserver", 80
    first.save()
    Site.objects.create(hostname="testserver", port=8000, root_page=home)
    visitor.opens("/").presses("Refuse all")
    visitor.client.defaults["HTTP_X_FORWARDED_PORT"] = "8000"
    assert asked_about(visitor) is not None
    visitor.opens().presses("Allow all")
    assert asked_about(visitor) is None
    visitor.client.defaults["HTTP_X_FORWARDED_PORT"] = "80"
    assert asked_about(visitor) is None
    assert not ConsentState.objects.filter(site=first).exists()


@pytest.mark.parametrize("answers", [("Accept all", "Refuse all"), ("Refuse all", "Accept all")])
def test_answer_is_not_asked_again_by_a_race_between_two_tabs(visitor, home, answers):
    tabs = [Visitor(visitor.client).opens("/") for _tab in answers]
    for tab, answer in zip(tabs, answers, strict=True):
        tab.presses(answer)
    assert asked_about(visitor) is None


def test_question_that_another_tab_has_answered_takes_the_later_answer(allowed):
    change_terms()
    tabs = [Visitor(allowed.client).opens("/") for _tab in range(2)]
    tabs[0].presses("Accept all")
    tabs[1].presses("Refuse all")
    assert answers_of("stated") == ["given", "given", "withdrawn"]
    assert answers_of("orders") == ["given"]
    assert asked_about(allowed) is None


def test_later_question_is_recorded_as_it_was_on_screen(allowed):
    change_terms()
    allowed.opens("/").presses("Accept all")
    notice = ConsentEvent.objects.latest("pk").notice
    assert notice.words["asked"] == {"stated": "changed"}
    assert "its terms have changed since your yes" in notice.screen
    assert "What you bought" not in notice.screen


def test_asking_again_costs_a_device_with_refusals_no_query(
    visitor, home, fitting, request_of, django_assert_num_queries
):
    consent_refused(visitor.client, "stated")
    fitting()
    banner_of(request_of(visitor))
    with django_assert_num_queries(0):
        assert "Your fittings" in banner_of(request_of(visitor))


@pytest.fixture
def request_of(rf, monkeypatch):
    """A request of a visitor; as outside tests, no look-up is forgotten in between."""
    monkeypatch.setattr("ethical_personalization.shopper.shopper.forget_published", lambda: None)

    def make(visitor):
        request = rf.get("/")
        request.COOKIES["ep_choices"] = visitor.cookie
        return request

    return make


def test_page_for_who_has_no_choice_is_the_same_while_others_are_asked_again(home, allowed):
    before = str(Visitor().opens("/").page.find("ep-consent"))
    change_terms("context")
    asked_about(allowed)
    stranger = Visitor().opens("/")
    assert stranger.response["Vary"] == "Cookie"
    assert "Cache-Control" not in stranger.response
    assert str(stranger.page.find("ep-consent")) != before  # the new recipient is named
    assert str(stranger.page.find("ep-consent")) == str(
        Visitor().opens("/").page.find("ep-consent")
    )


def test_forged_reason_or_purpose_is_not_asked_about(client):
    body = {"where": "banner", "answer": "all", "asked-nonsense": "new"}
    assert client.post("/preferences/choices/", body, headers=SAME_ORIGIN).status_code == 400
    assert not ConsentEvent.objects.exists()


def urls_by_language():
    """Pages under /de/ and so on, our own addresses beside them in the shop's language."""
    made = ModuleType("urls_by_language")
    made.urlpatterns = [
        path("preferences/", include("ethical_personalization.urls")),
        *i18n_patterns(path("", include("boutique.urls"))),
    ]
    return made


@pytest.fixture
def shop_by_language(settings, home):
    ours = "boutique.middleware.chosen_language"
    locale = "django.middleware.locale.LocaleMiddleware"
    settings.MIDDLEWARE = [locale if each == ours else each for each in settings.MIDDLEWARE]
    settings.ROOT_URLCONF = urls_by_language()
    with override("en"):  # the middleware leaves its language behind
        yield


def test_banner_in_one_language_and_its_address_in_another_need_no_confirmation(
    visitor, shop_by_language
):
    visitor.opens("/de/").presses("Alle akzeptieren")
    assert visitor.response.status_code == 302
    event = ConsentEvent.objects.first()
    assert (event.language, event.notice.language) == ("de", "de")
    assert "Alle akzeptieren" in event.notice.screen


def fields_of_banner(rf):
    page = BeautifulSoup(banner_of(rf.get("/")), "html.parser")
    return {field["name"]: field["value"] for field in page.select("input[type=hidden]")}


@pytest.mark.parametrize(("language", "status"), [("tlh", 302), ("", 302), ("de", 409)])
def test_language_that_a_form_names_is_not_taken_on_trust(client, rf, language, status):
    body = {**fields_of_banner(rf), "answer": "all", "language": language}
    response = client.post("/preferences/choices/", body, headers=SAME_ORIGIN)
    assert response.status_code == status
    assert set(ConsentEvent.objects.values_list("language", flat=True)) <= {"en"}
