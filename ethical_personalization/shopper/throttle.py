"""How often the same sender may ask: a keyed hash, kept in the cache for minutes only."""

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
    key = f"ep-often-{what}-{salted_hmac(_SALT, sender, algorithm='sha256').hexdigest()}"
    return attempt_patiently(lambda: _count(key), otherwise=0, what="throttle") > limit


def _count(key: str) -> int:
    with undisturbed():  # the cache may be a table
        if cache.add(key, 1, WINDOW_SECONDS):
            return 1
        try:
            return int(cache.incr(key))
        except ValueError:  # it ran out between the two calls
            return 1
