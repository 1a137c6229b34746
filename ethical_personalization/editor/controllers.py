"""The desk for who is responsible: shoppers read it with each question and in each receipt."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.generic import IndexView

from ethical_personalization.models import Controller
from ethical_personalization.transparency.completeness import missing_of_controller

from .reading import ReadableDesk


class ControllerIndexView(IndexView):
    """Each site with what it does not say yet."""

    @cached_property
    def columns(self) -> list[BaseColumn]:
        title, *_others = super().columns
        return [
            title,
            Column("site", label=_("Site")),
            Column("missing", label=_("Missing"), accessor=_missing),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without a search: Oscar's context processor would put its form there."""
        return {"search_form": None, **super().get_context_data(*args, **kwargs)}


class ControllerDesk(ReadableDesk):
    """One entry for each site."""

    model = Controller
    name = "ethical_personalization_controllers"
    url_prefix = "personalization/responsible"
    icon = "user"
    menu_label = gettext_lazy("Responsible")
    index_view_class = ControllerIndexView
    list_display = ("__str__",)
    copy_view_enabled = False
    ordering = ("site",)
    edit_handler = ObjectList(
        [
            FieldPanel("site"),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("name", "address", "email")],
                heading=gettext_lazy("Who is responsible"),
                help_text=gettext_lazy(
                    "Shoppers read this before they choose, and in each receipt. The law wants it "
                    "(GDPR Art. 13)."
                ),
            ),
            MultiFieldPanel(
                [
                    FieldPanel(name)
                    for name in ("data_protection_officer", "authority", "jurisdiction")
                ],
                heading=gettext_lazy("Where shoppers can turn"),
            ),
            MultiFieldPanel(
                [FieldPanel("storage"), FieldPanel("policy")],
                heading=gettext_lazy("About the data"),
            ),
        ]
    )


def _missing(controller: Controller) -> str:
    return ", ".join(missing_of_controller(controller.words)) or _("nothing")
