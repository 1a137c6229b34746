"""The form below a reason in which a shopper says what she thinks of the decision."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from ethical_personalization.core.decision_traces import trace_of
from ethical_personalization.core.decisions import Decision
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models.feedback import MAX_WORDS, ON_DECISION
from ethical_personalization.shopper.feedback import utc_day
from ethical_personalization.shopper.shopper import shopper_for

from .addresses import same_page
from .decision_token import make_token


@dataclass(frozen=True, kw_only=True)
class FeedbackForm:
    """What the form needs; ``kinds`` are value and words, ``next`` leads back to the page."""

    token: str
    next: str
    kinds: tuple[tuple[str, Any], ...]
    max_words: int = MAX_WORDS


def feedback_on(request: HttpRequest, decision: Decision) -> FeedbackForm | None:
    """None for who has allowed nothing: there is nobody to sign for. No query."""
    return attempt(lambda: _form(request, decision), otherwise=None, what="feedback")


def _form(request: HttpRequest, decision: Decision) -> FeedbackForm | None:
    shopper = shopper_for(request)
    if shopper.subject is None or not shopper.permitted:
        return None
    trace = trace_of(decision, day=utc_day(shopper.now))
    kinds = tuple((kind.value, kind.label) for kind in ON_DECISION)
    token = make_token(trace, shopper.subject.pk)
    return FeedbackForm(token=token, next=same_page(request), kinds=kinds)
