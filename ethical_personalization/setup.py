"""What a fresh or upgraded installation finds in its database after ``migrate``."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from .core.registry import purposes
from .editor.adoption import adopt_segments
from .models import (
    Disclosure,
    HowWePersonalisePage,
    PreferenceQuestion,
    Purpose,
    PurposeVersion,
    QuestionSource,
    SegmentPolicy,
)
from .models.disclosures import keep_disclosure
from .models.preferences import STANDARD_QUESTIONS
from .models.purposes import create_declared
from .personalization.hidden_variants import hide_variants

#: key, source, attribute code; in the order in which they are asked
_QUESTIONS = (
    ("styles", QuestionSource.ATTRIBUTE, "style"),
    ("colours", QuestionSource.ATTRIBUTE, "colour"),
    ("sizes", QuestionSource.ATTRIBUTE, "size"),
    ("categories", QuestionSource.CATEGORY, ""),
)

_FILLED = (
    Purpose,
    PurposeVersion,
    PreferenceQuestion,
    SegmentPolicy,
    Disclosure,
    HowWePersonalisePage,
)


def create_defaults(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Create the declared purposes, the first questions and a policy per segment; hide variants.

    Django sends the signal after each ``migrate``, also of another app alone or backwards: without
    our tables, as they are today, there is nothing to fill.
    """
    if using != DEFAULT_DB_ALIAS or not _are_tables_of_today(using):
        return
    with transaction.atomic():  # what is told is recorded once, when all of it is there
        _create()
    keep_disclosure()


def _create() -> None:
    create_declared(purposes.all().values())
    adopt_segments()
    hide_variants()
    if not PreferenceQuestion.objects.exists():
        PreferenceQuestion.objects.bulk_create(
            PreferenceQuestion(
                key=key,
                title=STANDARD_QUESTIONS[key],
                source=source,
                attribute_code=code,
                sort_order=order,
            )
            for order, (key, source, code) in enumerate(_QUESTIONS)
        )


def _are_tables_of_today(using: str) -> bool:
    """Not on the way back to, or up from, an older release: then columns are missing."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for model in _FILLED:
            if model._meta.db_table not in tables:
                return False
            described = connection.introspection.get_table_description(cursor, model._meta.db_table)
            wanted = {field.column for field in model._meta.local_concrete_fields}
            if not wanted <= {column.name for column in described}:
                return False
    return True
