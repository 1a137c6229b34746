"""The address of the page that is being shown, with a query parameter set or taken away."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.http import HttpRequest

from .saved import SAVED

APP = "ethical_personalization"


def same_page(request: HttpRequest, changes: Mapping[str, str | None] | None = None) -> str:
    """Path and query of ``request`` with ``changes``, without our own note on what was saved."""
    # A path of two slashes would be another host.
    path = "/" + request.get_full_path().lstrip("/\\")
    return with_parameters(path, {SAVED: None, **(changes or {})})


def is_our_page(request: HttpRequest) -> bool:
    """Whether it is a page of the preference center."""
    match = request.resolver_match
    return match is not None and match.app_name == APP


def with_parameters(url: str, changes: Mapping[str, str | None]) -> str:
    """``url`` with each parameter replaced by its new value, or without it."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name not in changes]
    new = [(name, value) for name, value in changes.items() if value is not None]
    return urlunsplit(parts._replace(query=urlencode([*kept, *new])))
