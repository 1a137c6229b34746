"""How a purpose is called in the cookie of a device, so that eight of them fit 200 bytes."""

import hashlib
from functools import cache

from ethical_personalization.core.registry import purposes

#: A longer key is written as so many signs in all.
_LENGTH = 8


@cache
def short_name(key: str) -> str:
    """The key itself, or a dot, which no key has, and the beginning of its hash.

    Two that began alike would be refused together, which only narrows.
    """
    if len(key) <= _LENGTH:
        return key
    return f".{hashlib.sha256(key.encode()).hexdigest()}"[:_LENGTH]


def keys_of(name: str) -> list[str]:
    """Whose name it is. One that nobody declares now is kept, and written again as it came."""
    if not name.startswith("."):
        return [name]
    return [key for key in purposes.declared() if short_name(key) == name] or [name]
