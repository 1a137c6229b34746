"""What Oscar collects by itself, through real requests to the shop."""

import pytest
from oscar.apps.catalogue.signals import product_viewed
from oscar.core.loading import get_model

from ethical_personalization.shopper import collection

pytestmark = pytest.mark.django_db
HISTORY = "oscar_history"


def rows():
    """How many rows Oscar keeps about shoppers."""
    return {
        name: get_model("analytics", name).objects.count()
        for name in ("UserProductView", "UserSearch", "UserRecord")
    }


NONE = {"UserProductView": 0, "UserSearch": 0, "UserRecord": 0}


@pytest.fixture
def walk(client, home, catalogue):
    """Looks at a product, searches and puts it into the basket."""
    product = catalogue("Dress")

    def take():
        seen = client.get(product.get_absolute_url())
        client.get("/shop/search/", {"q": "dress"})
        client.post(f"/shop/basket/add/{product.pk}/", {"quantity": 1})
        return seen

    take.product = product
    return take


def test_anonymous_visitor_leaves_no_history(walk):
    assert HISTORY not in walk().cookies


def test_account_without_permission_leaves_no_rows(client, walk, user):
    client.force_login(user)
    assert HISTORY not in walk().cookies
    assert rows() == NONE


def test_products_are_counted_for_everybody(walk):
    walk()
    record = get_model("analytics", "ProductRecord").objects.get(product=walk.product)
    assert (record.num_views, record.num_basket_additions) == (1, 1)


def test_history_is_kept_with_permission_and_gone_after_it(client, walk, allow):
    allow(client, "browsing")
    assert str(walk.product.pk) in walk().cookies[HISTORY].value
    del client.cookies["ep_choices"]
    after = client.get("/")
    assert after.cookies[HISTORY]["max-age"] == 0


def test_rows_of_oscar_stay_off_even_with_permission(client, walk, user, allow):
    allow(client, "browsing", user=user)
    walk()
    assert rows() == NONE


def test_gates_are_put_up_once():
    def listening():
        return len(product_viewed.receivers)

    before = listening()
    collection.connect()
    assert listening() == before
