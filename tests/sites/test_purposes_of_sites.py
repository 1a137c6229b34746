"""A purpose is offered, asked, counted and permitted on the sites that an editor names."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.editor.catalogue import FactCatalogue
from ethical_personalization.models import ConsentEvent, ConsentState, Purpose, Subject
from ethical_personalization.models.purposes import offered_on, offered_purposes
from ethical_personalization.shopper.audience_size import given_by_purpose
from ethical_personalization.shopper.jobs import permitted_now
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.testing import as_a_new_worker, consent_given

pytestmark = pytest.mark.django_db
TOLD = "What you tell us"


@pytest.fixture
def stated(db):
    return Purpose.objects.get(key="stated")


def offer(purpose, *sites):
    """Offer it on these alone; on every site without any."""
    wanted = [site.pk for site in sites] if sites else None
    Purpose.objects.get(pk=purpose.pk).offer_on(wanted, now=timezone.now())


def offered_at(site):
    return [purpose.key for purpose in offered_on(site.pk, offered_purposes.get())]


def permitted(user, site):
    request = RequestFactory().get("/", headers={"host": site.hostname})
    request.user, request.session = user, type("Session", (dict,), {"session_key": "key"})()
    return Shopper(request).permitted


def test_purpose_is_offered_on_every_site_and_on_later_ones(nord, stated):
    later = Site.objects.create(hostname="later.example", port=80, root_page=nord.root_page)
    assert "stated" in offered_at(nord)
    assert "stated" in offered_at(later)


def test_purpose_is_asked_on_the_named_site_alone(browser, another_browser, nord, sued, stated):
    offer(stated, nord)
    assert TOLD in browser.at(nord).is_asked()
    assert TOLD not in another_browser.at(sued).is_asked()
    for visitor, number in ((browser, 1), (another_browser, 0)):
        assert len(visitor.opens().page.select("#choice-stated")) == number


def test_yes_to_what_a_site_does_not_offer_is_not_recorded(browser, nord, sued, stated):
    offer(stated, nord)
    consent_given(browser.at(sued).client, "stated", "orders")
    versions = ConsentEvent.objects.values_list("purpose_version__purpose__key", flat=True)
    assert set(versions) == {"orders"}


def test_old_yes_permits_nothing_where_the_purpose_has_left(browser, user, nord, sued, stated):
    browser.at(sued).client.force_login(user)
    subject = consent_given(browser.client, "stated", "orders")
    assert permitted(user, sued) == {"stated", "orders"}
    offer(stated, nord)
    assert permitted(user, sued) == {"orders"}
    assert permitted_now(subject.pk, sued) == {"orders"}
    assert given_by_purpose(now=timezone.now()) == {"orders": 1}


def test_purpose_that_returns_to_a_site_permits_nothing_there_and_stays_elsewhere(
    browser, another_browser, user, nord, sued, stated
):
    first = consent_given(browser.at(nord).client, "stated", "orders")
    second = consent_given(another_browser.at(sued).client, "stated", "orders")
    offer(stated, nord)
    offer(stated)
    assert permitted_now(first.pk, nord) == {"stated", "orders"}
    assert permitted_now(second.pk, sued) == {"orders"}
    assert browser.is_asked() is None
    assert another_browser.is_asked() == [TOLD]
    another_browser.presses("Accept all")
    assert permitted_now(second.pk, sued) == {"stated", "orders"}
    assert another_browser.is_asked() is None


def test_what_needs_no_yes_is_not_used_where_it_is_not_offered(
    browser, user, nord, sued, stated, monkeypatch
):
    declared = stated.declaration
    monkeypatch.setitem(declared.__dict__, "basis", LawfulBasis.LEGITIMATE_INTEREST)
    browser.at(sued).client.force_login(user)
    consent_given(browser.client, "orders")
    assert "stated" in permitted(user, sued)
    offer(stated, nord)
    assert "stated" not in permitted(user, sued)


def test_purpose_is_new_on_the_site_that_it_comes_to_and_nowhere_else(
    browser, another_browser, nord, sued, stated
):
    offer(stated, nord)
    for visitor, site in ((browser, nord), (another_browser, sued)):
        visitor.at(site).opens("/").presses("Refuse all")
        assert visitor.is_asked() is None
    offer(stated)
    assert browser.is_asked() is None
    assert another_browser.is_asked() == [TOLD]
    another_browser.presses("Refuse all")
    assert another_browser.is_asked() is None


def test_going_from_every_site_to_named_ones_asks_nobody_again(browser, nord, sued, stated):
    consent_given(browser.at(nord).client, "orders")
    offer(stated, nord)
    assert browser.is_asked() is None
    offer(stated)
    assert browser.is_asked() is None


def test_purpose_that_is_offered_anew_is_new_on_each_of_its_sites(browser, nord, sued, stated):
    offer(stated, nord)
    consent_given(browser.at(nord).client, "orders")
    for is_offered in (False, True):
        purpose = Purpose.objects.get(pk=stated.pk)
        purpose.is_offered = is_offered
        purpose.save()
    assert browser.is_asked() == [TOLD]


def test_purpose_of_a_site_that_is_deleted_does_not_come_to_the_others(nord, sued, stated):
    offer(stated, sued)
    sued.delete()
    assert "stated" not in offered_at(nord)
    assert not Purpose.objects.offered_on(nord.pk).filter(key="stated").exists()


def test_sites_are_no_terms_that_shoppers_agree_to(nord, sued, stated):
    offer(stated, nord)
    assert stated.versions.count() == 1


def test_editors_are_told_where_a_segment_can_fit(nord, sued, stated):
    offer(stated, nord)
    with_sites = FactCatalogue().purposes["stated"]
    assert [row.site for row in with_sites.on_sites.all()] == [nord]


def test_gpc_statement_speaks_of_the_site(browser, nord, sued):
    for purpose in Purpose.objects.all():
        offer(purpose, nord)
    assert browser.at(nord).client.get("/.well-known/gpc.json").json()["gpc"] is True
    assert browser.at(sued).client.get("/.well-known/gpc.json").json()["gpc"] is False


def test_visitor_without_cookies_costs_no_query_on_any_site(
    browser, nord, sued, stated, rf, django_assert_num_queries
):
    from ethical_personalization.transparency.banner import banner

    offer(stated, nord)
    as_a_new_worker()
    asked = [rf.get("/", headers={"host": site.hostname}) for site in (nord, sued)]
    first = [str(banner(request)) for request in asked]
    with django_assert_num_queries(0):
        assert [str(banner(request)) for request in asked] == first
    assert first[0].count(TOLD) > first[1].count(TOLD) == 0


def test_rebuilt_states_stay_with_their_sites(browser, nord, sued):
    consent_given(browser.at(sued).client, "stated")
    assert ConsentState.objects.get().site == sued
    assert Subject.objects.count() == 1
    assert ConsentEvent.objects.get().at > timezone.now() - timedelta(hours=1)
