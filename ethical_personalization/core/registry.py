"""What is registered: purposes, facts, rules and placements, each under its key."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from .exceptions import DuplicateName, UnknownName
from .facts import Fact
from .placements import Placement
from .purposes import PurposeDeclaration
from .rules import RuleDeclaration


class Keyed(Protocol):
    """Anything with a key of its own."""

    @property
    def key(self) -> str: ...


Item = TypeVar("Item", bound=Keyed)
Source = Callable[[], Iterable[Item | Callable[[], Iterable[Item]]]]


class Registry(Generic[Item]):
    """Items by key, collected once from a source on first use.

    A source yields items and, for items that editors make at run time, functions which are asked
    at each use and do their own caching.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._source: Source[Item] = tuple
        self._items: dict[str, Item] | None = None
        self._families: list[Callable[[], Iterable[Item]]] = []
        #: Counts the changes, so that what was made of the items can be told to be of now.
        self.edition = 0

    def collect_from(self, source: Source[Item]) -> None:
        """Where the items come from; asked on first use, not now."""
        self._source = source
        self._items = None
        self.edition += 1

    def get(self, key: str) -> Item:
        """The item under ``key``; raises ``UnknownName`` with the registered keys."""
        fixed = self._collected()
        if key in fixed:
            return fixed[key]
        every = self.all()
        if key not in every:
            raise UnknownName(self.kind, key, every)
        return every[key]

    def find(self, key: str) -> Item | None:
        """The item under ``key``, or None where its code has gone."""
        fixed = self._collected()
        return fixed[key] if key in fixed else self.all().get(key)

    def finder(self) -> Callable[[str], Item | None]:
        """``find`` for the length of one request: what editors make is asked for at most once."""
        every: list[Mapping[str, Item]] = []

        def find(key: str) -> Item | None:
            if key in self._collected():
                return self._collected()[key]
            if not every:
                every.append(self.all())
            return every[0].get(key)

        return find

    def all(self) -> Mapping[str, Item]:
        """Every item by key, in the order of registration."""
        found = dict(self._collected())
        for family in self._families:
            for item in family():
                found.setdefault(item.key, item)
        return found

    def declared(self) -> Mapping[str, Item]:
        """The items that code registers, by key; what editors make is not asked for."""
        return dict(self._collected())

    @contextmanager
    def temporarily(self, *items: Item) -> Iterator[None]:
        """Register ``items`` for the length of a ``with`` block: for tests."""
        before = self._collected()
        self._items = {**before, **{item.key: item for item in items}}
        self.edition += 1
        try:
            yield
        finally:
            self._items = before
            self.edition += 1

    def _collected(self) -> dict[str, Item]:
        if self._items is None:
            self._items, self._families = {}, []
            for item in self._source():
                self._add(item)
        return self._items

    def _add(self, item: Item | Callable[[], Iterable[Item]]) -> None:
        assert self._items is not None  # noqa: S101 - set by the only caller
        if callable(item):
            self._families.append(item)
        elif item.key in self._items:
            raise DuplicateName(self.kind, item.key)
        else:
            self._items[item.key] = item


purposes: Registry[PurposeDeclaration] = Registry("purpose")
facts: Registry[Fact] = Registry("fact")
rules: Registry[RuleDeclaration] = Registry("rule")
placements: Registry[Placement] = Registry("placement")
