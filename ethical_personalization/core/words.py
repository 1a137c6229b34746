"""The hash under which the words of a notice are stored once."""

import json
from collections.abc import Mapping
from hashlib import sha256


def words_hash(words: Mapping[str, object]) -> str:
    """SHA-256 of the words as JSON in the order of their names."""
    return sha256(json.dumps(words, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
