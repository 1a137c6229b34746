"""Whether this thread's transaction changed what is published, which nobody else may see yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class _OnceCommitted:
    """Waits among what Django does after a commit; a rollback takes it away."""

    tell: Callable[[], None]

    def __call__(self) -> None:
        self.tell()


class Seen(Generic[Value]):
    """A value that all threads see, and another one for a transaction with changes of its own.

    What such a transaction read goes with it, be it committed or rolled back.
    """

    def __init__(self) -> None:
        self._values: Mapping[int | None, Value] = {}

    def get(self) -> Value | None:
        """None where nothing was kept yet for who asks."""
        return self._values.get(_owner())

    def keep(self, value: Value) -> None:
        """Others with open changes begin anew: there are never more than two."""
        owner, shared = _owner(), self._values.get(None)
        if owner is None or shared is None:
            self._values = {owner: value}
        else:
            self._values = {None: shared, owner: value}

    def drop(self) -> None:
        self._values = {}


def note_change(*, using: str, tell: Callable[[], None]) -> None:
    """What is published changes in this transaction; ``tell`` it once that is committed."""
    transaction.on_commit(_OnceCommitted(tell=tell), using=using)


def _owner() -> int | None:
    """None for everybody; Django keeps what waits for a commit with the connection."""
    connection = connections[DEFAULT_DB_ALIAS]
    is_open = any(isinstance(waiting[1], _OnceCommitted) for waiting in connection.run_on_commit)
    return id(connection) if is_open else None
