"""Takes wagtail-personalisation's own screens out of the way of ours."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, re_path
from wagtail_personalisation.models import Segment

from .segment_chooser import policy_url, to_policies, to_policy
from .variants import create_variant

_MODELADMIN = "wagtail_personalisation/segment/"
_VIEWS = "personalisation/"


def shadowing_urls() -> list[URLPattern]:
    """The host's paths, answered by our screens; register them before the host's.

    The host changes state on GET there and checks no permission on the object.
    """
    return [
        path(_MODELADMIN, to_policies),
        path(f"{_MODELADMIN}create/", _to_new_policy),
        path(f"{_MODELADMIN}edit/<int:pk>/", to_policy),
        path(f"{_MODELADMIN}delete/<int:pk>/", to_policy),
        path(f"{_MODELADMIN}inspect/<int:pk>/", to_policy),
        path(f"{_MODELADMIN}history/<int:pk>/", to_policy),
        re_path(f"^{_MODELADMIN}", to_policies),
        path(f"{_VIEWS}segment/<int:pk>/toggle/", to_policy),
        path(f"{_VIEWS}segment/toggle_segment_view/", to_policies),
        path(f"{_VIEWS}segment/users/<int:pk>", to_policy),
        path(f"{_VIEWS}<int:page_id>/copy/<int:segment_id>", create_variant),
    ]


def without_host_menu(items: list[Any]) -> list[Any]:
    """The menu without the host's item for segments."""
    return [item for item in items if _model_of(item) is not Segment]


def _model_of(item: Any) -> Any:
    return getattr(getattr(item, "model_admin", None), "model", None)


def _to_new_policy(request: HttpRequest) -> HttpResponse:
    return redirect(policy_url("add"))
