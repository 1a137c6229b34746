"""The desk for requests of shoppers about their data: what is due, and what came by mail."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn
from wagtail.admin.views.generic import IndexView

from ethical_personalization.models import DataRequest

from .reading import ReadableDesk
from .request_form import RequestForm


class RequestIndexView(IndexView):
    """What waits comes first, the earliest date on top; what was answered after it."""

    @cached_property
    def columns(self) -> list[BaseColumn]:
        title, *_others = super().columns
        return [
            title,
            StatusTagColumn("state", label=_("State"), accessor=state_of),
            Column("due_on", label=_("Due on"), accessor=_due),
            Column("asked_on", label=_("Asked on"), accessor=_asked),
            Column("channel", label=_("Came by"), accessor="get_channel_display"),
        ]

    def get_base_queryset(self) -> QuerySet[DataRequest]:
        requests: QuerySet[DataRequest] = super().get_base_queryset()
        return requests.order_by(F("done_on").desc(nulls_first=True), "due_on", "pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without a search: Oscar's context processor would put its form there."""
        return {"search_form": None, **super().get_context_data(*args, **kwargs)}


class RequestDesk(ReadableDesk):
    """Requests by GDPR Art. 15 to 21. Those made on a page of the shop come by themselves."""

    model = DataRequest
    name = "ethical_personalization_requests"
    url_prefix = "personalization/requests"
    icon = "mail"
    menu_label = gettext_lazy("Data requests")
    index_view_class = RequestIndexView
    list_display = ("__str__",)
    list_filter = ("kind", "channel", "done_on")
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("kind"), FieldPanel("channel"), FieldPanel("reference")],
                heading=gettext_lazy("The request"),
                help_text=gettext_lazy(
                    "Write down that it was made, and not by whom: that stands in your "
                    "correspondence, under the reference."
                ),
            ),
            FieldRowPanel(
                [FieldPanel("asked_on"), FieldPanel("due_on"), FieldPanel("done_on")],
                heading=gettext_lazy("Dates"),
            ),
        ],
        base_form_class=RequestForm,
    )


def state_of(request: DataRequest) -> str:
    """Where it stands, in one or two words."""
    if request.done_on is not None:
        return _("answered")
    return _("overdue") if request.is_overdue else _("open")


def _due(request: DataRequest) -> str:
    """To the day: a time that lies ahead can't be told as so long ago."""
    return str(date_format(request.due_on, "DATE_FORMAT"))


def _asked(request: DataRequest) -> str:
    return str(date_format(request.asked_on, "DATE_FORMAT"))
