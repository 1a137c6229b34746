"""The triggers that keep the ledger insert-only, whoever writes to the database.

They guard against accidents and against code that knows no ledger, not against an administrator.
SQLite drops them in silence whenever a migration makes a table anew, and stops at a column that one
names. So no migration creates them: they are lifted before each one of ours and come back after
each ``migrate``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from .consent import ConsentEvent
from .roots import DailyRoot

_EVENTS, _ROOTS = ConsentEvent._meta.db_table, DailyRoot._meta.db_table
_FUNCTION = "ep_refuse"


@dataclass(frozen=True, kw_only=True)
class Guard:
    """One trigger: what it refuses, on which table, with which words.

    ``condition`` by vendor; a vendor without one is always refused.
    """

    name: str
    table: str
    on: str
    words: str
    sqlite: str = "1"
    postgresql: str = "true"


GUARDS = (
    Guard(
        name="ep_event_is_never_changed",
        table=_EVENTS,
        on="UPDATE",
        words="Consent events are never changed.",
    ),
    Guard(
        name="ep_event_is_kept",
        table=_EVENTS,
        on="DELETE",
        words="A consent event is kept until the date that it names.",
        sqlite="OLD.keep_until IS NULL OR julianday(OLD.keep_until) > julianday('now')",
        postgresql="OLD.keep_until IS NULL OR OLD.keep_until > clock_timestamp()",
    ),
    Guard(
        name="ep_root_is_never_changed",
        table=_ROOTS,
        on="UPDATE",
        words="Daily roots are never changed.",
    ),
    Guard(
        name="ep_root_is_kept",
        table=_ROOTS,
        on="DELETE",
        words="Daily roots are never deleted.",
    ),
)


def install_guards(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Create every trigger as it is written here; running it again changes nothing.

    Django sends ``post_migrate`` also after a migration backwards: without our tables what is left
    of the triggers goes.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if using == DEFAULT_DB_ALIAS and {_EVENTS, _ROOTS} <= set(tables):
            for statement in _statements(connection):
                cursor.execute(statement)
        elif connection.vendor == "postgresql" and _EVENTS not in tables:
            cursor.execute(f"DROP FUNCTION IF EXISTS {_FUNCTION}() CASCADE")


def lift_guards(
    plan: Sequence[tuple[Any, bool]] = (), using: str = DEFAULT_DB_ALIAS, **kwargs: Any
) -> None:
    """Before a migration of ours: no database changes a column that a trigger names."""
    if any(migration.app_label == ConsentEvent._meta.app_label for migration, _back in plan):
        _remove(connections[using])


def missing_guards(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The names of the triggers that are not there, or switched off."""
    connection = connections[using]
    if connection.vendor not in _READ:
        return []
    with connection.cursor() as cursor:
        if not {_EVENTS, _ROOTS} <= set(connection.introspection.table_names(cursor)):
            return []
        cursor.execute(_READ[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    return [guard.name for guard in GUARDS if guard.name not in present]


@contextmanager
def unguarded(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Without the triggers, for who empties or tampers with a database on purpose."""
    connection = connections[using]
    _settle(connection)
    _remove(connection)
    try:
        yield
    finally:
        _settle(connection)
        install_guards(using)


_READ = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND pg_table_is_visible(tgrelid)"
    ),
}


def _remove(connection: BaseDatabaseWrapper) -> None:
    if connection.vendor in _READ:
        with connection.cursor() as cursor:
            for guard in GUARDS:
                cursor.execute(_drop(connection, guard))


def _settle(connection: BaseDatabaseWrapper) -> None:
    """PostgreSQL changes no trigger of a table whose foreign keys it has still to check."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        connection.check_constraints()


def _statements(connection: BaseDatabaseWrapper) -> Sequence[str]:
    if connection.vendor == "postgresql":
        # An error of the same class as SQLite's: Django calls both IntegrityError.
        return [
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]"
            " USING ERRCODE = 'integrity_constraint_violation'; END $$",
            *(
                f"CREATE OR REPLACE TRIGGER {guard.name} BEFORE {guard.on} ON {guard.table}"
                f" FOR EACH ROW WHEN ({guard.postgresql})"
                f" EXECUTE FUNCTION {_FUNCTION}('{guard.words}')"
                for guard in GUARDS
            ),
        ]
    if connection.vendor != "sqlite":
        return []
    return [
        statement
        for guard in GUARDS
        for statement in (
            _drop(connection, guard),
            f"CREATE TRIGGER {guard.name} BEFORE {guard.on} ON {guard.table}"
            f" WHEN {guard.sqlite} BEGIN SELECT RAISE(ABORT, '{guard.words}'); END",
        )
    ]


def _drop(connection: BaseDatabaseWrapper, guard: Guard) -> str:
    where = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {guard.name}{where}"
