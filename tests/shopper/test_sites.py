"""A request belongs to the site that Wagtail would find for it."""

import pytest
from django.test import RequestFactory
from wagtail.models import Page, Site

from ethical_personalization.shopper.sites import find_place, neighbours_of, places, site_id_at_hand
from ethical_personalization.testing import as_a_new_worker

pytestmark = pytest.mark.django_db
#: Host name and port of each site; the first one is the default where there is one.
SHOPS = {
    "one": [("nord.example", 80)],
    "two hosts": [("nord.example", 80), ("sued.example", 443)],
    "two ports": [("nord.example", 80), ("nord.example", 8000)],
    "two ports, another default": [("west.example", 80), ("nord.example", 1), ("nord.example", 2)],
    "three": [("west.example", 80), ("nord.example", 80), ("sued.example", 8000)],
}
ASKED = [
    (host, port)
    for host in ("nord.example", "sued.example", "west.example", "other.example")
    for port in (1, 2, 80, 443, 8000)
]


def open_shop(shop, *, has_default=True):
    Site.objects.all().delete()
    root = Page.get_first_root_node()
    for number, (host, port) in enumerate(SHOPS[shop]):
        is_default = has_default and not number
        Site.objects.create(hostname=host, port=port, root_page=root, is_default_site=is_default)


@pytest.mark.parametrize("has_default", [True, False])
@pytest.mark.parametrize("shop", SHOPS)
def test_site_is_found_as_wagtail_finds_it(shop, has_default):
    open_shop(shop, has_default=has_default)
    for host, port in ASKED:
        request = RequestFactory().get("/", SERVER_NAME=host, SERVER_PORT=str(port))
        site, place = Site.find_for_request(request), find_place(host, port, places.get())
        assert (place and place.pk) == (site and site.pk), (host, port)


def test_neighbours_are_the_other_sites_on_the_host_name():
    open_shop("two ports, another default")
    west, one, two = places.get()
    assert neighbours_of(west, places.get()) == ()
    assert neighbours_of(one, places.get()) == (two,)
    assert neighbours_of(None, places.get()) == ()


def test_site_of_a_page_is_found_without_a_query(django_assert_num_queries, rf):
    as_a_new_worker()
    request = rf.get("/", headers={"host": "localhost"})
    site_id = site_id_at_hand(request)
    with django_assert_num_queries(0):
        assert site_id_at_hand(rf.get("/", headers={"host": "localhost"})) == site_id


def test_no_site_is_found_without_a_database(rf, monkeypatch):
    monkeypatch.setattr(places, "at_hand", lambda: 1 / 0)
    assert site_id_at_hand(rf.get("/", headers={"host": "localhost"})) is None
