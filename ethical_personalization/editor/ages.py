"""The desk for the age from which a site offers to make a profile of its shoppers."""

from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views.generic import IndexView

from ethical_personalization.models import AgeLimit

from .reading import ReadableDesk


class AgeLimitIndexView(IndexView):
    """The sites that have an age of their own."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without a search: Oscar's context processor would put its form there."""
        return {"search_form": None, **super().get_context_data(*args, **kwargs)}


class AgeLimitDesk(ReadableDesk):
    """A site without an entry has the age of the GDPR."""

    model = AgeLimit
    name = "ethical_personalization_ages"
    url_prefix = "personalization/ages"
    icon = "user"
    menu_label = gettext_lazy("Age limits")
    index_view_class = AgeLimitIndexView
    list_display = ("site", "age")
    copy_view_enabled = False
    edit_handler = ObjectList([FieldPanel("site"), FieldPanel("age")])
