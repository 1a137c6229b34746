"""Keeps who has made a choice or is logged in away from Django's cache of whole pages.

Both from the middleware and from ``cache_page``, which stores a page before any middleware could
call it private. So it is done where both come together, in Django's own class.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.cache import FetchFromCacheMiddleware

from .for_everybody import is_page_for_everybody

_django_fetches = FetchFromCacheMiddleware.process_request


def mend() -> None:
    """Let Django ask us first; calling it again changes nothing."""
    FetchFromCacheMiddleware.process_request = _process_request  # type: ignore[method-assign]  # on purpose


def _process_request(self: Any, request: HttpRequest) -> HttpResponse | None:
    """Nothing from the cache for her, and her page not into it."""
    if request.method in ("GET", "HEAD") and not is_page_for_everybody(request):
        request._cache_update_cache = False  # type: ignore[attr-defined]  # what Django looks at
        return None
    return _django_fetches(self, request)
