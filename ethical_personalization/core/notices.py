"""What was on screen when a choice was made, and the hash by which it is stored once."""

import hashlib
import json
from collections.abc import Mapping


def notice_hash(words: Mapping[str, object], screen: str = "", style: str = "") -> str:
    """SHA-256 in hex over words, markup and style sheet.

    Without a screen over the words alone: not every choice is made on one.
    """
    shown: Mapping[str, object] = words
    if screen or style:
        shown = {"screen": screen, "style": style, "words": words}
    canonical = json.dumps(shown, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
