"""The signed root of a day's consent events, and the proof that an event is under it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .merkle import is_included, leaf_hash

FORMAT = "ethical_personalization.daily_root.1"
#: An entry is the hash of an event and the second until which it has to be kept.
HASH_BYTES, TIME_BYTES = 32, 8
ENTRY_BYTES = HASH_BYTES + TIME_BYTES
FOR_EVER = 2 ** (8 * TIME_BYTES) - 1


@dataclass(frozen=True, kw_only=True)
class RootStatement:
    """What is signed: the root over ``size`` events of one UTC day.

    ``previous`` is the digest of the statement before, so that the newest one vouches for all.
    """

    day: date
    size: int
    root: str
    previous: str
    key_id: str

    def as_json(self) -> dict[str, Any]:
        """For keeping elsewhere; ``signed_text`` is made of the same."""
        return {
            "day": self.day.isoformat(),
            "format": FORMAT,
            "key": self.key_id,
            "previous": self.previous,
            "root": self.root,
            "size": self.size,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "RootStatement":
        """Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what is none."""
        if said["format"] != FORMAT:
            raise ValueError(f"The format is {said['format']!r}, not {FORMAT!r}.")
        return cls(
            day=date.fromisoformat(said["day"]),
            size=int(said["size"]),
            root=str(said["root"]),
            previous=str(said["previous"]),
            key_id=str(said["key"]),
        )

    @property
    def signed_text(self) -> bytes:
        """The bytes under the signature."""
        return json.dumps(self.as_json(), sort_keys=True, separators=(",", ":")).encode()

    @property
    def digest(self) -> str:
        """What the next statement calls ``previous``."""
        return hashlib.sha256(self.signed_text).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Inclusion:
    """The proof that one event is under a signed root; holds nothing about other events."""

    event_hash: str
    keep_until: datetime | None
    index: int
    path: Sequence[str]
    statement: RootStatement
    signature: str

    def holds(self, public_key: bytes) -> bool:
        """Whether path and signature are right, under a public key that you trust."""
        return is_signed(self.statement, self.signature, public_key) and is_included(
            leaf_hash(entry_of(self.event_hash, self.keep_until)),
            [bytes.fromhex(each) for each in self.path],
            index=self.index,
            size=self.statement.size,
            root=bytes.fromhex(self.statement.root),
        )

    def as_json(self) -> dict[str, Any]:
        """For a receipt."""
        return {
            "event": self.event_hash,
            "keep_until": self.keep_until.isoformat() if self.keep_until else None,
            "index": self.index,
            "path": list(self.path),
            "statement": self.statement.as_json(),
            "signature": self.signature,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Inclusion":
        """Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what is none."""
        kept = said["keep_until"]
        return cls(
            event_hash=str(said["event"]),
            keep_until=datetime.fromisoformat(kept) if kept else None,
            index=int(said["index"]),
            path=tuple(map(str, said["path"])),
            statement=RootStatement.from_json(said["statement"]),
            signature=str(said["signature"]),
        )


def entry_of(event_hash: str, keep_until: datetime | None) -> bytes:
    """What is hashed as a leaf. It says nothing about a person, and outlives the event.

    The time is in it so that a purge, which takes what need not be kept, can be told from a loss.
    """
    second = int(keep_until.timestamp()) if keep_until is not None else FOR_EVER
    return bytes.fromhex(event_hash) + second.to_bytes(TIME_BYTES)


def entries_in(packed: bytes) -> list[bytes]:
    """Entries as they are stored: one after the other."""
    return [packed[at : at + ENTRY_BYTES] for at in range(0, len(packed), ENTRY_BYTES)]


def is_due(entry: bytes, now: datetime) -> bool:
    """Whether the event of this entry may be gone at ``now``."""
    return int.from_bytes(entry[HASH_BYTES:]) <= now.timestamp()


def is_signed(statement: RootStatement, signature: str, public_key: bytes) -> bool:
    """Whether ``signature`` is that of the key, and the statement names this key."""
    from .signatures import is_signature  # loads cryptography, which a page has no use for

    return statement.key_id == key_id(public_key) and is_signature(
        signature, statement.signed_text, public_key
    )


def key_id(public_key: bytes) -> str:
    """A short name for a key."""
    return hashlib.sha256(b"id" + public_key).hexdigest()[:16]
