"""Who allowed nothing gets no header that the shop would not send if it had never had us.

The crawl takes out our middleware alone. Here nothing of ours takes part on the other side: no
hook, no receiver, no tag and no adapter either. What we put into Django's cache is in both, and is
not asked, because nothing of this shop is cached.
"""

import pytest
from django.http import SimpleCookie
from django.test import Client, override_settings
from django.urls import reverse
from oscar.core.loading import get_model

from ethical_personalization.accountability.bare import extra_headers
from ethical_personalization.accountability.undone import undone
from tests.benchmarks.modes import switch_to
from tests.benchmarks.run import bench, set_up
from tests.benchmarks.shoppers import BROWSER, HOST, SERVED

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shops(shop):
    """The boutique with a segment and its variants, bare and as installed."""
    with bench() as made:
        set_up(made, 1, "facts")
        yield made


def answers_of(mode, shopper, pages, query=""):
    """What the shop of ``mode`` answers on her way through it and into the basket, by address."""
    switch_to(mode)
    client = Client(SERVER_NAME=HOST, HTTP_USER_AGENT=BROWSER)
    client.cookies = SimpleCookie(shopper.cookies.get(mode.name, {}))
    with override_settings(MIDDLEWARE=list(mode.middleware)):
        client.handler.load_middleware()
    product = get_model("catalogue", "Product").objects.browsable().filter(structure="standalone")
    adding, basket = reverse("basket:add", args=[product[0].pk]), reverse("basket:summary")
    with undone():
        made = {page.path: client.get(page.path + query) for page in pages}
        made["nothing"] = client.get(basket)
        made["added"] = client.post(adding, {"quantity": 1})
        made["filled"] = client.get(basket)
    return made


def added_by_us(shops, shopper, pages=None, query=""):
    """The headers that only our answers have, by where she asked."""
    pages = pages or shops.pages
    bare, ours = (answers_of(shops.modes[name], shopper, pages, query) for name in ("bare", "ours"))
    good = [200] * (len(pages) + 1) + [302, 200]
    assert [each.status_code for each in ours.values()] == good
    assert [each.status_code for each in bare.values()] == good
    found = {where: extra_headers(ours[where], bare[where]) for where in ours}
    return {where: names for where, names in found.items() if names}


def shopper_called(shops, name):
    (found,) = [each for each in shops.asking if each.name == name]
    return found


@pytest.mark.parametrize("name", ["no cookie", "logged in, nothing allowed"])
def test_who_said_nothing_gets_no_header_of_ours_on_any_page(shops, name):
    assert added_by_us(shops, shopper_called(shops, name)) == {}


def test_who_refused_gets_pages_that_no_shared_cache_keeps_and_no_other_header(shops):
    found = added_by_us(shops, shopper_called(shops, "refused"))
    assert len(found) == 8
    assert set(found.values()) == {frozenset({"Cache-Control: private"})}


def test_comparison_sees_what_a_personal_page_is_sent_with(shops):
    landing = [page for page in shops.pages if page.name == "landing"]
    shopper = shopper_called(shops, f"allowed: {SERVED}")
    found = added_by_us(shops, shopper, landing, "?campaign=1")
    assert "Cache-Control: no-store" in found["/linen/"]
