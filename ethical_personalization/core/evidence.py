"""Which value of a fact made a condition true."""

from dataclasses import dataclass
from typing import Any

from .readings import Reading


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One true condition of a reason.

    ``wanted`` is the condition's value; ``matched`` are the members of a set that made it true,
    or empty where the operator does not look at members or the condition is negated.
    """

    fact: str
    operator: str
    wanted: Any  # its type is the operator's
    negated: bool
    matched: tuple[str, ...]
    reading: Reading
