"""Regular expressions that can't take a page's time, whatever they are matched with.

Python's ``re`` tries one way after the other to match. How many there can be follows from the
pattern: each repeat may end at every character, and each choice doubles them.
"""

import re
from math import comb

from .exceptions import InvalidCondition

#: Characters of a text that are looked at; with the bound below the work stays in milliseconds.
MAX_SEARCHED = 200
MAX_PATTERN = 200
#: Two repeats (1.3 million ways over the longest text), or six choices and one repeat.
MAX_WAYS = 3_000_000

#: A repeated group can cost exponential time: ``([a-z]+\.?)+`` takes seconds on 33 characters.
_REPEATED_GROUP = re.compile(r"(?<!\\)\)[*+{]")
_BACKREFERENCE = re.compile(r"\\[1-9]|\(\?P=|\(\?\(")
_TOKEN = re.compile(
    r"""
    \\.                              # an escaped character
    | \[\^?\]?(?:\\.|[^\]\\])*\]     # one of a class
    | (?P<open>\(\??)
    | (?P<close>\))
    | (?P<repeat>(?:[*+]|\{[\d,]*\})[?+]?)
    | (?P<maybe>\?[?+]?)
    | (?P<other>\|)
    """,
    re.VERBOSE,
)


def safe_pattern(raw: object) -> re.Pattern[str]:
    """The compiled pattern; raises ``InvalidCondition`` if it is wrong or could be slow."""
    if not isinstance(raw, str) or not 0 < len(raw) <= MAX_PATTERN:
        raise InvalidCondition(f"Give a pattern of at most {MAX_PATTERN} characters.")
    if _REPEATED_GROUP.search(raw) or _BACKREFERENCE.search(raw):
        raise InvalidCondition(
            f"{raw!r} could take very long; don't repeat groups and don't refer back to them."
        )
    if _ways(raw) > MAX_WAYS:
        raise InvalidCondition(
            f"{raw!r} could take long; use at most two of * + {{, and fewer of ? and |."
        )
    try:
        return re.compile(raw)
    except re.error as error:
        raise InvalidCondition(f"{raw!r} is not a regular expression: {error}.") from None


def _ways(raw: str) -> int:
    """At most so many ways to match it with a text of ``MAX_SEARCHED`` characters."""
    repeats, ways, branches = 0, 1, [1]
    for token in _TOKEN.finditer(raw):
        kind = token.lastgroup
        if kind == "open":
            branches.append(1)
        elif kind == "close" and len(branches) > 1:
            ways *= branches.pop()
        elif kind == "other":
            branches[-1] += 1
        elif kind == "maybe":
            ways *= 2
        elif kind == "repeat":
            repeats += 1
    starts_anywhere = not raw.startswith("^") or branches[0] > 1
    free = repeats + starts_anywhere
    for left_open in branches:
        ways *= left_open
    return ways * comb(MAX_SEARCHED, free)
