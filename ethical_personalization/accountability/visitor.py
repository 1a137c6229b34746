"""Who walks through the shop: what an HTTP client and a browser have in common."""

from collections.abc import Sequence
from typing import Protocol

from .answers import Answer
from .filling import Submission


class Visitor(Protocol):
    """Somebody new. What she asks for comes back as all its answers, redirects included."""

    def opens(self, url: str) -> Sequence[Answer]:
        """Open the address; the last answer is the page that she sees."""

    def sends(self, sent: Submission) -> Sequence[Answer]:
        """Send a form of the shop. If the last answer leads somewhere, that is not opened yet."""

    def holds(self) -> frozenset[str]:
        """What the device keeps besides cookies: a kind of storage and a name in each."""

    def session_key(self) -> str:
        """The session that she carries; empty without one."""
