"""Several queries that see the same state of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_view() -> Iterator[None]:
    """Whatever others commit meanwhile is not seen inside; for reading only.

    On SQLite writers may wait, as they do for any other transaction. Inside a transaction that has
    begun already it changes nothing.
    """
    has_begun = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and not has_begun:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
