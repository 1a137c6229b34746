"""The one edge at which an error of anybody's code becomes "nothing personal"."""

import logging
from collections.abc import Callable
from typing import TypeVar

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


def attempt(action: Callable[[], Result], *, otherwise: Result, what: str) -> Result:
    """``action()``, or ``otherwise`` and one log line if it raises.

    The line names ``what`` and the kind of error, never a message: messages of databases and of
    third-party rules quote values, and values are personal data.
    """
    try:
        return action()
    except Exception as error:  # noqa: BLE001 - fail closed, whatever a third party's code raises
        logger.error("event=failed_closed what=%s error=%s", what, type(error).__name__)
        return otherwise
