"""What this worker last heard of the rows that editors publish, and when it must ask again."""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from .fingerprints import Rows, ask_fingerprints
from .open_changes import Seen

#: For so long a worker goes on without asking whether something else is published now.
MAX_AGE_SECONDS = 1.0
#: A worker that answered nobody for longer asks before the next page, and not after it.
MAX_SILENCE_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class _Heard:
    """One answer: hashes by label, after how many changes, and at which monotonic time."""

    hashes: Mapping[str, str]
    changes: int
    at: float
    tokens: dict[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def age(self) -> float:
        return time.monotonic() - self.at

    def token(self, labels: tuple[str, ...]) -> str:
        if labels not in self.tokens:
            known = ",".join(self.hashes[label] for label in labels)
            self.tokens[labels] = hashlib.sha256(known.encode()).hexdigest()[:32]
        return self.tokens[labels]


class Freshness:
    """The hashes of the rows that ``find_rows`` names, at most a second old.

    Threads share it. An answer counts the changes before its question: one that was on its way
    while another thread changed something never passes for news. What a transaction with changes
    of its own heard is for nobody else.
    """

    def __init__(self, find_rows: Callable[[], Iterable[Rows]]) -> None:
        self._find_rows = find_rows
        self._heard: Seen[_Heard] = Seen()
        self._changes = 0

    def token(self, labels: tuple[str, ...]) -> str:
        """One hash for the rows under ``labels``; asks if what is known is too old."""
        known = self._known()
        if known is None or self.is_due() or any(label not in known.hashes for label in labels):
            known = self._ask()
        return known.token(labels)

    def known_token(self, labels: tuple[str, ...]) -> str | None:
        """The same without asking; None where too little is known, or from too long ago."""
        known = self._known()
        if known is None or any(label not in known.hashes for label in labels):
            return None
        return known.token(labels) if known.age <= MAX_SILENCE_SECONDS else None

    def is_due(self) -> bool:
        """Whether it is time to ask."""
        known = self._known()
        return known is None or known.age > MAX_AGE_SECONDS

    def forget(self) -> None:
        """Something changes: whatever was asked until now is no news."""
        self._changes += 1

    def put_off(self) -> None:
        """Nobody could be asked: go on for another second with what is known."""
        heard = self._heard.get()
        if heard is not None:
            self._heard.keep(replace(heard, at=time.monotonic()))

    def _known(self) -> _Heard | None:
        heard = self._heard.get()
        return heard if heard is not None and heard.changes == self._changes else None

    def _ask(self) -> _Heard:
        changes, at = self._changes, time.monotonic()
        every = {rows.label: rows for rows in self._find_rows()}
        heard = _Heard(hashes=ask_fingerprints(every.values()), changes=changes, at=at)
        self._heard.keep(heard)
        return heard
