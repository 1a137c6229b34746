"""Whether the ledger's triggers are there."""

from typing import Any

from django.core.checks import CheckMessage

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models.guards import missing_guards

from .messages import warning


def check_guards(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A table that SQLite made anew has lost its triggers, and nobody was told.

    No error, because it would stop the very ``migrate`` that mends it. A database that can't be
    asked is no reason for a check to fail.
    """
    nothing: list[str] = []
    missing = attempt(missing_guards, otherwise=nothing, what="check") if databases else nothing
    if not missing:
        return []
    hint = "Run: python manage.py migrate ethical_personalization"
    named = ", ".join(missing)
    return [warning("W020", f"The ledger of consent lacks the triggers {named}.", hint)]
