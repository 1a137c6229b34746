"""What Oscar collects by itself, through real requests to the shop."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from haystack import connections
from oscar.apps.analytics import receivers
from oscar.apps.basket.signals import basket_addition
from oscar.apps.catalogue.signals import product_viewed
from oscar.apps.search.signals import user_search
from oscar.core.loading import get_model
from oscar.test.factories import create_order

from ethical_personalization.shopper import collection
from ethical_personalization.testing import consent_given

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
    connections["default"].get_backend().clear()  # what other tests put there is gone
    product = catalogue("Dress")

    def take():
        seen = client.get(product.get_absolute_url())
        client.get("/shop/search/", {"q": "dress"})
        client.post(f"/shop/basket/add/{product.pk}/", {"quantity": 1})
        return seen

    take.product = product
    return take


def withdrawn(client):
    """The response to "none of it" in the preference center."""
    body = {"where": "center", "answer": "none"}
    headers = {"sec-fetch-site": "same-origin"}
    response = client.post("/preferences/choices/", body, headers=headers)
    assert response.status_code == 302
    return response


def test_anonymous_visitor_leaves_no_history(walk):
    assert HISTORY not in walk().cookies


def test_account_without_permission_leaves_no_rows(client, walk, user):
    client.force_login(user)
    assert HISTORY not in walk().cookies
    assert rows() == NONE


def test_statistics_of_an_order_stay_and_those_of_looking_do_not(client, walk, user):
    client.force_login(user)
    walk()
    order = create_order(user=user)  # by Oscar's own OrderCreator, with its signal
    kept = get_model("analytics", "UserRecord").objects.get(user=user)
    assert (kept.num_orders, kept.num_order_lines) == (1, order.lines.count())
    assert (kept.num_product_views, kept.num_basket_additions) == (0, 0)
    bought = get_model("analytics", "ProductRecord").objects.filter(num_purchases=1)
    assert [each.product for each in bought] == [line.product for line in order.lines.all()]


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


def test_withdrawal_takes_the_history_with_the_very_response(client, walk):
    consent_given(client, "browsing")
    walk()
    assert HISTORY not in client.get("/preferences/").cookies
    assert withdrawn(client).cookies[HISTORY]["max-age"] == 0


def test_refusal_of_who_has_no_history_sets_no_cookie_of_oscar(client, home):
    assert HISTORY not in withdrawn(client).cookies


def test_gates_are_put_up_once():
    def listening():
        return [len(signal.receivers) for signal in (product_viewed, user_search, basket_addition)]

    before = listening()
    collection.connect()
    apps.get_app_config("analytics").ready()
    apps.get_app_config("customer").ready()
    assert listening() == before


def test_receiver_that_is_connected_once_the_app_is_ready_is_gated(monkeypatch, rf, user):
    seen = []

    def receive_late(sender, user, **kwargs):
        seen.append(user)

    monkeypatch.setattr(receivers, "receive_late", receive_late, raising=False)
    product_viewed.connect(receive_late)
    apps.get_app_config("analytics").ready()
    product_viewed.send(sender=None, product=None, user=user, request=rf.get("/"))
    uid = f"ethical_personalization.{receivers.__name__}.receive_late"
    assert product_viewed.disconnect(dispatch_uid=uid)
    assert seen == [AnonymousUser()]


@pytest.mark.parametrize("query", ["x" * 5000, "a\0b", "\ud800"])
def test_search_for_garbage_is_a_page(client, home, user, query):
    client.force_login(user)
    assert client.get("/shop/search/", {"q": query.encode("utf-8", "replace")}).status_code == 200


def test_page_is_shown_where_counting_fails(client, walk, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise DatabaseError("Dress")

    monkeypatch.setattr(receivers, "_update_counter", fail)
    assert walk().status_code == 200
    assert "what=collection" in caplog.text
    assert "Dress" not in caplog.text


def test_count_whose_row_can_not_be_inserted_leaves_the_basket_whole(client, walk, monkeypatch):
    """As when another worker inserts the row of a new product at the same moment."""

    def insert_twice(model, field, named):
        model.objects.create(**named)
        model.objects.create(**named)

    monkeypatch.setattr(receivers, "_update_counter", insert_twice)
    assert walk().status_code == 200
    assert get_model("basket", "Line").objects.get().product == walk.product
    assert not get_model("analytics", "ProductRecord").objects.exists()


def test_counting_costs_no_savepoint_once_a_product_has_its_row(
    client, walk, django_assert_num_queries
):
    walk()
    with django_assert_num_queries(1):
        product_viewed.send(sender=None, product=walk.product, user=None, request=None)
