"""Accounts that never allowed anything: their pages need not ask the database each time.

Remembered by this worker alone, for a minute: so long may another device of an account take to
learn of its first *yes*. The device that says it carries a mark in its session and learns at once.
"""

import time
from typing import Any

from django.http import HttpRequest

MAX_AGE_SECONDS = 60.0
MAX_ACCOUNTS = 10_000
_MARK = "ethical_personalization.has_chosen"

#: Primary key of the account, and when it was looked for, on the machine's monotonic clock.
_looked_for: dict[Any, float] = {}


def is_absent(request: HttpRequest, user: Any) -> bool:
    """Whether ``user`` had chosen nothing a short while ago."""
    looked_for = _looked_for.get(user.pk)
    if looked_for is None or request.session.get(_MARK):
        return False
    return time.monotonic() - looked_for < MAX_AGE_SECONDS


def remember_absence(user: Any) -> None:
    """``user`` was looked for and has chosen nothing."""
    if len(_looked_for) >= MAX_ACCOUNTS:
        _looked_for.clear()
    _looked_for[user.pk] = time.monotonic()


def end_absence(request: HttpRequest, user_pk: Any) -> None:
    """The account has chosen on this device, whichever worker answers next."""
    _looked_for.pop(user_pk, None)
    session = getattr(request, "session", None)
    if session is not None and session.session_key:
        session[_MARK] = True


def forget_absences() -> None:
    """Look for everybody again: for tests, whose accounts share primary keys."""
    _looked_for.clear()
