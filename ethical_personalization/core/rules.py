"""How a stored rule of another app becomes a condition on facts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .conditions import Expression


@dataclass(frozen=True, kw_only=True)
class RuleDeclaration:
    """Says which facts a rule class uses, by translating its rows.

    ``key`` is the Django label of the rule's model in lower case, such as ``shop.sizerule``.
    ``condition`` takes one row of it. A rule class without a declaration is never evaluated.
    """

    key: str
    condition: Callable[[Any], Expression]  # the core does not know the model
