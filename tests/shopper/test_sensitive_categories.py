"""What an editor marked as telling what the law protects most is neither kept nor a fact."""

from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone
from oscar.core.loading import get_model

from ethical_personalization.models import PreferenceQuestion, SensitiveCategory
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.shopper.vault import open_record, seal_record
from ethical_personalization.testing import consent_given
from tests.personalization.conftest import order

__all__ = ["order"]
pytestmark = pytest.mark.django_db
HISTORY = "oscar_history"


@pytest.fixture
def shelves(home, catalogue):
    """Books with a marked shelf, below which is another one; and a shelf beside them."""
    books = catalogue.category("Books")
    faith = catalogue.category("Faith", parent=books)
    made = SimpleNamespace(
        books=books,
        faith=faith,
        prayer=catalogue.category("Prayer", parent=faith),
        coats=catalogue.category("Coats"),
    )
    made.mark = lambda category=faith: SensitiveCategory.objects.create(category=category)
    return made


@pytest.fixture
def known(client, rf):
    """What is known to the next page of the client about a fact."""

    def read(key, *, user=None, basket=None):
        request = rf.get("/", headers={"host": "testserver"})
        request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
        request.session = client.session
        if user is not None:
            request.user = user
        request.basket = basket
        return Shopper(request).facts.read(key)

    return read


def values_of(*categories):
    return {str(category.pk) for category in categories}


def test_gdpr_9_view_in_a_marked_category_is_never_kept(client, catalogue, shelves):
    shelves.mark()
    psalms = catalogue("Psalms", categories=[shelves.prayer])
    both = catalogue("Monk's coat", categories=[shelves.prayer, shelves.coats])
    subject = consent_given(client, "browsing")
    for seen in (psalms, shelves.faith, shelves.prayer):
        assert client.get(seen.get_absolute_url()).status_code == 200
        assert HISTORY not in client.cookies
    assert open_record(subject.pk, "browsing") == {}
    client.get(both.get_absolute_url())
    client.get(shelves.books.get_absolute_url())
    kept = open_record(subject.pk, "browsing")["categories"]
    assert set(kept) == values_of(shelves.coats, shelves.books)
    assert HISTORY not in client.cookies


def test_gdpr_9_what_was_kept_before_the_mark_is_used_no_more_at_once_and_deleted_by_night(
    client, shelves, known
):
    today, now = timezone.localdate().isoformat(), timezone.now().isoformat()
    looks_for = values_of(shelves.coats, shelves.prayer)
    PreferenceQuestion.objects.create(key="diet", title="Which diet?", options="Halal\nKosher")
    answers = {"categories": list(looks_for), "diet": ["Halal"]}
    subject = consent_given(client, "browsing", answers=answers)
    views = dict.fromkeys(looks_for, today)
    seal_record(subject.pk, "browsing", {"categories": views, "visits": {"3": 1}})
    told = {"browsing.categories", "stated.categories", "stated.diet"}
    assert all(set(known(key).value) >= {"Halal"} or known(key).value >= looks_for for key in told)

    shelves.mark()
    PreferenceQuestion.objects.filter(key="diet").update(is_sensitive=True)
    assert known("browsing.categories").value == values_of(shelves.coats)
    assert known("stated.categories").value == values_of(shelves.coats)
    assert not known("stated.diet").is_known
    page = client.get("/preferences/").content.decode()
    assert "Which diet?" not in page
    assert "Halal" not in page

    call_command("enforce_retention", verbosity=0)
    assert open_record(subject.pk, "browsing") == {
        "categories": {str(shelves.coats.pk): today},
        "visits": {"3": 1},
    }
    stated = open_record(subject.pk, "stated")
    assert {key: answer["values"] for key, answer in stated.items()} == {
        "categories": [str(shelves.coats.pk)]
    }
    assert stated["categories"]["at"] <= timezone.now().isoformat() >= now


def test_gdpr_9_no_fact_tells_of_a_marked_category(client, catalogue, shelves, known, order, user):
    psalms = catalogue("Psalms", categories=[shelves.prayer], brand="Vellum")
    consent_given(client, "browsing", "orders")
    client.force_login(user)
    consent_given(client, "browsing", "orders")
    line = SimpleNamespace(product=psalms, product_id=psalms.pk)
    basket = SimpleNamespace(all_lines=lambda: [line])
    order(psalms)
    get_model("wishlists", "WishList").objects.create(owner=user).add(psalms)

    def every():
        keys = ("orders.categories", "basket.categories", "wishlist.categories")
        return [known(key, user=user, basket=basket) for key in keys]

    assert [each.value for each in every()] == [
        values_of(shelves.books, shelves.faith, shelves.prayer)
    ] * 3
    assert known("orders.brands", user=user).value == {"Vellum"}
    shelves.mark()
    assert [each.value for each in every()] == [values_of(shelves.books)] * 3
    brands = known("orders.brands", user=user)
    assert (brands.value, brands.is_partial) == (frozenset(), True)
    shelves.mark(shelves.books)  # nothing is left: not “nothing was bought”
    assert [each.is_known for each in every()] == [False] * 3
