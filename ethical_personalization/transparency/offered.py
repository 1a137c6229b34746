"""The words of what is offered, at hand for the banner that stands on every page."""

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models import Purpose
from ethical_personalization.models.purposes import offered_purposes as published_purposes

from .notice import Words, words_of


def cached_purposes() -> list[Words]:
    """The offered purposes in the reader's language, without a query; none without a database.

    Another worker may have published other words within the last second. Nobody consents to old
    ones: whoever takes an answer compares their fingerprint with what the database says.
    """
    nothing: tuple[Purpose, ...] = ()
    purposes = attempt(published_purposes.at_hand, otherwise=nothing, what="offered")
    return [words_of(purpose) for purpose in purposes if purpose.declaration is not None]
