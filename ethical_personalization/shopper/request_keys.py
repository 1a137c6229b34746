"""Keys that forms carry, so that an answer that is sent twice is recorded once."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from ethical_personalization.models import ConsentEvent, Subject

#: For so long may a browser that never got the response, and so no cookie, send its first yes
#: again and be taken for the same. Later, the key could have come from anywhere.
FIRST_ANSWER_AGAIN = timedelta(minutes=10)


def new_key() -> str:
    """For a form that nobody else is shown."""
    return secrets.token_urlsafe(16)


def digest_of(key: str, answers: Mapping[str, bool]) -> str:
    """What is stored of ``key``; empty without one.

    Other answers under the same key, after the back button, are another request. The key itself
    is not stored: whoever holds it is taken for its shopper.
    """
    if not key:
        return ""
    return sha256(json.dumps([key, sorted(answers.items())]).encode()).hexdigest()


def subject_of_first_answer(digest: str, *, now: datetime) -> Subject | None:
    """The anonymous subject that this very request created a moment ago, if it is a repetition."""
    if not digest:
        return None
    event = (
        ConsentEvent.objects.filter(request_key=digest, at__gt=now - FIRST_ANSWER_AGAIN)
        .filter(subject__user__isnull=True, subject__closed_at__isnull=True)
        .select_related("subject")
        .first()
    )
    return event.subject if event is not None else None
