"""Which purposes a shopper is asked about: what is new to her, has changed or run out."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from .consent import Consent, ConsentStatus


class WhyAsked(StrEnum):
    """Why a question is open; ``FIRST`` is asked of who has never answered anything."""

    FIRST = "first"
    NEW = "new"
    CHANGED = "changed"
    BACK = "back"
    ENDED = "ended"


_NO_LONGER_HOLDS = {
    ConsentStatus.INVALIDATED: WhyAsked.CHANGED,
    ConsentStatus.EXPIRED: WhyAsked.ENDED,
}


def open_questions(
    consent: Consent, offered_since: Mapping[str, datetime], *, now: datetime
) -> dict[str, WhyAsked]:
    """The purposes to ask about, with the reason, in the order of ``offered_since``.

    ``offered_since`` says since when each purpose is offered. What was offered when she last
    answered, and she left open, is not asked again: she has seen it. Nor is a refusal.
    """
    answered_at = _last_answer(consent)
    if answered_at is None:
        return dict.fromkeys(offered_since, WhyAsked.FIRST)
    asked = {}
    for key, since in offered_since.items():
        status = consent.status(key, now=now)
        if status in _NO_LONGER_HOLDS:
            is_back = consent.is_from_before_a_break(key)
            asked[key] = WhyAsked.BACK if is_back else _NO_LONGER_HOLDS[status]
        elif status is ConsentStatus.UNKNOWN and since > answered_at:
            asked[key] = WhyAsked.NEW
    return asked


def _last_answer(consent: Consent) -> datetime | None:
    times = [*(choice.at for choice in consent.choices.values()), *consent.refused_here.values()]
    return max(times, default=None)
