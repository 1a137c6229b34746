"""Repairs what wagtail-personalisation's page mixin stores on GET and hands to the search index."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail_personalisation.models import PersonalisablePageMetadata, PersonalisablePageMixin
from wagtail_personalisation.utils import exclude_variants


def mend() -> None:
    """Give the mixin an attribute that only reads, and a search index without variants."""
    attribute = cached_property(_metadata)
    attribute.__set_name__(PersonalisablePageMixin, "personalisation_metadata")
    PersonalisablePageMixin.personalisation_metadata = attribute
    PersonalisablePageMixin.get_indexed_objects = classmethod(_indexed_objects)


def prepare_deletion(request: HttpRequest, page: Any) -> None:
    """For the hook ``before_delete_page``, before the host's, which deletes by way of this row."""
    if request.method == "POST" and isinstance(page, PersonalisablePageMixin):
        keep_own_row(page.pk)


def keep_own_row(page_pk: int) -> None:
    """Make sure that a page has the row that says it is no variant."""
    PersonalisablePageMetadata.objects.get_or_create(
        variant_id=page_pk, defaults={"canonical_page_id": page_pk}
    )


def _metadata(self: Any) -> PersonalisablePageMetadata:
    """The stored row, or an unsaved one that says: no variant.

    By keys, because assigning the page would make it believe that the row is stored.
    """
    try:
        stored: PersonalisablePageMetadata = self._personalisable_page_metadata
    except PersonalisablePageMetadata.DoesNotExist:
        return PersonalisablePageMetadata(canonical_page_id=self.pk, variant_id=self.pk)
    return stored


def _indexed_objects(cls: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = exclude_variants(
        super(PersonalisablePageMixin, cls).get_indexed_objects()
    )
    return found
