"""Which addresses are still to be visited: each once, and of each kind only some."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass

from .addresses import Kinds, is_action, skipped_prefixes


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How far a crawl goes. ``per_kind`` bounds the pages of one view.

    Without garbage the visitor only browses, searches and fills her basket.
    """

    starts: tuple[str, ...] = ("/",)
    most: int = 300
    per_kind: int = 4
    skip: tuple[str, ...] = ()
    with_garbage: bool = True


class Frontier:
    """The addresses that were found, in the order in which they were."""

    def __init__(self, limits: Limits, kinds: Kinds) -> None:
        self._limits = limits
        self._kinds = kinds
        self._skipped = (*skipped_prefixes(), *limits.skip)
        self._waiting: deque[str] = deque()
        self._known: set[str] = set()
        self.visited: Counter[str] = Counter()

    def add(self, urls: Iterable[str]) -> None:
        """Remember new addresses that may be visited."""
        for url in urls:
            if url in self._known or not self.may_visit(url):
                continue
            self._known.add(url)
            self._waiting.append(url)

    def may_visit(self, url: str) -> bool:
        """Whether the crawl goes to ``url`` at all."""
        return not url.startswith(self._skipped) and not is_action(url)

    def next(self) -> str | None:
        """The address to visit now; None when nothing is left or enough was seen."""
        while self._waiting and self.visited.total() < self._limits.most:
            url = self._waiting.popleft()
            kind = self._kinds.of(url)
            if self.visited[kind] < self._limits.per_kind:
                self.visited[kind] += 1
                return url
        return None
