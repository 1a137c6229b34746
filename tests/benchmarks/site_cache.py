"""How often Django's cache of whole pages answers clients without cookies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.cache import FetchFromCacheMiddleware
from django.test import override_settings

from tests.benchmarks.modes import Mode, handler_for, switch_to
from tests.benchmarks.shop import MeasuredPage
from tests.benchmarks.shoppers import Situation, answer

REQUESTS = 20
UPDATE = "django.middleware.cache.UpdateCacheMiddleware"
FETCH = "tests.benchmarks.site_cache.CountingFetch"


@dataclass(frozen=True, kw_only=True)
class CacheHits:
    """Of ``REQUESTS`` requests for a page, those that the cache answered, by mode."""

    page: str
    by_mode: Mapping[str, int]


class CountingFetch(FetchFromCacheMiddleware):
    """Django's own, counting what it answers from the cache."""

    hits = 0

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        found: HttpResponse | None = super().process_request(request)
        CountingFetch.hits += found is not None
        return found


def count_hits(
    modes: Iterable[Mode], page: MeasuredPage, situation: Situation, *, segments: int
) -> CacheHits:
    """The hits of each mode, from an empty cache, with the cache's middleware around its own."""
    hits = {}
    for mode in modes:
        with override_settings(CACHE_MIDDLEWARE_SECONDS=600, CACHE_MIDDLEWARE_KEY_PREFIX="site"):
            cached = replace(mode, handler=handler_for([UPDATE, *mode.middleware, FETCH]))
        cache.clear()
        hits[mode.name] = _hits(cached, situation.environ(mode, page, segments))
    cache.clear()
    return CacheHits(page=page.name, by_mode=hits)


def _hits(mode: Mode, environ: Mapping[str, Any]) -> int:
    switch_to(mode)
    CountingFetch.hits = 0
    for _ in range(REQUESTS):
        answer(mode, environ)
    return CountingFetch.hits
