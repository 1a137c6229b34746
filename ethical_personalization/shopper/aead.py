"""Authenticated encryption of a few bytes: AES-GCM with 96 random bits per message.

The library is loaded by the first message: a worker whose visitors allowed nothing goes without it.
"""

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.conf import settings

from ethical_personalization.core.exceptions import PersonalizationError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

#: NIST SP 800-38D, section 8.2.1: 96 random bits per message under one key.
_NONCE_BYTES = 12
_KEY_BYTES = 32


class Unsealable(PersonalizationError):
    """Bytes that the given key, or none of the shop's keys, opens."""


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(_KEY_BYTES)


def key_of_the_shop(salt: str) -> bytes:
    """A key derived from ``SECRET_KEY``: for what may be lost when that changes."""
    return hashlib.sha256(salt.encode() + settings.SECRET_KEY.encode()).digest()


def encrypt(key: bytes, plain: bytes, about: bytes) -> bytes:
    """``about`` is not in the result, but nothing opens without it."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher(key).encrypt(nonce, plain, about)


def decrypt(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """What was encrypted. Raises ``Unsealable`` for anything else."""
    from cryptography.exceptions import InvalidTag

    try:
        return _cipher(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about)
    except (InvalidTag, ValueError):
        raise Unsealable("A sealed record does not open with its key.") from None


def _cipher(key: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
