"""What users of consent tools complain about, each as what must not happen here."""

from datetime import timedelta
from io import StringIO
from itertools import permutations
from types import ModuleType

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import include, path
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.core.purposes import PurposeDeclaration
from ethical_personalization.models import ConsentEvent, Erasure
from ethical_personalization.models.purposes import create_declared
from ethical_personalization.shopper.erasure import finish_erasure
from ethical_personalization.testing import (
    as_a_new_worker,
    consent_given,
    consent_refused,
    published_segment,
    registered,
)
from tests.preferences.visitor import Visitor

pytestmark = pytest.mark.django_db
REASON = "Why am I seeing this?"
#: So long is no key of ours, but the longest that a shop may choose.
KEYS = [f"purpose-of-the-shop-with-a-long-name-{number:03}" for number in range(8)]


@pytest.fixture
def eight():
    """Eight purposes are offered, all with the longest keys there may be."""
    made = [
        PurposeDeclaration(
            key=key,
            title=key,
            benefit="It fits.",
            data="Your answers.",
            data_categories=("Preference",),
            sources=("a form",),
            retention=timedelta(days=30),
        )
        for key in KEYS
    ]
    with registered(*made):
        create_declared(made)
        yield


def size(visitor):
    """Bytes of ``name=value`` as the browser sends it with every request."""
    (morsel,) = visitor.client.cookies.values()
    return len(morsel.OutputString([]).encode())


def test_complaint_cookie_has_at_most_200_bytes_with_eight_refusals_and_an_age(eight, settings):
    settings.ETHICAL_PERSONALIZATION_COOKIE_NAME = "__Host-ep_choices"
    settings.ETHICAL_PERSONALIZATION_COOKIE_SECURE = True
    visitor = Visitor()
    consent_refused(visitor.client, *KEYS)
    assert size(visitor) <= 200 - len("u.") - 7
    visitor.opens().presses("I am under 16")
    assert "u." in visitor.client.cookies["__Host-ep_choices"].value
    assert size(visitor) <= 200


def test_complaint_cookie_of_one_of_many_sites_has_at_most_200_bytes(eight):
    home = Site.objects.get(is_default_site=True).root_page
    Site.objects.create(pk=1234, hostname="testserver", root_page=home)
    visitor = Visitor()
    consent_refused(visitor.client, *KEYS)
    visitor.opens().presses("I am under 16")
    assert visitor.client.cookies["ep_choices_1234"].value.startswith("u.")
    assert size(visitor) <= 200


def test_complaint_cookie_has_at_most_100_bytes_with_a_pseudonym(eight, settings):
    visitor = Visitor()
    consent_given(visitor.client, *KEYS)
    assert size(visitor) <= 100


def test_complaint_refusals_of_long_keys_hold_and_are_not_asked_again(eight, home, visitor):
    consent_refused(visitor.client, *KEYS, "stated", "orders", "browsing", "context")
    assert len(visitor.opens().page.select("#choices input[value=no][checked]")) == 12
    assert visitor.opens("/").page.select_one("ep-consent form") is None


@pytest.fixture
def wool(home, question):
    """A part of the home page for who likes wool."""
    return published_segment(
        "Wool", [("stated.fabric", "any_of", ["wool"])], placements=["home-welcome"]
    )


@pytest.fixture
def site_cache(settings):
    """Django's cache of whole pages, where the docs want it."""
    *others, ours = settings.MIDDLEWARE
    cached = "django.middleware.cache"
    settings.MIDDLEWARE = [
        f"{cached}.UpdateCacheMiddleware",
        *others,
        f"{cached}.FetchFromCacheMiddleware",
        ours,
    ]


def likes_wool():
    visitor = Visitor()
    consent_given(visitor.client, answers={"fabric": ["wool"]})
    return visitor


def refuses():
    visitor = Visitor()
    consent_refused(visitor.client, "stated")
    return visitor


@pytest.mark.parametrize("order", list(permutations([likes_wool, refuses, Visitor])))
def test_complaint_page_of_one_visitor_is_shown_to_no_other(site_cache, wool, order):
    for _time in range(2):
        for visits in order:
            page = visits().opens("/").response.text
            assert (REASON in page) is (visits is likes_wool)
            assert ("Accept all" in page) is (visits is Visitor)


def test_complaint_page_with_the_banner_comes_out_of_the_site_cache(
    site_cache, wool, django_assert_num_queries
):
    first = Visitor().opens("/").response
    with django_assert_num_queries(0):
        second = Visitor().opens("/").response
    assert second.content == first.content
    assert "Accept all" in second.text


@pytest.fixture
def page_of_another_app(settings):
    """A page that has nothing to do with Oscar or a session, and carries all that is ours."""
    tags = (
        "{% load ethical_personalization %}{% consent_banner %}{% preferences_link %}{% gpc_note %}"
    )

    def view(request):
        return HttpResponse(Template(tags).render(Context({"request": request})))

    made = ModuleType("urls_of_another_app")
    ours = include("ethical_personalization.urls")
    made.urlpatterns = [path("bare/", view), path("preferences/", ours)]
    settings.ROOT_URLCONF = made
    oscars = "oscar.apps.basket.middleware.BasketMiddleware"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != oscars]
    return "/bare/"


def test_complaint_banner_adds_no_vary_and_no_cookie_to_a_page(page_of_another_app, client):
    response = client.get(page_of_another_app)
    assert "Accept all" in response.text
    assert not {"Vary", "Cache-Control", "Set-Cookie"} & set(response.headers)
    assert not response.cookies


@pytest.fixture
def brings_back(settings):
    """What was in the cache before, put back: as by a cache that heard of nothing."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

    def of(work):
        kept, expiries = dict(cache._cache), dict(cache._expire_info)
        assert kept
        work()
        cache._cache.update(kept)
        cache._expire_info.update(expiries)
        as_a_new_worker()

    return of


def test_complaint_stale_cache_brings_nothing_back_after_an_erasure(wool, brings_back):
    visitor = likes_wool()
    assert REASON in visitor.opens("/").text
    cookie = visitor.cookie

    def erase():
        visitor.opens("/preferences/your-data/erase/").presses("Erase my data")
        finish_erasure(Erasure.objects.get().pk, now=timezone.now())

    brings_back(erase)
    visitor.client.cookies["ep_choices"] = cookie
    assert REASON not in visitor.opens("/").text
    assert "We keep nothing about you." in visitor.opens("/preferences/your-data/").text


ZONES = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Paris"]


@pytest.mark.parametrize("zone", ZONES)
def test_complaint_yes_holds_as_long_and_can_be_proved_in_every_time_zone(client, settings, zone):
    settings.TIME_ZONE = zone
    consent_given(client, "stated")
    event = ConsentEvent.objects.get()
    assert abs(event.at - timezone.now()) < timedelta(minutes=1)
    assert event.valid_until - event.at == event.purpose_version.purpose.retention
    settings.TIME_ZONE = "Asia/Kathmandu"
    said = StringIO()
    call_command("verify_consent", stdout=said)
    assert "whole" in said.getvalue()
