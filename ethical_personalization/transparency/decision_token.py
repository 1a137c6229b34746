"""Which decision a form speaks of: signed for one shopper and one day, and kept nowhere."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core import signing

from ethical_personalization.core.decision_traces import DecisionTrace
from ethical_personalization.shopper.feedback import TRACE_HOLDS, utc_day

_SALT = "ethical_personalization.decision"
#: More than any decision needs; what is longer is not even looked at.
MAX_TOKEN = 4_000


class TokenFault(StrEnum):
    """Why a token does not hold. A forged one and one of somebody else look alike."""

    NOT_HERS = "not_hers"
    EXPIRED = "expired"


def make_token(trace: DecisionTrace, subject_id: UUID) -> str:
    """The same for the whole day, so that the same page has the same markup."""
    said = [trace.placement, trace.segment, list(trace.facts), trace.day.toordinal()]
    return _signer(subject_id).sign_object(said)


def read_token(token: str, subject_id: UUID, *, now: datetime) -> DecisionTrace | TokenFault:
    """What the page said to this subject; it holds on its day and the next."""
    try:
        said: Any = _signer(subject_id).unsign_object(token)  # we made it: a list of four
    except (signing.BadSignature, ValueError):  # ValueError: not even text
        return TokenFault.NOT_HERS
    placement, segment, facts, ordinal = said
    day = date.fromordinal(ordinal)
    if not day <= utc_day(now) <= day + TRACE_HOLDS:
        return TokenFault.EXPIRED
    return DecisionTrace(placement=placement, segment=segment, facts=tuple(facts), day=day)


def _signer(subject_id: UUID) -> signing.Signer:
    """Her pseudonym goes into the key and so is not in the page."""
    return signing.Signer(salt=f"{_SALT}:{subject_id.hex}")
