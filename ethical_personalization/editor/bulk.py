"""Keeps Wagtail's bulk deletion away from segments."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail_personalisation.models import Segment

from ethical_personalization.models import SegmentPolicy

from .segment_chooser import to_policies


class SegmentsOneByOne(DeleteBulkAction):
    """In place of Wagtail's, which deletes a segment together with the page versions it needs.

    It also names segments to users of the admin who may not see them.
    """

    models = (SegmentPolicy, Segment)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        messages.error(request, _("Not deleted: segments are deleted one by one."))
        return to_policies(request)
