"""Creates the version of a page for a segment, after the editor has confirmed it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail_personalisation.models import (
    PersonalisablePageMetadata,
    PersonalisablePageMixin,
    Segment,
)

MAX_TITLE = 255


def create_variant(request: HttpRequest, page_id: int, segment_id: int) -> HttpResponse:
    """GET asks, POST creates an unpublished copy of the page for the segment."""
    page = _canonical(page_id)
    segment = get_object_or_404(Segment, pk=segment_id)
    _check(page, request.user)
    existing = PersonalisablePageMetadata.objects.filter(
        canonical_page_id=page.pk, segment=segment
    ).first()
    if existing is not None:
        return redirect("wagtailadmin_pages:edit", existing.variant_id)
    if request.method != "POST":
        return TemplateResponse(
            request,
            "ethical_personalization/editor/create_variant.html",
            {"page": page, "segment": segment},
        )
    variant = _copy(page, segment, request.user)
    messages.success(
        request,
        _("“%(page)s” is a draft. Shoppers of this segment see it once you publish it.")
        % {"page": variant.title},
    )
    return redirect("wagtailadmin_pages:edit", variant.pk)


def _canonical(page_id: int) -> Any:
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, PersonalisablePageMixin):
        raise Http404
    versions = PersonalisablePageMetadata.objects.filter(variant_id=page.pk)
    if versions.exclude(canonical_page_id=page.pk).exists():
        raise Http404
    return page


def _check(page: Any, user: Any) -> None:
    """A version is a new page under the same parent."""
    parent = page.get_parent()
    if not parent.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied


@transaction.atomic
def _copy(page: Any, segment: Segment, user: Any) -> Any:
    title = _("%(page)s (%(segment)s)") % {"page": page.title, "segment": segment.name}
    slug = f"{page.slug}-{segment.encoded_name() or segment.pk}"
    variant = page.copy(
        update_attrs={
            "title": title[:MAX_TITLE],
            "slug": find_available_slug(page.get_parent(), slug[:MAX_TITLE]),
            "live": False,
        },
        copy_revisions=False,
        keep_live=False,
        user=user,
    )
    PersonalisablePageMetadata.objects.get_or_create(canonical_page_id=page.pk, variant_id=page.pk)
    PersonalisablePageMetadata.objects.create(
        canonical_page_id=page.pk, variant=variant, segment=segment
    )
    return variant
