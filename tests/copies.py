"""The database of one worker, and copies of it that all workers of the run can take.

A copy is made once and only read from then on: on SQLite a file, on PostgreSQL a database to which
nobody can connect, because a database that somebody is connected to can't be copied.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection


class OnSqlite:
    def __init__(self, run):
        self.folder = run.folder
        connection.close()
        connection.settings_dict["NAME"] = str(connection.settings_dict["TEST"]["NAME"])

    def begin(self, path):
        """Start with the file at ``path``."""
        connection.close()
        Path(connection.settings_dict["NAME"]).write_bytes(path.read_bytes())

    def keep(self, name):
        path = self.folder / f"{name}.sqlite3"
        path.unlink(missing_ok=True)  # of a worker that failed over it
        self.copy_to(path)

    def take(self, name):
        connection.ensure_connection()
        path = f"file:{self.folder / name}.sqlite3?immutable=1"
        with closing(sqlite3.connect(path, uri=True)) as source:
            source.backup(connection.connection)

    def copy_to(self, path):
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as target:
            connection.connection.backup(target)


class OnPostgresql:
    def __init__(self, run):
        self.prefix = run.prefix
        self.own = self.prefix + os.environ.get("PYTEST_XDIST_WORKER", "main")
        connection.close()
        connection.settings_dict["NAME"] = self.own

    def begin(self):
        """Start with nothing."""
        self._recreate(self.own, "template1")

    def keep(self, name):
        # The server counts rows when it likes, for example while none is committed yet. A copy
        # keeps that count for good, and a plan for no rows takes minutes where there are some.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self._recreate(self.prefix + name, self.own)
        _execute(f'ALTER DATABASE "{self.prefix}{name}" ALLOW_CONNECTIONS false')

    def take(self, name):
        self._recreate(self.own, self.prefix + name)

    def _recreate(self, target, template):
        connection.close()
        _execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        _execute(f'CREATE DATABASE "{target}" TEMPLATE "{template}"')


def _execute(statement):
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
