"""Every table of every database before and after: which rows came, went or changed, and where.

Of a row only hashes are kept: about 100 bytes and 8 for each column, and never a value.
"""

import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

_CHUNK = 2000


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The columns of a table and, by its key, the hashes of each row's values."""

    columns: tuple[str, ...]
    rows: Mapping[object, bytes]


@dataclass(frozen=True, kw_only=True)
class TableChange:
    """What happened to a table. ``columns`` are those that differ in rows that stayed."""

    table: str
    label: str
    added: int
    removed: int
    changed: int
    columns: frozenset[str]


Snapshot = Mapping[str, Contents]


def snapshot() -> Snapshot:
    """Every table, of models and of anything else."""
    found: dict[str, Contents] = {}
    for alias in connections:
        connection = connections[alias]
        prefix = "" if alias == DEFAULT_DB_ALIAS else f"{alias}."
        for table in connection.introspection.table_names():
            found[prefix + table] = _read(connection, table)
    return found


def changes(before: Snapshot, after: Snapshot) -> list[TableChange]:
    """The tables that differ, sorted by name."""
    labels = _labels()
    nothing = Contents(columns=(), rows={})
    found = (
        _change(table, labels.get(table, table), before.get(table, nothing), after[table])
        for table in sorted(after)
    )
    return [change for change in found if change.added or change.removed or change.changed]


def _change(table: str, label: str, before: Contents, after: Contents) -> TableChange:
    stayed = before.rows.keys() & after.rows.keys()
    changed = [key for key in stayed if before.rows[key] != after.rows[key]]
    columns = {
        after.columns[number]
        for key in changed
        for number in _differing(before.rows[key], after.rows[key])
    }
    return TableChange(
        table=table,
        label=label,
        added=len(after.rows) - len(stayed),
        removed=len(before.rows) - len(stayed),
        changed=len(changed),
        columns=frozenset(columns),
    )


def _differing(before: bytes, after: bytes) -> Iterator[int]:
    pairs = zip(struct.iter_unpack("q", before), struct.iter_unpack("q", after), strict=True)
    return (number for number, (one, other) in enumerate(pairs) if one != other)


def _read(connection: BaseDatabaseWrapper, table: str) -> Contents:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        key_columns = connection.introspection.get_primary_key_columns(cursor, table) or []
        cursor.execute(f"SELECT * FROM {quote(table)}")  # noqa: S608 - a name of the database's own
        columns = tuple(column[0] for column in cursor.description)
        places = [columns.index(name) for name in key_columns]
        rows: dict[object, bytes] = {}
        alike: Counter[object] = Counter()
        while chunk := cursor.fetchmany(_CHUNK):
            for row in chunk:
                hashes = tuple(_hash(value) for value in row)
                key = tuple(hashes[place] for place in places) if places else hashes
                alike[key] += 1  # only without a primary key more than one
                rows[key, alike[key]] = struct.pack(f"{len(hashes)}q", *hashes)
    return Contents(columns=columns, rows=rows)


def _hash(value: object) -> int:
    # hash(-1) == hash(-2) and hash(1) == hash(True): the text of a value tells them apart.
    return hash(repr(bytes(value) if isinstance(value, memoryview) else value))


def _labels() -> Mapping[str, str]:
    """Table -> ``app.Model``, also of tables between two models."""
    found: dict[str, str] = {}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy:
            found.setdefault(model._meta.db_table, model._meta.label)
    return found
