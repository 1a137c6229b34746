"""What feedback is about, in words, and which of it is in use."""

from django.db.models import QuerySet

from ethical_personalization.core.registry import facts, placements
from ethical_personalization.models import Feedback


def in_use(found: QuerySet[Feedback]) -> QuerySet[Feedback]:
    """Without those of shoppers who are being erased: nothing of theirs is used any more."""
    return found.exclude(subject__closed_at__isnull=False)


def place_in_words(key: str) -> str:
    """The title of the placement, or its key where the code has it no more."""
    placement = placements.find(key)
    return str(placement.title) if placement is not None else key


def facts_in_words(keys: list[str]) -> list[str]:
    """Their labels, in the order of the reason."""
    found = ((key, facts.find(key)) for key in keys)
    return [str(fact.label) if fact is not None else key for key, fact in found]
