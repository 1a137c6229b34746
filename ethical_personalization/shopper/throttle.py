"""How often the same sender may ask: a keyed hash, kept in the cache for minutes only."""

import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from ethical_personalization.core.patience import attempt_patiently
from ethical_personalization.models.savepoints import undisturbed

_SALT = "ethical_personalization.throttle"
WINDOW_SECONDS = 600


def is_too_often(what: str, sender: str, *, limit: int) -> bool:
    """Whether ``sender`` has asked for ``what`` more than ``limit`` times within ten minutes.

    Where ``sender`` is empty nobody is counted. Where the cache is emptied, not shared, slow or
    down it counts less, never more: a choice matters more than a limit.
    """
    if not sender:
        return False
    key = f"ep-often-{what}-{_hashed(sender)}"
    return attempt_patiently(lambda: _count(key), otherwise=0, what="throttle") > limit


def seconds_to_wait() -> int:
    """Until everybody's count begins again."""
    return WINDOW_SECONDS - int(time.time()) % WINDOW_SECONDS


def _hashed(sender: str) -> str:
    """Another one in each ten minutes, so that no two of them can be told to be the same."""
    said = f"{int(time.time()) // WINDOW_SECONDS} {sender}"
    return salted_hmac(_SALT, said, algorithm="sha256").hexdigest()


def _count(key: str) -> int:
    with undisturbed():  # the cache may be a table
        if cache.add(key, 1, WINDOW_SECONDS):
            return 1
        try:
            return int(cache.incr(key))
        except ValueError:  # it ran out between the two calls
            return 1
