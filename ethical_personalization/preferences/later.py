"""Views that are loaded by their first request: most workers never show most of them."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponseBase]


def later(name: str) -> View:
    """The view ``name`` of this package, such as ``center.center``."""

    # Django asks before the view is loaded; _loaded() protects what does not protect itself.
    @csrf_exempt
    def view(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        return _loaded(name)(request, **parts)

    view.__name__ = view.__qualname__ = name
    return view


@cache
def _loaded(name: str) -> View:
    view: View = import_string(f"{__package__}.{name}")
    return view if getattr(view, "csrf_exempt", False) else csrf_protect(view)
