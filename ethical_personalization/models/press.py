"""What of everything that is published is owed after a response, when nobody waits any more."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.db import connection

from ethical_personalization.core.failing_closed import attempt

from .fingerprints import Rows
from .freshness import Freshness


class _Publication(Protocol):
    @property
    def rows(self) -> tuple[Rows, ...]: ...

    def renew(self) -> None: ...

    def drop(self) -> None: ...


class Press:
    """Everything that is published in this worker, and how fresh its rows are."""

    def __init__(self) -> None:
        self._all: list[_Publication] = []
        self._asks_after_response = False
        self._is_behind = False
        self.freshness = Freshness(self._rows)

    def add(self, published: _Publication) -> None:
        self._all.append(published)

    def drop(self) -> None:
        """Begin as a worker that has compiled nothing yet."""
        self.freshness.forget()
        for published in self._all:
            published.drop()

    def ask_after_response(self) -> None:
        """Once a second suffices."""
        self._asks_after_response = True

    def renew_after_response(self) -> None:
        """At once: a page went on with what is known to be older, or without."""
        self._is_behind = True

    def finish(self, **kwargs: Any) -> None:
        """After a response, when nobody waits any more; if it fails, again a second later.

        Not in the transaction of a test, which goes on after the response.
        """
        is_owed = self._is_behind or (self._asks_after_response and self.freshness.is_due())
        if is_owed and not connection.in_atomic_block:
            if not attempt(self._renew_all, otherwise=False, what="published"):
                self.freshness.put_off()
            connection.close_if_unusable_or_obsolete()
        self._asks_after_response = self._is_behind = False

    def _renew_all(self) -> bool:
        for published in self._all:
            published.renew()
        return True

    def _rows(self) -> Iterable[Rows]:
        return (rows for published in self._all for rows in published.rows)
