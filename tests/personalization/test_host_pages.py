"""wagtail-personalisation's page mixin, mended; and variants hidden from menus and search."""

import pytest
from boutique.models import LandingPage
from django.db.models import ProtectedError
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import Page
from wagtail.search import index
from wagtail_personalisation.models import PersonalisablePageMetadata

from ethical_personalization.personalization.hidden_variants import hide_variants
from ethical_personalization.personalization.host import mend
from ethical_personalization.personalization.host_hooks import still_registered

pytestmark = pytest.mark.django_db
rows = PersonalisablePageMetadata.objects


@pytest.fixture
def desk(client, django_user_model):
    user = django_user_model.objects.create_superuser("chief", "chief@example.com", "pass-word-1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def found(words):
    return [page.title for page in Page.objects.search(words)]


def test_metadata_of_a_page_is_there_without_being_stored(landing):
    metadata = landing.personalisation_metadata
    assert metadata.is_canonical
    assert list(metadata.variants_metadata) == []
    assert (metadata.pk, rows.count()) == (None, 0)


def test_page_that_is_being_added_is_no_variant():
    assert LandingPage(title="New").personalisation_metadata.is_canonical


def test_variant_made_by_the_host_gives_its_page_a_row(landing, romantic):
    variant = landing.personalisation_metadata.copy_for_segment(romantic)
    assert rows.get(variant=landing).is_canonical
    page = LandingPage.objects.get(pk=landing.pk)
    assert [row.variant_id for row in page.personalisation_metadata.variants_metadata] == [
        variant.pk
    ]
    assert not LandingPage.objects.get(pk=variant.pk).personalisation_metadata.is_canonical


@pytest.mark.parametrize("with_variant", [False, True])
def test_page_is_deleted_with_its_variants(desk, landing, romantic, with_variant):
    if with_variant:
        landing.personalisation_metadata.copy_for_segment(romantic)
    url = reverse("wagtailadmin_pages:delete", args=[landing.pk])
    assert desk.get(url).status_code == 200
    assert desk.post(url).status_code == 302
    assert not LandingPage.objects.exists()
    assert rows.count() == 0


def test_page_is_deleted_with_its_descendants_variants(desk, landing, romantic):
    below = landing.add_child(instance=LandingPage(title="Below", slug="below"))
    below.personalisation_metadata.copy_for_segment(romantic)
    desk.post(reverse("wagtailadmin_pages:delete", args=[landing.pk]))
    assert not LandingPage.objects.exists()


def test_page_with_variants_is_protected_from_other_ways_of_deleting(landing, romantic):
    landing.personalisation_metadata.copy_for_segment(romantic)
    with pytest.raises(ProtectedError):
        landing.delete()


def test_variant_is_in_no_menu(landing, romantic):
    landing.show_in_menus = True
    landing.save()
    variant = landing.personalisation_metadata.copy_for_segment(romantic)
    assert not variant.show_in_menus
    variant.show_in_menus = True
    variant.save_revision().publish()
    assert not Page.objects.get(pk=variant.pk).show_in_menus
    assert Page.objects.get(pk=landing.pk).show_in_menus


def test_variant_is_not_found_by_search(landing, romantic):
    variant = landing.personalisation_metadata.copy_for_segment(romantic)
    for page in (landing, variant):
        index.insert_or_update_object(Page.objects.get(pk=page.pk))
    assert found("Linen") == ["Linen"]
    indexed = LandingPage.get_indexed_objects()
    assert list(indexed.values_list("pk", flat=True)) == [landing.pk]


def test_variants_from_before_are_hidden_after_migrate(landing, romantic):
    variant = landing.copy(update_attrs={"slug": "old", "title": "Linen, old"})
    Page.objects.filter(pk=variant.pk).update(show_in_menus=True)
    index.insert_or_update_object(variant)
    assert "Linen, old" in found("Linen")
    made = PersonalisablePageMetadata(canonical_page=landing, variant=variant, segment=romantic)
    rows.bulk_create([made])  # without signals, as before we were there
    assert hide_variants() == 1
    assert "Linen, old" not in found("Linen")
    assert not Page.objects.get(pk=variant.pk).show_in_menus


def test_summary_and_explorer_work_without_rows(desk, landing):
    assert desk.get(reverse("wagtailadmin_home")).status_code == 200
    html = desk.get(reverse("wagtailadmin_explore", args=[landing.get_parent().pk])).content
    assert b"Linen" in html
    assert rows.count() == 0


def test_mending_twice_changes_nothing(landing):
    mend()
    assert list(still_registered()) == []
    assert landing.personalisation_metadata.is_canonical
    assert landing.get_sitemap_urls(RequestFactory().get("/"))
