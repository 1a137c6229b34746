"""True, false and unknown: Kleene's strong three-valued logic."""

from enum import Enum


class Truth(Enum):
    """The value of a condition when some facts may be unknown."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2
