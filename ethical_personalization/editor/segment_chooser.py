"""Makes wagtail-personalisation's segment choosable in blocks, without a second desk for it."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import (
    BaseSnippetChooseView,
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_personalisation.models import Segment

from ethical_personalization.models import SegmentPolicy

#: The names that Wagtail may look up for a snippet; each leads to the policy's screen.
OF_ONE = ("edit", "copy", "delete", "usage", "history", "history_results", "inspect")
OF_ALL = ("list", "list_results", "add")


def to_policy(request: HttpRequest, pk: int) -> HttpResponse:
    """To the form of the segment's policy, or to the list if it has none."""
    named = Segment.objects.filter(pk=pk)  # a number that no column holds is none of them
    policy = SegmentPolicy.objects.filter(segment__in=named).first()
    return redirect(policy_url("edit", policy.pk) if policy else policy_url("list"))


def to_policies(request: HttpRequest) -> HttpResponse:
    """To the list of segments."""
    return redirect(policy_url("list"))


def policy_url(name: str, *args: Any) -> str:
    """An address of the desk for segments."""
    return reverse(SegmentPolicy.snippet_viewset.get_url_name(name), args=args)


def _status(segment: Segment) -> str:
    is_shown = segment.status == Segment.STATUS_ENABLED
    return _("Published") if is_shown else _("Not published")


class ChooseSegmentMixin(BaseSnippetChooseView):
    """Tells apart what shoppers see already and what is being prepared."""

    ordering = ("name",)

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("status", label=_("Status"), accessor=_status)]


class ChooseSegmentView(ChooseSegmentMixin, ChooseView):
    """The whole dialogue."""


class ChooseSegmentResultsView(ChooseSegmentMixin, ChooseResultsView):
    """Its list."""


class SegmentChooserViewSet(SnippetChooserViewSet):
    """The dialogue in which an editor picks a segment."""

    choose_view_class = ChooseSegmentView
    choose_results_view_class = ChooseSegmentResultsView


class ChoosableSegment(SnippetViewSet):
    """A snippet for the chooser's sake: no menu item, no permissions, no forms of its own."""

    model = Segment
    icon = "group"
    menu_item_is_registered = True
    base_url_path = "personalization/host-segments"
    chooser_viewset_class = SegmentChooserViewSet

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *(path(f"{name}/", to_policies, name=name) for name in OF_ALL),
            *(path(f"{name}/<int:pk>/", to_policy, name=name) for name in OF_ONE),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.none()

    def register_model_check(self) -> None:
        """Its panels are the host's."""
