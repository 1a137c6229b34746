"""Keeps variants, which have no address of their own, out of menus and Wagtail's search index."""

from typing import Any

from django.db.models import F
from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail.search.index import remove_object
from wagtail.signals import page_published
from wagtail_personalisation.models import PersonalisablePageMetadata

from .host_pages import keep_own_row


def connect() -> None:
    """Watch pages become variants, and variants being published."""
    uid = "ethical_personalization.hidden_variants"
    post_save.connect(_on_metadata, sender=PersonalisablePageMetadata, dispatch_uid=uid)
    page_published.connect(_on_published, dispatch_uid=uid)


def hide_variants() -> int:
    """Hide those that are there already; how many there are."""
    rows = _variant_rows()
    for row in rows:
        _hide(row.variant)
    return len(rows)


def _variant_rows(**filters: Any) -> list[PersonalisablePageMetadata]:
    rows = PersonalisablePageMetadata.objects.filter(variant__isnull=False, **filters)
    return list(rows.exclude(canonical_page_id=F("variant_id")).select_related("variant"))


def _on_metadata(
    sender: Any, instance: PersonalisablePageMetadata, *, raw: bool = False, **kwargs: Any
) -> None:
    if raw or instance.is_canonical or instance.variant_id is None:
        return
    if instance.canonical_page_id is not None:
        keep_own_row(instance.canonical_page_id)  # the host deletes and counts by way of it
    _hide(instance.variant)


def _on_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A revision may have been saved with the box for menus ticked."""
    if instance.show_in_menus and _variant_rows(variant_id=instance.pk):
        _hide(instance)


def _hide(variant: Any) -> None:
    """In the database, and in the object that its maker may save again."""
    if variant.show_in_menus:
        variant.show_in_menus = False
        Page.objects.filter(pk=variant.pk).update(show_in_menus=False)
    remove_object(variant)
