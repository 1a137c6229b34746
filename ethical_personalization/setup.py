"""What a fresh or upgraded installation finds in its database after ``migrate``."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from .core.registry import purposes
from .editor.adoption import adopt_segments
from .models import PreferenceQuestion, Purpose, QuestionSource
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


def create_defaults(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Create the declared purposes, the first questions and a policy per segment; hide variants.

    Django sends the signal after each ``migrate``, also of another app alone or backwards: without
    our tables there is nothing to fill.
    """
    tables = connections[using].introspection.table_names()
    if using != DEFAULT_DB_ALIAS or Purpose._meta.db_table not in tables:
        return
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
