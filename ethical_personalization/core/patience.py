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
#: Since when the calls that have no answer yet wait for one.
_asked_at: dict[str, dict[object, float]] = {}


def attempt_patiently(action: Callable[[], Result], *, otherwise: Result, what: str) -> Result:
    """``attempt``, but what took too long is not asked again for a minute.

    Python can't stop code that hangs. So the pages that came first wait for it, and nobody who
    comes later than ``LIMIT_SECONDS``, be it that it never ends.
    """
    started = time.monotonic()
    if _is_left_alone(what, now=started):
        return otherwise
    call, asked = object(), _asked_at.setdefault(what, {})
    asked[call] = started
    try:
        result = attempt(action, otherwise=otherwise, what=what)
    finally:
        del asked[call]
    was_forgotten = _asked_at.get(what) is not asked
    if time.monotonic() - started > LIMIT_SECONDS and not was_forgotten:
        _resumes_at[what] = time.monotonic() + PAUSE_SECONDS
        logger.error("event=too_slow what=%s", what)
    return result


def left_alone(prefix: str) -> list[str]:
    """What is left alone now, of that whose name begins with ``prefix``."""
    now, known = time.monotonic(), {*_resumes_at, *_asked_at}
    named = (what for what in sorted(known) if what.startswith(prefix))
    return [what for what in named if _is_left_alone(what, now=now)]


def _is_left_alone(what: str, *, now: float) -> bool:
    waiting = tuple(_asked_at.get(what, {}).values())  # other threads change it meanwhile
    return now < _resumes_at.get(what, 0.0) or any(now - at > LIMIT_SECONDS for at in waiting)


def forget() -> None:
    """Ask everything again: for tests, whose readers have nothing to do with the last test's."""
    _resumes_at.clear()
    _asked_at.clear()
