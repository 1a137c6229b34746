"""What shoppers chose, in a cache that all workers share: their pages then ask no database for it.

An entry counts only under the edition that was current before the database was asked. Whoever
changes something about a subject ends the edition before the change is committed, and begins
another one afterwards. In between, and wherever the cache fails, the database is asked.
"""

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.core.cache import BaseCache, caches
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from ethical_personalization.conf import conf
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.patience import attempt_patiently
from ethical_personalization.models import Subject
from ethical_personalization.models.release import code_signature

from .aead import decrypt, encrypt, key_of_the_shop

#: So long may a change be unknown elsewhere that was made past us, or while a worker, and only
#: that one, could not reach the cache.
ENTRY_SECONDS = 60
EDITION_SECONDS = 3600
#: Longer than any transaction; until then the pages of a subject ask the database.
CHANGE_SECONDS = 120

_CHANGING = "changing"
_SALT = "ethical_personalization.shared_choices"
_WHAT = "shared_choices"
#: Columns of the subject and of one choice each, as JSON has them.
Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, kw_only=True)
class _Found:
    """``edition`` is empty where nothing may be kept; ``rows`` are None where nothing is."""

    edition: str = ""
    rows: Rows | None = None


def place_of_account(user_pk: Any) -> str:
    """Where the choices of an account's subject are kept; says nothing about the account."""
    return _place(f"account.{user_pk}")


def place_of_subject(subject_id: UUID) -> str:
    """The same for an anonymous one."""
    return _place(f"subject.{subject_id.hex}")


def shared_rows(place: str, ask: Callable[[], Rows]) -> Rows:
    """What is kept at ``place``, or what ``ask`` finds in the database.

    Nothing is kept for nobody, so a first choice is known everywhere at once.
    """
    if not conf.shared_cache:
        return ask()
    found = attempt_patiently(lambda: _look(place), otherwise=_Found(), what=_WHAT)
    if found.rows is not None:
        return found.rows
    rows = ask()
    if rows and found.edition and _reads_what_is_committed():
        keep = partial(_keep, place, found.edition, rows)
        transaction.on_commit(lambda: attempt_patiently(keep, otherwise=None, what=_WHAT))
    return rows


def changing(subject: Subject) -> None:
    """Call it under the lock on ``subject``, before anything about her changes."""
    if not conf.shared_cache:
        return
    places = [place_of_subject(subject.pk)]
    if subject.user_id is not None:
        places.append(place_of_account(subject.user_id))
    attempt(partial(_end_editions, places), otherwise=None, what=_WHAT)
    begin = partial(_begin_editions, places)
    transaction.on_commit(lambda: attempt(begin, otherwise=None, what=_WHAT))


def _end_editions(places: Sequence[str]) -> None:
    _cache().set_many({_edition_key(place): _CHANGING for place in places}, CHANGE_SECONDS)


def _begin_editions(places: Sequence[str]) -> None:
    _cache().set_many({_edition_key(place): _new_edition() for place in places}, EDITION_SECONDS)
    _cache().delete_many(places)


def _look(place: str) -> _Found:
    key = _edition_key(place)
    held = _cache().get_many([key, place])
    edition = held.get(key) or _cache().get_or_set(key, _new_edition, EDITION_SECONDS)
    if not isinstance(edition, str) or edition == _CHANGING:
        return _Found()
    sealed = held.get(place)
    rows = attempt(lambda: _open(sealed, place, edition), otherwise=None, what=_WHAT)
    return _Found(edition=edition, rows=rows)


def _keep(place: str, edition: str, rows: Rows) -> None:
    plain = json.dumps([list(row) for row in rows], default=str).encode()
    _cache().set(
        place, encrypt(key_of_the_shop(_SALT), plain, _about(place, edition)), ENTRY_SECONDS
    )


def _open(sealed: Any, place: str, edition: str) -> Rows | None:
    """None for an entry of an edition before; nobody but us can have sealed what opens."""
    if not isinstance(sealed, bytes) or not sealed:
        return None
    rows: Rows = json.loads(decrypt(key_of_the_shop(_SALT), sealed, _about(place, edition)))
    return rows


def _reads_what_is_committed() -> bool:
    """False where a transaction goes on seeing the past, so that it may keep nothing."""
    if not connection.in_atomic_block:
        return True
    level = getattr(connection, "isolation_level", None)
    return connection.vendor == "postgresql" and getattr(level, "name", "") == "READ_COMMITTED"


def _cache() -> BaseCache:
    return caches[conf.shared_cache]


def _place(of: str) -> str:
    return f"ep-choices-{salted_hmac(_SALT, of, algorithm='sha256').hexdigest()}"


def _edition_key(place: str) -> str:
    return f"{place}-edition"


def _new_edition() -> str:
    return secrets.token_hex(16)


def _about(place: str, edition: str) -> bytes:
    """What an entry counts for; another release may ask for other columns or mean others."""
    return f"{place}.{edition}.{code_signature()}".encode()
