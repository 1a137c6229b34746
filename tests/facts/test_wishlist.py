"""Wish lists: what lies on them now, of this account and no other."""

import pytest
from oscar.core.loading import get_model

from .conftest import told

pytestmark = pytest.mark.django_db
KEY = "wishlist.categories"


@pytest.fixture
def wish():
    """Puts a product on a new wish list of an account."""

    def make(owner, product):
        wishlist = get_model("wishlists", "WishList").objects.create(owner=owner)
        wishlist.add(product)
        return wishlist

    return make


def test_wishes_count_with_the_categories_above_them(read, catalogue, wish, user):
    dresses = catalogue.category("Dresses")
    summer = catalogue.category("Summer dresses", parent=dresses)
    wish(user, catalogue("Dress", categories=[summer]))
    reading = read(KEY, user=user)
    assert reading.value == {str(dresses.pk), str(summer.pk)}
    assert told(KEY, reading, "any_of", [str(summer.pk)]) == (
        "Your wish lists hold something from Summer dresses."
    )


def test_wished_size_counts_for_its_garment(read, catalogue, wish, user):
    dresses = catalogue.category("Dresses")
    parent = catalogue("Dress", categories=[dresses], stock=None)
    parent.structure = "parent"
    parent.save()
    wish(user, catalogue("Size M", parent=parent))
    assert read(KEY, user=user).value == {str(dresses.pk)}


def test_wishes_of_all_lists_count_and_those_of_others_do_not(
    read, catalogue, wish, user, django_user_model
):
    other = django_user_model.objects.create_user("other", "other@example.com", "demo-pass-2")
    names = ["Dresses", "Coats", "Shoes"]
    dresses, coats, shoes = (catalogue.category(name) for name in names)
    wish(user, catalogue("Dress", categories=[dresses]))
    wish(user, catalogue("Coat", categories=[coats]))
    wish(other, catalogue("Boot", categories=[shoes]))
    assert read(KEY, user=user).value == {str(dresses.pk), str(coats.pk)}


def test_wish_that_was_taken_back_or_is_no_longer_sold_is_not_there(read, catalogue, wish, user):
    product = catalogue("Dress", categories=[catalogue.category("Dresses")])
    wishlist = wish(user, product)
    product.delete()
    assert wishlist.lines.exists()
    assert read(KEY, user=user).value == frozenset()
