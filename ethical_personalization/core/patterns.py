"""Regular expressions that can't take a page's time, whatever they are matched with."""

import re

from .exceptions import InvalidCondition

#: Characters of a text that are looked at; with the bound below the work stays in milliseconds.
MAX_SEARCHED = 200
MAX_PATTERN = 200
MAX_REPEATS = 3

#: A repeated group can cost exponential time: ``([a-z]+\\.?)+`` takes seconds on 33 characters.
_REPEATED_GROUP = re.compile(r"(?<!\\)\)[*+{]")
_REPEAT = re.compile(r"(?<!\\)[*+{]")
_BACKREFERENCE = re.compile(r"\\[1-9]|\(\?P=")


def safe_pattern(raw: object) -> re.Pattern[str]:
    """The compiled pattern; raises ``InvalidCondition`` if it is wrong or could be slow."""
    if not isinstance(raw, str) or not 0 < len(raw) <= MAX_PATTERN:
        raise InvalidCondition(f"Give a pattern of at most {MAX_PATTERN} characters.")
    if _REPEATED_GROUP.search(raw) or _BACKREFERENCE.search(raw):
        raise InvalidCondition(
            f"{raw!r} could take very long; don't repeat groups and don't refer back to them."
        )
    if len(_REPEAT.findall(raw)) > MAX_REPEATS:
        raise InvalidCondition(f"{raw!r} could take long; use at most {MAX_REPEATS} of * + {{.")
    try:
        return re.compile(raw)
    except re.error as error:
        raise InvalidCondition(f"{raw!r} is not a regular expression: {error}.") from None
