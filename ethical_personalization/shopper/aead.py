"""Authenticated encryption of a few bytes: AES-GCM with 96 random bits per message."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ethical_personalization.core.exceptions import PersonalizationError

#: NIST SP 800-38D, section 8.2.1: 96 random bits per message under one key.
_NONCE_BYTES = 12
KEY_BITS = 256


class Unsealable(PersonalizationError):
    """Bytes that the given key, or none of the shop's keys, opens."""


def new_key() -> bytes:
    """32 random bytes."""
    return AESGCM.generate_key(bit_length=KEY_BITS)


def encrypt(key: bytes, plain: bytes, about: bytes) -> bytes:
    """``about`` is not in the result, but nothing opens without it."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def decrypt(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """What was encrypted. Raises ``Unsealable`` for anything else."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about)
    except (InvalidTag, ValueError):
        raise Unsealable("A sealed record does not open with its key.") from None
