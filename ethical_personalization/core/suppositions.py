"""Which reading of a fact would meet a condition, for "you would see it if …"."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from .conditions import Condition
from .readings import Gap, Reading


def supposed(condition: Condition, reading: Reading) -> Reading | None:
    """``reading`` changed as little as makes ``condition`` true; None where nobody can say.

    A fact that is not permitted, or that she excluded, is not supposed to be anything. Neither is
    one of which she left something out: what it would be with the rest is not ours to say.
    """
    if reading.is_partial or not reading.is_known and reading.gap is not Gap.MISSING:
        return None
    find = _SUPPOSED.get((condition.operator, condition.negated))
    value = find(reading.value, condition.value) if find is not None else None
    return replace(reading, value=value, gap=None) if value is not None else None


def _with_one(value: Any, wanted: Any) -> frozenset[str]:
    return (value or frozenset()) | {min(wanted)}


#: By operator and negation, from the fact's value (None where it is missing) and the wanted one.
_SUPPOSED: Mapping[tuple[str, bool], Callable[[Any, Any], Any]] = {
    ("any_of", False): _with_one,
    ("any_of", True): lambda value, wanted: (value or frozenset()) - wanted,
    ("all_of", False): lambda value, wanted: (value or frozenset()) | wanted,
    ("all_of", True): lambda value, wanted: (value or frozenset()) - {min(wanted)},
    ("is_empty", False): lambda value, wanted: frozenset(),
    ("at_least", False): lambda value, wanted: wanted,
    ("at_most", False): lambda value, wanted: wanted,
    ("one_of", False): lambda value, wanted: min(wanted),
    ("is_true", False): lambda value, wanted: True,
    ("is_true", True): lambda value, wanted: False,
}
