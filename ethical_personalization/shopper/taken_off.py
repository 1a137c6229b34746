"""What "Off for good" took back, sealed for her own browser, so that one click can undo it.

Taking a yes back deletes what rested on it, here, at once. What was deleted goes along in the
page that says so, encrypted, and nowhere else: only who has that page open can give it back, for an
hour.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from ethical_personalization.conf import conf
from ethical_personalization.core.consent import NEGATIVE, ConsentStatus
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.facts.browsing import PURPOSE as BROWSING

from .aead import decrypt, encrypt, key_of_the_shop
from .collection import has_history
from .ledger import load_consent
from .shopper import Shopper, find_known
from .vault import open_record, seal_record

#: As long as the page is likely to be open; the deletion is to be one soon.
CAN_BE_UNDONE = timedelta(hours=1)
_SALT = "ethical_personalization.taken_off"


class Loss(StrEnum):
    """What Oscar kept of her views: it is deleted with them, and never comes back."""

    NOTHING = ""
    DEVICE = "device"
    ACCOUNT = "account"


@dataclass(frozen=True, kw_only=True)
class TakenOff:
    """The purposes that were allowed, what was kept for them, and when (aware) both ended."""

    purposes: tuple[str, ...]
    at: datetime
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    loss: Loss = Loss.NOTHING


def loss_with(shopper: Shopper, purposes: Iterable[str]) -> Loss:
    """What would be lost with a no to ``purposes``; asks nothing of the database."""
    if BROWSING not in purposes:
        return Loss.NOTHING
    if shopper.user is not None and conf.keeps_oscar_rows:
        return Loss.ACCOUNT
    return Loss.DEVICE if has_history(shopper.request) else Loss.NOTHING


def about_to_be_off(shopper: Shopper, purposes: Iterable[str]) -> TakenOff:
    """What a no to ``purposes`` is about to take back; ask before it is recorded."""
    consent, subject = shopper.consent, shopper.subject
    given = tuple(key for key in purposes if consent.is_agreed(key, now=shopper.now))
    records = {key: open_record(subject.pk, key) for key in given} if subject is not None else {}
    kept = {key: record for key, record in records.items() if record}
    return TakenOff(purposes=given, at=shopper.now, records=kept, loss=loss_with(shopper, given))


def seal_taken_off(taken: TakenOff, shopper: Shopper) -> str:
    """For a form of hers; says nothing to anybody, and opens for her on this site alone."""
    said = [list(taken.purposes), taken.at.isoformat(), dict(taken.records), taken.loss]
    return urlsafe_b64encode(
        encrypt(key_of_the_shop(_SALT), json.dumps(said).encode(), _about(shopper))
    ).decode()


def open_taken_off(sealed: str, shopper: Shopper) -> TakenOff | None:
    """What was sealed; None where it is somebody else's, no text of ours, or too old."""
    nothing: TakenOff | None = None
    found = attempt(lambda: _open(sealed, shopper), otherwise=nothing, what="taken_off")
    is_over = found is None or found.at + CAN_BE_UNDONE < shopper.now
    return None if is_over else found


def standing_since(taken: TakenOff, shopper: Shopper) -> ConsentStatus | None:
    """WITHDRAWN: it stands as it was left; GIVEN: it is undone already; None: neither.

    Reads what the database says now. A no that was said later, in another tab, is never overruled.
    """
    subject = find_known(shopper).subject
    if subject is None or shopper.site_id is None:
        return None
    consent = load_consent(subject, shopper.site_id)
    if all(consent.is_agreed(key, now=shopper.now) for key in taken.purposes):
        return ConsentStatus.GIVEN
    found = [consent.choices.get(key) for key in taken.purposes]
    is_left = all(c is not None and c.status in NEGATIVE and c.at == taken.at for c in found)
    return ConsentStatus.WITHDRAWN if is_left else None


def give_back(taken: TakenOff, subject_id: UUID) -> None:
    """Keep again what was deleted, unless something newer is kept there."""
    for name, record in taken.records.items():
        if not open_record(subject_id, name):
            seal_record(subject_id, name, record)


def _open(sealed: str, shopper: Shopper) -> TakenOff:
    plain = decrypt(key_of_the_shop(_SALT), urlsafe_b64decode(sealed.encode()), _about(shopper))
    purposes, at, records, loss = json.loads(plain)
    return TakenOff(
        purposes=tuple(purposes),
        at=datetime.fromisoformat(at),
        records=records,
        loss=Loss(loss),
    )


def _about(shopper: Shopper) -> bytes:
    subject = shopper.subject.pk if shopper.subject is not None else ""
    return f"{_SALT}.{subject}.{shopper.site_id}".encode()
