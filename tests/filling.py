"""Rows for any table of the inventory, filled in by the types of its columns."""

import uuid
from datetime import date
from decimal import Decimal
from itertools import count

from django.db import models
from django.utils import timezone

_number = count(1)
#: Columns that Oscar's code needs, whatever its tables say.
_NEEDED = ("product", "product_class")
_VALUES = {
    models.DateTimeField: lambda field: timezone.now(),
    models.DateField: lambda field: date(2026, 1, 1),
    models.DecimalField: lambda field: Decimal("1.00"),
    models.EmailField: lambda field: f"somebody{next(_number)}@example.com",
    models.IntegerField: lambda field: 1,
    models.BooleanField: lambda field: False,
    models.UUIDField: lambda field: uuid.uuid4(),
    models.JSONField: lambda field: {},
    models.BinaryField: lambda field: b"x",
}


def a_row(model, **given):
    """A row of ``model``; what is not given and not optional is made up, relations included."""
    for field in model._meta.concrete_fields:
        is_given = field.name in given or field.attname in given
        is_optional = (field.null or field.has_default()) and field.name not in _NEEDED
        if is_given or field.primary_key or is_optional:
            continue
        given[field.name] = _value(field)
    treebeard = getattr(model, "add_root", None)
    return treebeard(**given) if treebeard else model._default_manager.create(**given)


def a_row_at(model, path, value):
    """A row of ``model`` that the lookup ``path`` finds by ``value``."""
    first, _, rest = path.removesuffix("__iexact").partition("__")
    if first == "pk":
        return model._default_manager.get(pk=value)
    if not rest:
        return a_row(model, **{first: value})
    related = model._meta.get_field(first)
    if related.concrete:
        return a_row(model, **{first: a_row_at(related.related_model, rest, value)})
    row = a_row(model)
    a_row(related.related_model, **{rest: value, _name_of_field_to(model, related): row})
    return row


def _name_of_field_to(model, related):
    return related.field.name


def _value(field):
    if field.remote_field is not None:
        return _first_or_new(field.related_model)
    for kind, make in _VALUES.items():
        if isinstance(field, kind):
            return make(field)
    return f"x{next(_number)}"[: field.max_length or 20]


def _first_or_new(model):
    return model._default_manager.first() or a_row(model)
