"""What was compiled of published rows, and when a worker last knew it to be current."""

import time
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Edition(Generic[Value]):
    """Something compiled, with the hashes of the rows and of the code that it was made by.

    ``seconds``: how long compiling it kept a processor.
    """

    token: str
    value: Value
    seconds: float = 0.0


@dataclass(kw_only=True)
class Held(Generic[Value]):
    """What this worker has, and when that last was what is published (monotonic seconds)."""

    edition: Edition[Value]
    confirmed_at: float

    def is_confirmed(self, *, token: str) -> bool:
        """Whether it is what ``token`` stands for, which is what is published now."""
        if self.edition.token != token:
            return False
        self.confirmed_at = time.monotonic()
        return True
