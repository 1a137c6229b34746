"""Queries that may fail without taking the request's transaction with them."""

from contextlib import AbstractContextManager, nullcontext

from django.db import connection, transaction


def undisturbed() -> AbstractContextManager[object]:
    """A savepoint where the request runs in a transaction; nothing at all elsewhere.

    After a failed query PostgreSQL refuses every other one of the transaction. Leaving this block
    then raises, also where the error itself was caught inside, and the transaction goes on.
    """
    return transaction.atomic() if connection.in_atomic_block else nullcontext()
