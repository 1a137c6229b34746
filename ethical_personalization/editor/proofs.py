"""The desk for what was chosen: any choice, by the number of its receipt, with its screen."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django_filters import CharFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from ethical_personalization.models import ConsentEvent
from ethical_personalization.transparency.screen_pages import screen_page

_ONLY = frozenset({"index", "index_results", "inspect"})


class ProofFilterSet(WagtailFilterSet):
    """By the number that stands on a receipt."""

    hash = CharFilter(label=gettext_lazy("Number of the receipt"), lookup_expr="startswith")

    class Meta:
        model = ConsentEvent
        fields = ("purpose_version__purpose", "status", "site", "language")


class ProofIndexView(IndexView):
    """The newest choices first; nobody is named."""

    any_permission_required = ("view",)
    page_title = gettext_lazy("Choices")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        inspect = f"{ProofDesk.name}:inspect"
        return [
            TitleColumn(
                "receipt",
                label=_("Receipt"),
                accessor=_number,
                get_url=lambda event: reverse(inspect, args=[event.pk]),
            ),
            Column("purpose_version", label=_("Purpose and version")),
            Column("status", label=_("Choice"), accessor="get_status_display"),
            Column("method", label=_("Made in"), accessor="get_method_display"),
            Column("language", label=_("Language")),
            DateColumn("at", label=_("At")),
        ]

    def get_base_queryset(self) -> QuerySet[ConsentEvent]:
        found: QuerySet[ConsentEvent] = super().get_base_queryset()
        return found.select_related("purpose_version__purpose")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without a search: Oscar's context processor would put its form there."""
        return {"search_form": None, **super().get_context_data(*args, **kwargs)}


class ProofInspectView(InspectView):
    """One choice, and the screen on which it was made, in a sandbox."""

    any_permission_required = ("view",)
    template_name = "ethical_personalization/editor/proof.html"
    page_title = gettext_lazy("Choice")

    def get_page_subtitle(self) -> str:
        return _number(self.object)

    def get_at_display_value(self) -> str:
        return _in_local_time(self.object.at)

    def get_valid_until_display_value(self) -> str:
        return _in_local_time(self.object.valid_until)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        screen = reverse(f"{ProofDesk.name}:screen", args=[self.object.pk])
        return {**context, "event": self.object, "screen_url": screen}


class ProofScreenView(InspectView):
    """The screen by itself."""

    any_permission_required = ("view",)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return screen_page(self.object.notice)


class ProofDesk(ModelViewSet):
    """Choices are read here, never written."""

    model = ConsentEvent
    name = "ethical_personalization_choices"
    url_prefix = "personalization/choices"
    icon = "clipboard-list"
    menu_label = gettext_lazy("Choices")
    index_view_class = ProofIndexView
    inspect_view_class = ProofInspectView
    inspect_view_enabled = True
    inspect_view_fields = (
        "purpose_version",
        "status",
        "method",
        "language",
        "site",
        "at",
        "valid_until",
        "hash",
        "previous_hash",
    )
    filterset_class = ProofFilterSet
    list_display = ("__str__",)
    form_fields = ("status",)
    copy_view_enabled = False
    ordering = ("-pk",)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        common: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        nowhere = ("add", "edit", "delete", "history", "usage")
        return {**common, **{f"{name}_url_name": None for name in nowhere}}

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = [entry for entry in super().get_urlpatterns() if entry.name in _ONLY]
        screen = self.construct_view(ProofScreenView, **self.get_inspect_view_kwargs())
        return [*kept, path("screen/<int:pk>/", xframe_options_sameorigin(screen), name="screen")]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        permissions: QuerySet[Permission] = super().get_permissions_to_register()
        return permissions.filter(codename="view_consentevent")


def _in_local_time(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else "–"


def _number(event: ConsentEvent) -> str:
    return event.hash[:12]
