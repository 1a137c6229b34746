"""Keeps the shopper's cookies out of the reports that Django sends about errors.

Whoever reads such a report could otherwise go on as this shopper.
"""

from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter, get_exception_reporter_filter

from .cookie import carries_ours, is_ours


class WithoutOurCookie:
    """Put before the shop's own filter, whose other habits stay."""

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, str]:
        """The cookies of the request, with ours unreadable."""
        shown: dict[str, str] = super().get_safe_cookies(request)  # type: ignore[misc]  # the filter's
        hidden = SafeExceptionReporterFilter.cleansed_substitute
        return {name: hidden if is_ours(name) else said for name, said in shown.items()}


def hide_cookie(request: HttpRequest) -> None:
    """Nothing to do for a request that has no cookie of ours."""
    if carries_ours(request):
        used = type(get_exception_reporter_filter(request))
        request.exception_reporter_filter = _without(used)()


def _without(used: type[Any]) -> type[Any]:
    if not issubclass(used, SafeExceptionReporterFilter):
        return used  # it shows what the shop wants shown
    return type(used.__name__, (WithoutOurCookie, used), {})
