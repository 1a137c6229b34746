"""Queries that may fail without taking the request's transaction with them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction

_is_guarded: ContextVar[bool] = ContextVar("ethical_personalization_is_guarded", default=False)


@contextmanager
def undisturbed(before: str = "") -> Iterator[None]:
    """A savepoint before the first query inside, where the request runs in a transaction.

    Or before the first one that begins with ``before``, such as ``INSERT``.

    After a failed query PostgreSQL refuses every other one of the transaction, and Django after
    a failed save. Leaving this block then raises, also where the error itself was caught inside,
    and the transaction goes on. Other databases don't mind a failed ``SELECT``, and where nothing
    is asked it costs nothing. Inside another such block it does nothing: the outer one answers
    for both.
    """
    if not connection.in_atomic_block or _is_guarded.get():
        yield
        return
    token = _is_guarded.set(True)
    try:
        with ExitStack() as opened, connection.execute_wrapper(_opening(opened, before)):
            yield
    finally:
        _is_guarded.reset(token)


@contextmanager
def apart() -> Iterator[None]:
    """As ``undisturbed``, for a part of a page: what is inside may open savepoints of its own."""
    if not connection.in_atomic_block:
        yield
        return
    token = _is_guarded.set(False)
    try:
        with ExitStack() as opened, connection.execute_wrapper(_opening(opened, "")):
            yield
    finally:
        _is_guarded.reset(token)


def _opening(opened: ExitStack, before: str) -> Callable[..., Any]:
    """Runs each statement, the first one after opening a savepoint that ``opened`` closes."""
    is_open = False

    def run(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal is_open
        is_risky = connection.vendor == "postgresql" or not sql.startswith("SELECT")
        if not is_open and is_risky and sql.startswith(before):
            is_open = True  # first, because the savepoint is a statement itself
            opened.enter_context(transaction.atomic())
        return execute(sql, *rest)

    return run
