"""Queries, counted alike on every database."""

import re
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

#: What steers transactions and asks for no data; PostgreSQL needs a savepoint to outlive an error.
STEERS = re.compile(r"(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK|BEGIN|COMMIT)\b", re.IGNORECASE)


@contextmanager
def asked():
    """A list that holds, afterwards, the SQL that asked for data or changed some."""
    found = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    found += [query["sql"] for query in captured if not STEERS.match(query["sql"])]
