"""Whether shoppers are told all that the law wants them to be told before they choose."""

from collections.abc import Callable
from typing import Any

from django.core.checks import CheckMessage
from django.db import connection
from wagtail.models import Site

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models import Controller, Purpose
from ethical_personalization.transparency.completeness import (
    missing_of_controller,
    missing_of_purpose,
)

from .messages import warning

_NOTHING: list[CheckMessage] = []


def check_controllers(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Each site says who is responsible, where to complain, and where the data is kept."""
    return _ask(databases, _silent_sites)


def check_purposes(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Each offered purpose says what for, with which data, from where."""
    return _ask(databases, _silent_purposes)


def _ask(databases: Any, find: Callable[[], list[CheckMessage]]) -> list[CheckMessage]:
    """A database that can't be asked, or has no tables yet, is no reason for a check to fail."""
    if not databases:
        return _NOTHING
    return attempt(lambda: find() if _has_tables() else _NOTHING, otherwise=_NOTHING, what="check")


def _has_tables() -> bool:
    """With the newest of our columns: checks run before ``migrate`` as well."""
    if Controller._meta.db_table not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, Purpose._meta.db_table)
    wanted = {field.column for field in Purpose._meta.concrete_fields}
    return wanted <= {column.name for column in described}


def _silent_sites() -> list[CheckMessage]:
    said = {each.site_id: each.words for each in Controller.objects.all()}
    missing = {site: missing_of_controller(said.get(site.pk, {})) for site in Site.objects.all()}
    return [
        warning(
            "W006",
            f"Shoppers of {site.hostname} are not told: {', '.join(parts)}.",
            "Fill it in under Personalisation → Responsible in Wagtail's admin.",
        )
        for site, parts in missing.items()
        if parts
    ]


def _silent_purposes() -> list[CheckMessage]:
    offered = Purpose.objects.filter(is_offered=True)
    missing = {purpose.key: missing_of_purpose(purpose) for purpose in offered}
    return [
        warning(
            "W007",
            f"The purpose {key!r} does not say: {', '.join(parts)}.",
            "Write it in the PurposeDeclaration, or under Personalisation → Purposes.",
        )
        for key, parts in missing.items()
        if parts
    ]
