"""Django's caches of whole pages: the middleware around the shop, and ``cache_page`` on a view."""

from types import ModuleType

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.middleware.cache import FetchFromCacheMiddleware
from django.template import RequestContext, Template, engines
from django.template.response import TemplateResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django.views.decorators.cache import cache_page

from ethical_personalization.shopper import cached_pages
from ethical_personalization.testing import consent_given, consent_refused, published_segment

pytestmark = pytest.mark.django_db
PAGE = """{% load ethical_personalization %}<body>{% consent_banner %}
{% personalized "home-welcome" %}<p>Yours</p>{% default %}<p>For all</p>{% endpersonalized %}"""
ASKS = "Accept all"


def plain(request):
    return HttpResponse(Template(PAGE).render(RequestContext(request)))


def lazy(request):
    return TemplateResponse(request, engines["django"].from_string(PAGE))


@pytest.fixture(autouse=True)
def shop(settings, home, question):
    """A shop whose pages don't vary by cookies, unlike all that Oscar's basket stands on."""
    urls = ModuleType("urls_with_caches")
    urls.urlpatterns = [
        path("plain/", plain),
        path("kept/", cache_page(60)(plain)),
        path("kept-lazily/", cache_page(60)(lazy)),
        path("preferences/", include("ethical_personalization.urls")),
    ]
    settings.ROOT_URLCONF = urls
    published_segment("S", [("stated.fabric", "any_of", ["wool"])], placements=["home-welcome"])


@pytest.fixture
def with_cache_middleware(settings):
    basket = "oscar.apps.basket.middleware.BasketMiddleware"
    settings.MIDDLEWARE = [
        "django.middleware.cache.UpdateCacheMiddleware",
        *(each for each in settings.MIDDLEWARE if each != basket),
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]


@pytest.fixture
def client_who_likes_wool():
    client = Client()
    consent_given(client, answers={"fabric": ["wool"]})
    return client


def is_for_all(text):
    return "For all" in text and "Yours" not in text and ASKS in text


@pytest.fixture(params=["/plain/", "/kept/", "/kept-lazily/"])
def address(request):
    if request.param == "/plain/":
        request.getfixturevalue("with_cache_middleware")
    return request.param


def test_page_of_a_shopper_is_kept_for_nobody(address, client_who_likes_wool):
    assert "Yours" in client_who_likes_wool.get(address).text
    assert is_for_all(Client().get(address).text)


def test_page_kept_for_everybody_is_not_given_to_a_shopper(address, client_who_likes_wool):
    assert is_for_all(Client().get(address).text)
    hers = client_who_likes_wool.get(address).text
    assert "Yours" in hers
    assert ASKS not in hers


def test_page_kept_for_everybody_asks_nobody_again_who_refused(address):
    assert is_for_all(Client().get(address).text)
    refusing = Client()
    consent_refused(refusing, "stated")
    assert refusing.cookies
    assert "For all" in refusing.get(address).text
    assert "What you tell us" not in refusing.get(address).text


def test_account_with_a_choice_gets_its_own_page_on_every_device(address, user):
    Client().get(address)
    first, other = Client(), Client()
    first.force_login(user)
    consent_given(first, answers={"fabric": ["wool"]})
    other.force_login(user)
    assert "ep_choices" not in other.cookies
    assert "Yours" in other.get(address).text


def test_account_without_a_choice_gets_a_question_put_to_it_and_nobody_else_gets_that(
    address, user
):
    """An answer to the page of everybody would have to be confirmed."""
    account = Client()
    account.force_login(user)
    for_all = Client().get(address)
    assert 'name="who"' in account.get(address).text
    cache.clear()
    assert "Cookie" in account.get(address)["Vary"]
    assert Client().get(address).content == for_all.content


def test_visitors_without_a_choice_keep_the_hits(address, monkeypatch):
    first = Client().get(address)
    monkeypatch.setattr(f"{__name__}.PAGE", "changed since")
    again = Client().get(address)
    assert (again.content, again["Expires"]) == (first.content, first["Expires"])


def test_visitor_without_a_session_costs_no_query(address):
    Client().get(address)
    with CaptureQueriesContext(connection) as asked:
        Client().get(address)
    assert [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]] == []


@pytest.mark.parametrize("address", ["/kept/", "/kept-lazily/"])
def test_django_alone_would_mix_shoppers_up(address, monkeypatch, client_who_likes_wool):
    monkeypatch.setattr(FetchFromCacheMiddleware, "process_request", cached_pages._django_fetches)
    client_who_likes_wool.get(address)
    assert "Yours" in Client().get(address).text
