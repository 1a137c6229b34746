"""The same shop without our middleware, to see which headers only we add."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase, SimpleCookie
from django.test import Client, override_settings

from .addresses import APP
from .undone import caches_of, undone

#: Headers whose parts count one by one; of the others only the name does.
_LISTS = ("Cache-Control", "Vary")


class BareShop:
    """Answers what the shop would answer if our middleware were not installed."""

    def __init__(self, *, is_secure: bool) -> None:
        self._client = Client(raise_request_exception=False)
        self._is_secure = is_secure
        bare = [name for name in settings.MIDDLEWARE if not name.startswith(f"{APP}.")]
        with override_settings(MIDDLEWARE=bare):
            self._client.handler.load_middleware()

    def answers(self, url: str, cookies: Mapping[str, str]) -> HttpResponseBase:
        """The bare page, asked with the same ``cookies``; it leaves nothing."""
        self._client.cookies = SimpleCookie(dict(cookies))
        with caches_of(f"{APP}.bare"), undone():
            got: Any = self._client.get(url, secure=self._is_secure)
        return got  # type: ignore[no-any-return]  # Django's stubs have a type for tests only


def extra_headers(ours: HttpResponseBase, bare: HttpResponseBase) -> frozenset[str]:
    """What our page has and the bare one has not.

    Nothing where the bare page has another status: then it is another page.
    """
    if bare.status_code != ours.status_code:
        return frozenset()
    return frozenset(_headers(ours)) - frozenset(_headers(bare))


def _headers(response: HttpResponseBase) -> Iterable[str]:
    for name, value in response.headers.items():
        if name in _LISTS:
            parts = (part.strip().lower() for part in value.split(","))
            yield from (f"{name}: {part}" for part in parts if part)
        else:
            yield name
    yield from (f"Set-Cookie: {name}" for name in response.cookies)
