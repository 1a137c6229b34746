"""Which categories a shopper looks at, through real requests to the shop."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.urls import resolve
from django.utils import timezone

from ethical_personalization.models import SealedRecord, Subject, SubjectKey
from ethical_personalization.shopper import viewing
from ethical_personalization.shopper.profile import set_excluded
from ethical_personalization.shopper.vault import open_record, seal_record
from ethical_personalization.testing import consent_given, consent_refused
from tests.queries import asked

pytestmark = pytest.mark.django_db
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


def today():
    return timezone.localdate(timezone=timezone.get_default_timezone()).isoformat()


def kept(subject):
    return open_record(subject.pk, "browsing").get("categories", {})


@pytest.fixture
def dresses(home, catalogue):
    return catalogue.category("Dresses")


@pytest.fixture
def dress(catalogue, dresses):
    return catalogue("Dress", categories=[dresses])


@pytest.fixture
def request_of(rf):
    """A request with the cookies of a client."""

    def make(client):
        request = rf.get("/", headers={"host": "testserver"})
        request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
        return request

    return make


def test_product_and_category_page_are_recorded_with_the_day(client, catalogue, dress):
    coats = catalogue.category("Coats")
    subject = consent_given(client, "browsing")
    client.get(dress.get_absolute_url())
    client.get(coats.get_absolute_url())
    assert kept(subject) == {str(dress.categories.get().pk): today(), str(coats.pk): today()}


def test_garment_of_a_size_is_recorded(client, catalogue, dress):
    dress.structure = "parent"
    dress.save()
    subject = consent_given(client, "browsing")
    client.get(catalogue("Size M", parent=dress).get_absolute_url())
    assert list(kept(subject)) == [str(dress.categories.get().pk)]


@pytest.mark.parametrize("allowed", [(), ("stated", "orders", "context")])
def test_nothing_is_recorded_without_permission(client, dress, dresses, allowed):
    if allowed:
        consent_given(client, *allowed)
    client.get(dress.get_absolute_url())
    client.get(dresses.get_absolute_url())
    assert not SealedRecord.objects.filter(name="browsing").exists()


def test_visitor_without_cookie_costs_no_query_of_ours(client, dress, dresses, monkeypatch):
    def asked(*args, **kwargs):
        raise AssertionError("asked the database about nobody")

    for name in ("is_kept", "categories_of", "after_response"):
        monkeypatch.setattr(viewing, name, asked)
    assert client.get(dress.get_absolute_url()).status_code == 200
    assert client.get(dresses.get_absolute_url()).status_code == 200


def test_reload_writes_nothing(client, dress, monkeypatch):
    subject = consent_given(client, "browsing")
    client.get(dress.get_absolute_url())
    before = SealedRecord.objects.get(subject=subject).updated_at
    client.get(dress.get_absolute_url())
    assert SealedRecord.objects.get(subject=subject).updated_at == before


def test_view_of_another_day_is_written(client, dress):
    subject = consent_given(client, "browsing")
    pk = str(dress.categories.get().pk)
    seal_record(subject.pk, "browsing", {"categories": {pk: "2026-01-01"}, "visits": {"3": 1}})
    client.get(dress.get_absolute_url())
    assert open_record(subject.pk, "browsing") == {"categories": {pk: today()}, "visits": {"3": 1}}


@pytest.mark.parametrize(
    "headers",
    [{"sec-purpose": "prefetch"}, {"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}],
)
def test_page_that_is_fetched_in_advance_is_not_recorded(client, dress, dresses, headers):
    subject = consent_given(client, "browsing")
    client.get(dress.get_absolute_url(), headers=headers)
    client.get(dresses.get_absolute_url(), headers=headers)
    assert kept(subject) == {}


def test_only_a_page_that_was_shown_is_recorded(client, dress, dresses):
    subject = consent_given(client, "browsing")
    client.head(dress.get_absolute_url())
    client.head(dresses.get_absolute_url())
    client.post(dress.get_absolute_url())
    client.get(f"/shop/catalogue/category/former-name_{dresses.pk}/")  # redirected
    client.get("/shop/catalogue/category/nothing_4000000/")
    assert kept(subject) == {}


def test_category_page_whose_address_names_no_number_is_left_alone(client, request_of):
    subject = consent_given(client, "browsing")
    request = request_of(client)
    request.resolver_match = SimpleNamespace(view_name="catalogue:category", kwargs={"slug": "d"})
    viewing.record_category_page(request, HttpResponse())
    request.close()
    assert kept(subject) == {}


def test_fact_that_is_not_to_be_used_is_not_recorded(client, dress, dresses):
    subject = consent_given(client, "browsing")
    body = {"fact": "browsing.categories", "use": "no"}
    client.post("/preferences/facts/", body, headers=SAME_ORIGIN)
    client.get(dress.get_absolute_url())
    client.get(dresses.get_absolute_url())
    assert kept(subject) == {}


def test_shopper_can_delete_what_was_recorded(client, dress):
    subject = consent_given(client, "browsing")
    client.get(dress.get_absolute_url())
    body = {"fact": "browsing.categories", "use": "forget"}
    client.post("/preferences/facts/", body, headers=SAME_ORIGIN)
    assert not SealedRecord.objects.filter(subject=subject).exists()


def test_withdrawal_leaves_neither_record_nor_key(client, dress):
    subject = consent_given(client, "browsing")
    client.get(dress.get_absolute_url())
    consent_refused(client, "browsing")
    assert not SealedRecord.objects.filter(subject=subject).exists()
    assert not SubjectKey.objects.filter(subject=subject).exists()


def test_view_during_the_withdrawal_leaves_nothing(client, request_of, dress):
    """The page has the permission, it is taken back, and only then the response is sent."""
    subject = consent_given(client, "browsing")
    request = request_of(client)
    viewing.product_viewed.send(sender=None, product=dress, user=None, request=request)
    consent_refused(client, "browsing")
    request.close()
    assert not SealedRecord.objects.filter(subject=subject).exists()


def test_fact_that_she_gave_up_during_the_page_is_not_recorded(client, request_of, dress):
    subject = consent_given(client, "browsing")
    request = request_of(client)
    assert viewing.shopper_for(request).instructions.excluded == frozenset()
    viewing.product_viewed.send(sender=None, product=dress, user=None, request=request)
    set_excluded(subject.pk, "browsing.categories", excluded=True, now=timezone.now())
    request.close()
    assert kept(subject) == {}


def test_view_is_written_once_the_response_was_sent(client, request_of, dress):
    subject = consent_given(client, "browsing")
    request = request_of(client)
    viewing.product_viewed.send(sender=None, product=dress, user=None, request=request)
    assert kept(subject) == {}
    request.close()
    assert kept(subject)


@pytest.mark.parametrize(("was_seen", "queries"), [(False, 8), (True, 1)])
def test_category_costs_the_page_the_permission_alone(
    client, request_of, dresses, django_assert_num_queries, was_seen, queries
):
    consent_given(client, "browsing")
    if was_seen:
        client.get(dresses.get_absolute_url())
    request = request_of(client)
    request.resolver_match = resolve(dresses.get_absolute_url())
    assert viewing.shopper_for(request).permitted
    viewing.sensitive_categories()  # each worker keeps them
    with django_assert_num_queries(0):
        viewing.record_category_page(request, HttpResponse())
    with asked() as found:
        request.close()
    assert len(found) == queries


def test_shown_categories_are_never_readable_in_the_database(client, dress):
    subject = consent_given(client, "browsing")
    client.get(dress.get_absolute_url())
    sealed = bytes(SealedRecord.objects.get(subject=subject).ciphertext)
    assert today().encode() not in sealed


@pytest.mark.parametrize("broken", ["is_kept", "record_while_permitted", "retention", "day_of"])
def test_page_is_shown_whatever_happens_to_the_record(
    client, dress, dresses, monkeypatch, caplog, broken
):
    consent_given(client, "browsing")

    def fail(*args, **kwargs):
        raise DatabaseError("Dresses")

    monkeypatch.setattr(viewing, broken, fail)
    assert client.get(dress.get_absolute_url()).status_code == 200
    assert client.get(dresses.get_absolute_url()).status_code == 200
    assert "what=view" in caplog.text
    assert "Dresses" not in caplog.text


def test_record_of_other_bytes_is_left_alone(client, dress):
    subject = consent_given(client, "browsing")
    client.get(dress.get_absolute_url())
    SealedRecord.objects.filter(subject=subject).update(ciphertext=b"x" * 40)
    assert client.get(dress.get_absolute_url()).status_code == 200
    assert bytes(SealedRecord.objects.get(subject=subject).ciphertext) == b"x" * 40


def test_views_of_the_account_are_kept_with_the_account(client, dress, user):
    client.force_login(user)
    subject = consent_given(client, "browsing")
    client.get(dress.get_absolute_url())
    assert Subject.objects.get().user == user
    assert kept(subject)


def test_permission_that_ran_out_records_nothing(client, dress, monkeypatch):
    subject = consent_given(client, "browsing")
    later = timezone.now() + timedelta(days=181)
    monkeypatch.setattr("ethical_personalization.shopper.shopper.timezone.now", lambda: later)
    client.get(dress.get_absolute_url())
    assert kept(subject) == {}
