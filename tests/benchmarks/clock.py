"""A clock on which time can be let pass, for what is looked at only now and then.

Once installed it stays and only goes forward: set back, it would let whatever was looked at lie in
the future, and so nobody would look again for a while.
"""

import time


class Clock:
    """``time.monotonic`` of this process, ahead of the machine's by what was let pass."""

    def __init__(self) -> None:
        self._real = time.monotonic
        self._ahead = 0.0

    def __call__(self) -> float:
        return self._real() + self._ahead

    def let_pass(self, seconds: float) -> None:
        time.monotonic = self
        self._ahead += seconds


CLOCK = Clock()
