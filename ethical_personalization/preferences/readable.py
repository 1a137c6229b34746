"""The export as a person reads it: tables with headed columns, dates and words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import AutoField, Field
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext

from .inferences import Told

#: What the page shows of a table; the file has every row.
MAX_ROWS = 20
#: For machines; the file has them.
_NOT_READ = frozenset({"hash", "previous_hash", "wrapped_by", "notice__words", "session_data"})
#: Columns that say of a row in another table which one it is.
_NAMES = frozenset({"key", "name", "title", "number", "hostname", "printable_name"})


@dataclass(frozen=True, kw_only=True)
class ReadableTable:
    """One table with ``count`` rows; ``more`` of them are only in the file."""

    title: str
    count: int
    notes: Sequence[str]
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    more: int


def readable_tables(tables: Sequence[Told]) -> list[ReadableTable]:
    """The tables of an export."""
    return [_readable(table) for table in tables]


def _readable(table: Told) -> ReadableTable:
    rows: list[Told] = table["rows"]
    fields = {
        name: field
        for name in rows[0]
        if name not in _NOT_READ and _is_ever_told(rows, name)
        if not isinstance(field := _field(table["table"], name), AutoField)
    }
    return ReadableTable(
        title=table["title"],
        count=len(rows),
        notes=[note for note in (table["goes_in_words"], table["why"], table["kept"]) if note],
        heads=[_head(table["table"], name) for name in fields],
        rows=[
            [_in_words(row[name], field) for name, field in fields.items()]
            for row in rows[:MAX_ROWS]
        ],
        more=max(0, len(rows) - MAX_ROWS),
    )


def _is_ever_told(rows: Sequence[Told], name: str) -> bool:
    return any(row[name] not in (None, "") for row in rows)


def _head(model: str, path: str) -> str:
    """What a column is about: of ``order__number`` the order, of ``event__status`` the status."""
    *relations, last = path.split("__")
    related = _field(model, "__".join(relations)).related_model if relations else None
    if related is not None and last in _NAMES:
        return capfirst(str(related._meta.verbose_name))
    return capfirst(str(_field(model, path).verbose_name))


def _field(model: str, path: str) -> "Field[Any, Any]":
    """The field at the end of a path such as ``order__number``."""
    model_class: Any = apps.get_model(model)
    *relations, last = path.split("__")
    for relation in relations:
        model_class = model_class._meta.get_field(relation).related_model
    field: Field[Any, Any] = model_class._meta.get_field(last)
    return field


def _in_words(value: Any, field: "Field[Any, Any]") -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return str(date_format(timezone.localtime(value), "DATETIME_FORMAT"))
    if isinstance(value, date):
        return str(date_format(value, "DATE_FORMAT"))
    if isinstance(value, dict | list):
        return readable_json(value)
    choices: dict[Any, Any] = dict(getattr(field, "flatchoices", ()) or ())
    return str(choices.get(value, value))


def readable_json(content: Any) -> str:
    """What was stored, as it was stored, on several lines."""
    return json.dumps(content, indent=2, ensure_ascii=False, default=str)
