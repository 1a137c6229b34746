"""What is offered, kept in Django's cache: the banner stands on every page and may not ask it."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models import Purpose
from ethical_personalization.shopper.savepoints import undisturbed

from .notice import Words, offered_purposes

#: Other workers with a cache of their own hear of a change after this time at the latest. Until
#: then nobody consents to old words: whoever takes the answer compares their fingerprint.
SECONDS = 300


def connect() -> None:
    """Forget the words when a purpose changes; calling it again changes nothing."""
    for signal in (post_save, post_delete):
        signal.connect(_on_change, sender=Purpose, dispatch_uid="ethical_personalization.offered")


def cached_purposes() -> list[Words]:
    """The offered purposes in the reader's language; no query while the cache is warm.

    Without a cache they come from the database, without a database there are none.
    """
    key = _key(get_language() or "")
    found: list[Words] | None = attempt(lambda: cache.get(key), otherwise=None, what="cache")
    if found is None:
        found = attempt(_from_database, otherwise=None, what="offered")
        if found is None:
            return []
        attempt(lambda: cache.set(key, found, SECONDS), otherwise=None, what="cache")
    return found


def _from_database() -> list[Words]:
    with undisturbed():
        return offered_purposes()


def _on_change(sender: Any, **kwargs: Any) -> None:
    keys = [_key(language) for language, _name in settings.LANGUAGES]
    transaction.on_commit(
        lambda: attempt(lambda: cache.delete_many(keys), otherwise=None, what="cache")
    )


def _key(language: str) -> str:
    return f"ethical_personalization.offered.{language}"
