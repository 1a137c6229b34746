"""Wagtail's userbar leads an editor to the page as each segment sees it."""

from typing import Any, ClassVar

from django.http import HttpRequest
from wagtail.admin.userbar import BaseItem
from wagtail.models import Page
from wagtail_personalisation.models import Segment

from ethical_personalization.personalization.preview import PARAMETER, may_preview, previewed

#: The userbar is a short menu; further segments are reached from their page versions.
MAX_SEGMENTS = 15


class PreviewItems(BaseItem):
    """One line per published segment, and the way back."""

    template_name = "ethical_personalization/editor/userbar_previews.html"

    class Media:
        """Loaded inside the userbar's shadow root."""

        css: ClassVar = {"all": ["ethical_personalization/editor/userbar.css"]}

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        request = context["request"]
        shown = Segment.objects.enabled().order_by("ethical_policy__priority", "name", "pk")
        return {
            **context,
            "parameter": PARAMETER,
            "url": self.page.get_url(request),
            "segments": shown[:MAX_SEGMENTS],
            "previewed": previewed(request),
        }

    def render_html(self, parent_context: Any = None) -> str:
        request = (parent_context or {}).get("request")
        if request is None or not may_preview(self.page, request):
            return ""
        rendered: str = super().render_html(parent_context)
        return rendered


def add_previews(request: HttpRequest, items: list[Any], page: Any) -> None:
    """For the hook ``construct_wagtail_userbar``."""
    if isinstance(page, Page) and page.pk and page.live:
        items.append(PreviewItems(page))
