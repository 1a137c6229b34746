"""Counts the SQL statements of a request, apart from the timed ones: counting costs time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from ethical_personalization.shopper.absences import forget_absences
from tests.benchmarks.clock import CLOCK
from tests.benchmarks.modes import Mode, switch_to
from tests.benchmarks.shop import MeasuredPage
from tests.benchmarks.shoppers import Situation, answer
from tests.queries import STEERS

#: Longer than anything that is looked at only now and then goes without being looked at.
PAUSE_SECONDS = 3.0


@dataclass(frozen=True, kw_only=True)
class Statements:
    """How many of each kind one request made; ``after`` it was sent, nobody waits for them."""

    queries: int
    savepoints: int
    after: int


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One row of the table: the statements of each mode."""

    segments: int
    rules: str
    page: str
    situation: Situation
    by_mode: Mapping[str, Statements]

    def added(self, mode: str) -> int:
        """Queries that ``mode`` makes beyond the bare page's."""
        return self.by_mode[mode].queries - self.by_mode["bare"].queries

    def added_after(self, mode: str) -> int:
        """The same of those after the response was sent."""
        return self.by_mode[mode].after - self.by_mode["bare"].after


def count(
    modes: Iterable[Mode],
    page: MeasuredPage,
    situation: Situation,
    *,
    segments: int,
    rules: str,
) -> Counted:
    """The statements of one page for one shopper, warm, in each mode."""
    return Counted(
        segments=segments,
        rules=rules,
        page=page.name,
        situation=situation,
        by_mode={mode.name: _statements(mode, page, situation, segments) for mode in modes},
    )


def _statements(mode: Mode, page: MeasuredPage, situation: Situation, segments: int) -> Statements:
    """The more of two requests, caches being warm: one at once and one after a pause."""
    switch_to(mode)
    forget_absences()  # or the minute that an account is remembered for may end within the pause
    warm = answer(mode, situation.environ(mode, page, segments))
    situation.take_over(mode, warm)
    environ = situation.environ(mode, page, segments)
    situation.begin()
    at_once = _of_one_request(mode, environ)
    CLOCK.let_pass(PAUSE_SECONDS)
    situation.begin()
    after_pause = _of_one_request(mode, environ)
    return max(at_once, after_pause, key=lambda found: (found.queries, found.after))


def _of_one_request(mode: Mode, environ: Mapping[str, object]) -> Statements:
    when_sent: list[int] = []
    reset_queries()  # the log has an end, behind which nothing is counted
    with CaptureQueriesContext(connection) as captured:
        answer(mode, environ, sent=lambda: when_sent.append(len(captured)))
    asked = [STEERS.match(query["sql"]) is None for query in captured]
    until_sent, after = asked[: when_sent[0]], asked[when_sent[0] :]
    return Statements(queries=sum(until_sent), savepoints=until_sent.count(False), after=sum(after))
