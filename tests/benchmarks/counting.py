"""Counts the SQL statements of a request, apart from the timed ones: counting costs time."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.modes import Mode, switch_to
from tests.benchmarks.shop import MeasuredPage
from tests.benchmarks.shoppers import Situation, answer

#: What steers transactions and asks for no data.
_STEERS = re.compile(r"(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK|BEGIN|COMMIT)\b", re.IGNORECASE)
#: Caches fill with the first request; what it costs later is counted.
WARM_UP = 1
#: The most of so many is taken: what is done now and then only must not be missed by luck.
COUNTED = 2


@dataclass(frozen=True, kw_only=True)
class Statements:
    """How many of each kind one request made."""

    queries: int
    savepoints: int


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
    switch_to(mode)
    for _ in range(WARM_UP):
        warm = answer(mode, situation.environ(mode, page, segments))
        situation.take_over(mode, warm)
    environ = situation.environ(mode, page, segments)
    taken = [_of_one_request(mode, environ) for _ in range(COUNTED)]
    return max(taken, key=lambda found: (found.queries, found.savepoints))


def _of_one_request(mode: Mode, environ: Mapping[str, object]) -> Statements:
    with CaptureQueriesContext(connection) as captured:
        answer(mode, environ)
    steering = [_STEERS.match(query["sql"]) for query in captured]
    return Statements(
        queries=sum(found is None for found in steering),
        savepoints=sum(found is not None for found in steering),
    )
