"""That somebody was erased, told by a keyed hash alone, so that a backup can't undo it.

A yes that was taken back is told in the same way.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.utils.crypto import salted_hmac

from ethical_personalization.models import Tombstone

_SALT = "ethical_personalization.tombstone"


class Erased(StrEnum):
    """A subject, the rows of an account that stayed, the account itself, a guest; or a yes."""

    SUBJECT = "subject"
    ROWS = "rows"
    ACCOUNT = "account"
    GUEST = "guest"
    YES = "yes"


def mark_erased(what: Erased, key: object, *, now: datetime) -> None:
    """Remember that ``key`` was erased; a second time moves the date."""
    keep_mark(next(marks_of(what, key)), now=now)


def keep_mark(mark: str, *, now: datetime) -> None:
    """The same of a mark that was made before."""
    Tombstone.objects.update_or_create(mark=mark, defaults={"erased_at": now})


def marks_of(what: Erased, key: object) -> Iterator[str]:
    """The hashes under which ``key`` may stand: by the secret of today, then by older ones."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        digest = salted_hmac(_SALT, f"{what}:{key}", secret=secret, algorithm="sha256")
        yield digest.hexdigest()
