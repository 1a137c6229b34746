"""How often the same sender may ask: a keyed hash, kept in the cache for minutes only."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

_SALT = "ethical_personalization.throttle"
WINDOW_SECONDS = 600


def is_too_often(what: str, sender: str, *, limit: int) -> bool:
    """Whether ``sender`` has asked for ``what`` more than ``limit`` times within ten minutes.

    Where the cache is emptied or not shared it counts less, never more.
    """
    key = f"ep-often-{what}-{salted_hmac(_SALT, sender, algorithm='sha256').hexdigest()}"
    if cache.add(key, 1, WINDOW_SECONDS):
        return limit < 1
    try:
        return bool(cache.incr(key) > limit)
    except ValueError:  # it ran out between the two calls
        return False
