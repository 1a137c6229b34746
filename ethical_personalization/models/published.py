"""What editors publish, compiled once and shared between requests and workers.

Whatever is compiled is filed under a hash of the rows that it was made of. So nobody has to be told
of a change, not even of one by ``QuerySet.update()`` or of a rollback, and what another worker
filed is right or is not found. Each worker asks for the hashes at most once a second, and at once
after a change of its own.
"""

import threading
import time
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.cache import cache
from django.core.signals import request_finished
from django.db.models.signals import m2m_changed, post_delete, post_save

from ethical_personalization.core.exceptions import PersonalizationError
from ethical_personalization.core.patience import attempt_patiently

from .editions import Edition, Held
from .fingerprints import Rows
from .freshness import MAX_AGE_SECONDS, MAX_SILENCE_SECONDS
from .open_changes import Seen, note_change
from .press import Press
from .savepoints import undisturbed

#: What keeps the processor longer is compiled after a response, if there is an older edition.
SLOW_SECONDS = 0.1
#: How long a page without an older edition waits for another thread's.
PATIENCE_SECONDS = 0.2
#: How long Django's cache keeps what one worker compiled for the others.
CACHE_SECONDS = 3600

_UID = "ethical_personalization.published"
Value = TypeVar("Value")

_press = Press()


class StillCompiling(PersonalizationError):
    """Nothing is there that is new enough, and compiling takes its time; the page does without."""


class Published(Generic[Value]):
    """Something that ``compile_rows`` makes of the rows that ``rows`` names.

    The result must be picklable and depend on these rows and on code alone; ``signature`` names
    the code, so that workers of two releases don't take each other's, and nobody takes what lacks
    a part that was left alone for a while.
    """

    def __init__(
        self,
        name: str,
        *,
        rows: Callable[[], Iterable[Rows]],
        compile_rows: Callable[[], Value],
        signature: Callable[[], str],
    ) -> None:
        self._name = name
        self._find_rows = rows
        self._compile = compile_rows
        self._signature = signature
        self._editions: Seen[Held[Value]] = Seen()
        self._last_look = ("", 0.0)
        self._compiling = threading.Lock()
        self._is_worth_waiting = True
        _press.add(self)

    def get(self) -> Value:
        """What is published now, or was within the last second. Raises where the database does."""
        return self._current().value

    def at_hand(self) -> Value:
        """What this worker has, without a query; it is confirmed after the response.

        For pages of visitors who allowed nothing. A worker that has nothing yet asks, and so does
        one that answered nobody for some seconds: what it has could be of yesterday.
        """
        return self.edition_at_hand().value

    def edition_at_hand(self) -> Edition[Value]:
        """The same with its token, for what is made of it in turn.

        What is known to be older, because something else was asked for meanwhile, is not at hand.
        """
        held = self._editions.get()
        if held is None or not self._may_be_newest(held.edition):
            with undisturbed():
                return self._current()
        _press.ask_after_response()
        return held.edition

    def _may_be_newest(self, held: Edition[Value]) -> bool:
        """False where nothing is known of it; no query."""
        known = _press.freshness.known_token(self._labels)
        return known is not None and held.token == f"{known}.{self._signature()}"

    def renew(self) -> None:
        """Make what this worker has what is published, however long it takes."""
        token = self._token()
        held = self._editions.get()
        if held is not None and not held.is_confirmed(token=token):
            self._renew(token)

    def drop(self) -> None:
        """Begin as a worker that has compiled nothing yet."""
        self._editions.drop()

    @cached_property
    def rows(self) -> tuple[Rows, ...]:
        """What it is made of; from the first use on, a worker hears of its own changes at once."""
        named = tuple(self._find_rows())
        for model in {each.queryset.model for each in named}:
            for signal in (post_save, post_delete, m2m_changed):
                signal.connect(_on_change, sender=model, dispatch_uid=_UID)
        return named

    @cached_property
    def _labels(self) -> tuple[str, ...]:
        return tuple(rows.label for rows in self.rows)

    def _current(self) -> Edition[Value]:
        token = self._token()
        held = self._editions.get()
        if held is not None and held.is_confirmed(token=token):
            return held.edition
        if held is None or not (_is_slow(held) or self._compiling.locked()):
            return self._renew(token)
        return self._filed_meanwhile(token) or self._older(held) or self._renew(token)

    def _token(self) -> str:
        """The hash of the rows, and of the code that compiles them."""
        return f"{_press.freshness.token(self._labels)}.{self._signature()}"

    def _filed_meanwhile(self, token: str) -> Edition[Value] | None:
        """What another worker compiled; a page asks often, so it is looked for once a second."""
        looked_for, at = self._last_look
        if looked_for == token and time.monotonic() - at < MAX_AGE_SECONDS:
            return None
        self._last_look = (token, time.monotonic())
        found = self._from_cache(token)
        if found is not None:
            self._keep(found, as_of=time.monotonic())
        return found

    def _older(self, held: Held[Value]) -> Edition[Value] | None:
        """What was published a moment ago, until this worker or another thread compiled the next.

        An hour ago it could have been anything. So a page does without if it can't wait for the
        next; None where it takes no time. Raises ``StillCompiling``.
        """
        if not self._compiling.locked():
            _press.renew_after_response()
        if time.monotonic() - held.confirmed_at <= MAX_SILENCE_SECONDS:
            return held.edition
        if _is_slow(held):
            raise StillCompiling(f"{self._name!r} is compiled after the response; it is too old.")
        return None

    def _renew(self, token: str) -> Edition[Value]:
        """Compile, after waiting a little for another thread that does, which may never end.

        A page asks often. So what was waited for once is not waited for again until it ends.
        """
        patience = PATIENCE_SECONDS if self._is_worth_waiting else 0
        if not self._compiling.acquire(timeout=patience):
            self._is_worth_waiting = False
            raise StillCompiling(f"Another thread still compiles {self._name!r}; try again later.")
        try:
            held, asked_at = self._editions.get(), time.monotonic()
            if held is not None and held.is_confirmed(token=token):
                return held.edition
            made = self._from_cache(token) or self._compiled(token)
            if self._editions.get() is held:  # else a page took something newer meanwhile
                self._keep(made, as_of=asked_at)
            return made
        finally:
            self._is_worth_waiting = True
            self._compiling.release()

    def _keep(self, edition: Edition[Value], *, as_of: float) -> None:
        self._editions.keep(Held(edition=edition, confirmed_at=as_of))

    def _from_cache(self, token: str) -> Edition[Value] | None:
        """What another worker filed; None for anything that no worker of this code filed."""
        found = attempt_patiently(lambda: cache.get(self._key(token)), otherwise=None, what="cache")
        return found if isinstance(found, Edition) and found.token == token else None

    def _compiled(self, token: str) -> Edition[Value]:
        started = time.thread_time()  # not of a machine that is busy with something else
        value = self._compile()
        made = Edition(token=token, value=value, seconds=time.thread_time() - started)
        if token.endswith(self._signature()):  # else it lacks what was left alone meanwhile
            attempt_patiently(
                lambda: cache.set(self._key(token), made, CACHE_SECONDS),
                otherwise=None,
                what="cache",
            )
        return made

    def _key(self, token: str) -> str:
        return f"ethical_personalization.{self._name}.{token}"


def _is_slow(held: Held[Any]) -> bool:
    return held.edition.seconds > SLOW_SECONDS


def _on_change(*, using: str, **kwargs: Any) -> None:
    """Ask anew in this transaction, and after it: other threads may have asked meanwhile."""
    forget_published()
    note_change(using=using, tell=forget_published)


def forget_published() -> None:
    """Ask anew at the next use: for requests inside a transaction that is never committed.

    Only tests make such requests. What they see must not be what another test published.
    """
    _press.freshness.forget()


def drop_published() -> None:
    """Forget also what was compiled: for tests that put another database in place."""
    _press.drop()


def connect() -> None:
    """Confirm after responses; calling it again changes nothing."""
    request_finished.connect(_press.finish, dispatch_uid=_UID)
