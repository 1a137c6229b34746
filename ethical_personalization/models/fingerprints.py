"""Whether stored rows have changed: a hash of each set of rows, all of them in one query."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

#: SQL of the hash over the rows of one subquery, by the database's vendor.
_HASHES = {
    "postgresql": (
        "SELECT {label} AS label, md5(coalesce(string_agg({row}, '|' ORDER BY {pk}), '')) "
        "FROM ({rows}) AS {label_name}"
    ),
    "sqlite": (
        "SELECT {label} AS label, md5(coalesce(group_concat({row}, '|'), '')) "
        "FROM ({rows}) AS {label_name}"
    ),
}
_QUOTED = {"postgresql": "quote_nullable({column}::text)", "sqlite": "quote({column})"}


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Columns of some rows. ``label`` names them once and for all, in letters and underscores."""

    label: str
    queryset: QuerySet[Any]
    fields: tuple[str, ...]

    @property
    def columns(self) -> dict[str, F]:
        """Names of our own for the columns, the primary key first: Django's depend on its version.

        SQLite takes a quoted name that is no column for a text, so a wrong one would not fail.
        """
        return {f"ep_{number}": F(name) for number, name in enumerate(("pk", *self.fields))}

    @cached_property
    def select_hash(self) -> tuple[str, list[Any]]:
        """SQL and parameters of the hash, put together once in a worker's life.

        Only names of our code and Django's own SQL go into it.
        """
        return _select_hash(self)

    def ordered(self) -> QuerySet[Any]:
        """The rows as tuples, in the order of the primary key."""
        renamed: QuerySet[Any] = self.queryset.order_by("pk").annotate(**self.columns)
        return renamed.values_list(*self.columns)


def ask_fingerprints(every: Iterable[Rows]) -> Mapping[str, str]:
    """The hash of each of ``every`` by its label."""
    if connection.vendor not in _HASHES:
        return {rows.label: _hash_in_python(rows) for rows in every}
    parts = [rows.select_hash for rows in every]
    parameters = [value for _sql, values in parts for value in values]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _values in parts), parameters)
        return dict(cursor.fetchall())


def _select_hash(rows: Rows) -> tuple[str, list[Any]]:
    quote = connection.ops.quote_name
    columns = [quote(name) for name in rows.columns]
    quoted = (_QUOTED[connection.vendor].format(column=column) for column in columns)
    sql, parameters = rows.ordered().query.sql_with_params()
    select = _HASHES[connection.vendor].format(
        label=f"'{rows.label}'",
        label_name=quote(rows.label),
        row=" || ',' || ".join(quoted),
        pk=columns[0],
        rows=sql,
    )
    return select, list(parameters)


def _hash_in_python(rows: Rows) -> str:
    """The same with one query for each set, for databases whose functions we don't know."""
    return hashlib.sha256(repr(list(rows.ordered())).encode()).hexdigest()
