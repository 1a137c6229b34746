"""Ed25519 signatures (RFC 8032) of a few bytes, in hexadecimal digits."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def sign(text: bytes, seed: bytes) -> str:
    """``seed`` are the 32 bytes of the private key."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(text).hex()


def is_signature(signature: str, text: bytes, public_key: bytes) -> bool:
    """Whether the owner of the key signed ``text``; no for anything that is no signature."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key_of(seed: bytes) -> bytes:
    """The 32 bytes that may be given to everybody."""
    key = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
