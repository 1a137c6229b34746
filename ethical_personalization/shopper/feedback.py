"""Keeps what a shopper says about a decision, apart from her unless she wants an answer."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.crypto import salted_hmac
from wagtail_personalisation.models import Segment

from ethical_personalization.core.decision_traces import DecisionTrace
from ethical_personalization.models import Feedback, FeedbackKind, Subject

_SALT = "ethical_personalization.feedback"
#: A page that is left open over midnight goes on working until the end of the next day.
TRACE_HOLDS = timedelta(days=1)


def keep_feedback(
    subject: Subject, trace: DecisionTrace, *, kind: str, words: str, wants_answer: bool
) -> bool:
    """Whether it is the first word on this decision; a second one takes the place of the first."""
    segment = Segment.objects.filter(pk=trace.segment).first() if trace.segment else None
    _row, is_new = Feedback.objects.update_or_create(
        mark=_mark(subject.pk, trace),
        defaults={
            "kind": kind,
            "placement": trace.placement,
            "segment": segment,
            "facts": list(trace.facts),
            "words": words,
            "subject": subject if wants_answer else None,
            "mark_until": trace.day + TRACE_HOLDS,
        },
    )
    return is_new


def ask_shop(subject: Subject, *, kind: str, words: str) -> None:
    """Keep a question or a complaint that is about no decision; she wants an answer."""
    Feedback.objects.create(subject=subject, kind=FeedbackKind(kind), words=words)


def hand_over_questions(source: UUID, target: UUID) -> None:
    """The account goes on with what was asked before it logged in."""
    Feedback.objects.filter(subject=source).update(subject=target)


def utc_day(now: datetime) -> date:
    """The day of ``now``, which is aware and in UTC."""
    return now.date()


def _mark(subject_id: UUID, trace: DecisionTrace) -> str:
    """Only who holds the shop's secret key could make it again, and only while it is kept."""
    said = (subject_id.hex, trace.placement, trace.segment, *trace.facts, trace.day)
    text = "\n".join(map(str, said))
    return salted_hmac(_SALT, text, algorithm="sha256").hexdigest()
