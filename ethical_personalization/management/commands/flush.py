"""``manage.py flush``: Django's own, which on SQLite would stop at the ledger's triggers."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from ethical_personalization.models.guards import unguarded


class Command(flush.Command):
    """Empties the ledger too: for test databases, whose tests with real transactions end in it.

    PostgreSQL truncates, which no trigger for rows hears of.
    """

    def handle(self, **options: Any) -> None:
        if connections[options["database"]].vendor != "sqlite":
            super().handle(**options)
            return
        with unguarded(options["database"]):
            super().handle(**options)
