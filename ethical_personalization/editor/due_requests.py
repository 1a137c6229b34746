"""The alert on the admin's first page: requests whose time is over or nearly so."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.permissions import ModelPermissionPolicy

from ethical_personalization.models import DataRequest, Erasure

#: How long before its date a request is spoken of.
SOON = timedelta(days=7)
#: How long after its time an erasure may wait for the nightly command.
PATIENCE = timedelta(days=2)
_ANY = ("add", "change", "view")


class DueRequestsPanel(Component):
    """Nothing at all where nothing is due."""

    name = "ethical_personalization_requests"
    template_name = "ethical_personalization/editor/due_requests.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        today = timezone.localdate()
        waiting = DataRequest.objects.filter(done_on__isnull=True)
        overdue = waiting.filter(due_on__lt=today).count()
        return {
            "overdue": overdue,
            "soon": waiting.filter(due_on__lte=today + SOON).count() - overdue,
            "late_erasures": Erasure.objects.filter(due_at__lt=timezone.now() - PATIENCE).count(),
            "url": reverse("ethical_personalization_requests:index"),
        }


def add_due_requests(request: HttpRequest, panels: list[Component]) -> None:
    """For who may see requests."""
    policy = ModelPermissionPolicy(DataRequest)
    if policy.user_has_any_permission(request.user, _ANY):
        panels.append(DueRequestsPanel())
