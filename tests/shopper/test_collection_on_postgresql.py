"""What is collected while others write: no page fails, no view is lost, no *no* is overtaken."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from django.test import Client
from oscar.core.loading import get_model

from ethical_personalization.models import SealedRecord
from ethical_personalization.shopper.vault import open_record
from ethical_personalization.testing import consent_given, consent_refused
from tests.test_postgresql import WRITERS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def product(home, catalogue):
    return catalogue("Dress", categories=[catalogue.category("Dresses")])


def of_the_same_shopper(client):
    """A client of its own for a thread."""
    other = Client()
    other.cookies.update(client.cookies)
    return other


def test_first_count_of_a_product_by_two_at_once_leaves_the_basket_whole(client, product):
    inserted, asked = Event(), Event()

    def insert_and_wait():
        with transaction.atomic():
            get_model("analytics", "ProductRecord").objects.create(product=product, num_views=1)
            inserted.set()
            asked.wait(timeout=1)  # the other one waits for us now, which nobody can see
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(insert_and_wait)
        inserted.wait(timeout=10)
        answer = client.post(f"/shop/basket/add/{product.pk}/", {"quantity": 1})
        first.result()
    assert answer.status_code == 302
    assert get_model("basket", "Line").objects.get().product == product


@pytest.mark.parametrize("query", ["x" * 5000, "a\0b"])
def test_search_that_no_row_holds_is_a_page_for_an_account(home, client, user, query):
    client.force_login(user)
    assert client.get("/shop/search/", {"q": query}).status_code == 200


def test_views_at_once_are_all_kept(client, home, catalogue):
    subject = consent_given(client, "browsing")
    categories = [catalogue.category(f"Category {number}") for number in range(WRITERS)]
    clients = [of_the_same_shopper(client) for _ in categories]
    at_once(lambda number: clients[number].get(categories[number].get_absolute_url()))
    kept = open_record(subject.pk, "browsing")["categories"]
    assert set(kept) == {str(category.pk) for category in categories}


def test_withdrawal_is_not_overtaken_by_views_at_the_same_moment(client, product):
    subject = consent_given(client, "browsing")
    clients = [of_the_same_shopper(client) for _ in range(WRITERS)]

    def view_or_withdraw(number):
        if number:
            assert clients[number].get(product.get_absolute_url()).status_code == 200
        else:
            consent_refused(clients[number], "browsing")

    at_once(view_or_withdraw)
    assert not SealedRecord.objects.filter(subject=subject).exists()
