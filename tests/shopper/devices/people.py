"""Whom the expected shop knows, and what a device carries: plain values, nothing of the package."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

COOKIE, UNDO = timedelta(days=180), timedelta(days=7)
#: How long a yes holds, whether it makes a profile, and whether it asks or goes on without.
PURPOSES = {
    "stated": {"days": 730, "profiles": True, "asks": True},
    "browsing": {"days": 180, "profiles": True, "asks": True},
    "care": {"days": 30, "profiles": False, "asks": True},
    "service": {"days": 30, "profiles": True, "asks": False},
}
PROFILES = {key for key, purpose in PURPOSES.items() if purpose["profiles"]}


@dataclass(eq=False)
class Person:
    """Whom the ledger knows: of an account, or of whoever holds the cookie."""

    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    paused: bool = False
    minor_until: datetime | None = None
    gone: bool = False
    of_account: bool = False

    def refused(self):
        return {key: word["at"] for key, word in self.said.items() if not word["yes"]}


@dataclass(frozen=True)
class Cookie:
    """What a device carries, and what somebody may copy and put back."""

    person: Person | None = None
    refused: tuple[tuple[str, datetime], ...] = ()
    minor_until: datetime | None = None


@dataclass
class Device:
    cookie: Cookie = Cookie()
    until: datetime | None = None
    account: str | None = None
    gpc: bool = False
