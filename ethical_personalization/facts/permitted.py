"""The registered facts, as far as a consent permits them to be read."""

from datetime import datetime

from ethical_personalization.core.consent import Consent
from ethical_personalization.core.facts import PermittedFacts
from ethical_personalization.core.instructions import NO_INSTRUCTIONS, Instructions
from ethical_personalization.core.registry import facts

from .sensitive import without_sensitive
from .source import FactSource


def facts_under(
    consent: Consent,
    *,
    instructions: Instructions = NO_INSTRUCTIONS,
    source: FactSource | None = None,
    now: datetime,
) -> PermittedFacts:
    """Without a ``source`` none can be read; an empty ``consent`` permits none."""
    find = facts.finder()
    return PermittedFacts(
        find=lambda key: without_sensitive(find(key)) if source is not None else None,
        consent=consent,
        instructions=instructions,
        source=source,
        now=now,
    )
