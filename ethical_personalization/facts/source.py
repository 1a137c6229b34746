"""What a fact's reader may look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest


@dataclass(frozen=True)
class FactSource:
    """The request and the shopper behind it, handed to a reader once the purpose is permitted.

    ``unsealed`` opens a sealed record of the subject by name and gives its JSON object.
    ``left_out_lines`` are order lines that she told us not to use; no reader looks at them.
    """

    request: HttpRequest
    subject_id: UUID | None
    unsealed: Callable[[str], Mapping[str, Any]]
    now: datetime
    left_out_lines: frozenset[int] = frozenset()

    @cached_property
    def user(self) -> Any:
        """The logged-in account, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None
