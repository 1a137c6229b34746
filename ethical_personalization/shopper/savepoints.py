"""Queries that may fail without taking the request's transaction with them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Any

from django.db import connection, transaction


def undisturbed() -> AbstractContextManager[object]:
    """A savepoint where the request runs in a transaction; nothing at all elsewhere.

    After a failed query PostgreSQL refuses every other one of the transaction. Leaving this block
    then raises, also where the error itself was caught inside, and the transaction goes on.
    """
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


@contextmanager
def undisturbed_by_inserts() -> Iterator[None]:
    """The same, with a savepoint only before the first row that is inserted.

    Where an existing row is counted up, as at nearly every visit, it costs no query.
    """
    if not connection.in_atomic_block:
        yield
        return
    with ExitStack() as savepoint:
        entered: list[bool] = []

        def execute_apart(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
            if sql.startswith("INSERT") and not entered:
                entered.append(True)
                savepoint.enter_context(transaction.atomic())
            return execute(sql, *args)

        with connection.execute_wrapper(execute_apart):
            yield
