"""What a fresh or upgraded installation finds in its database after ``migrate``."""

from typing import Any

from .core.registry import purposes
from .models import PreferenceQuestion, QuestionSource
from .models.purposes import create_declared

#: key, question, explanation, source, attribute code, order
_QUESTIONS = (
    ("styles", "Which styles do you like?", QuestionSource.ATTRIBUTE, "style"),
    ("colours", "Which colours do you like to wear?", QuestionSource.ATTRIBUTE, "colour"),
    ("sizes", "Which sizes do you wear?", QuestionSource.ATTRIBUTE, "size"),
    ("categories", "What do you look for here?", QuestionSource.CATEGORY, ""),
)


def create_defaults(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """Create the declared purposes and, on the first run, the questions to start with."""
    create_declared(purposes.all().values())
    if not PreferenceQuestion.objects.exists():
        PreferenceQuestion.objects.bulk_create(
            PreferenceQuestion(
                key=key, title=title, source=source, attribute_code=code, sort_order=order
            )
            for order, (key, title, source, code) in enumerate(_QUESTIONS)
        )
