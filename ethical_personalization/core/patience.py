"""Which code took so long that it is left alone for a while."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from .failing_closed import attempt

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

#: A page can bear this once.
LIMIT_SECONDS = 1.0
PAUSE_SECONDS = 60.0

#: Until when something is left alone, on the machine's monotonic clock; for this process.
_resumes_at: dict[str, float] = {}


def attempt_patiently(action: Callable[[], Result], *, otherwise: Result, what: str) -> Result:
    """``attempt``, but what took too long is not asked again for a minute.

    Python can't stop code that hangs. So one page waits for it, and not every page.
    """
    started = time.monotonic()
    if started < _resumes_at.get(what, 0.0):
        return otherwise
    result = attempt(action, otherwise=otherwise, what=what)
    if time.monotonic() - started > LIMIT_SECONDS:
        _resumes_at[what] = time.monotonic() + PAUSE_SECONDS
        logger.error("event=too_slow what=%s", what)
    return result


def forget() -> None:
    """Ask everything again: for tests, whose readers have nothing to do with the last test's."""
    _resumes_at.clear()
