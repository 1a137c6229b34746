"""The registered facts, as far as a consent permits them to be read."""

from datetime import datetime

from ethical_personalization.core.consent import Consent
from ethical_personalization.core.facts import PermittedFacts
from ethical_personalization.core.instructions import NO_INSTRUCTIONS, Instructions
from ethical_personalization.core.registry import facts

from .source import FactSource


def facts_under(
    consent: Consent,
    *,
    instructions: Instructions = NO_INSTRUCTIONS,
    source: FactSource | None = None,
    now: datetime,
) -> PermittedFacts:
    """Without a ``source`` none can be read; an empty ``consent`` permits none."""
    return PermittedFacts(
        find=facts.finder() if source is not None else lambda key: None,
        consent=consent,
        instructions=instructions,
        source=source,
        now=now,
    )
