"""All that one run of the benchmark found, and the targets that it is held against."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.counting import Counted
from tests.benchmarks.ledger import Ledger
from tests.benchmarks.shoppers import NO_CONSENT, NO_MATCH, SERVED
from tests.benchmarks.site_cache import CacheHits
from tests.benchmarks.startup import Startup
from tests.benchmarks.subjects import PURPOSES, Subjects
from tests.benchmarks.throughput import Throughput
from tests.benchmarks.timing import Timed
from tests.benchmarks.widgets import WIDGETS, Widgets

#: Added queries, and the median ratio to bare, by what the shopper sees.
MOST_QUERIES = {NO_CONSENT: 0, NO_MATCH: 3, SERVED: 6}
#: The same after the response, when nobody waits: what is published, and what she looked at.
MOST_AFTERWARDS = {NO_CONSENT: 1, NO_MATCH: 8, SERVED: 8}
HIGHEST_RATIO = {NO_CONSENT: 1.03, NO_MATCH: 1.15}
LEAST_THROUGHPUT = 0.95
LEAST_RECORDED = 0.5
MOST_SECONDS_PER_EVENT = 2 / 100_000
MOST_ERASED_MS = 100
MOST_COOKIE_BYTES = 200
MOST_OF_WIDGETS = 1.05
MOST_START_SECONDS = 0.1
MOST_START_MEGABYTES = 15


@dataclass(kw_only=True)
class Figures:
    """Filled part by part; a part that was not asked for stays empty."""

    counted: list[Counted] = field(default_factory=list)
    timed: list[Timed] = field(default_factory=list)
    hits: list[CacheHits] = field(default_factory=list)
    throughput: list[Throughput] = field(default_factory=list)
    startup: Startup | None = None
    ledger: Ledger | None = None
    subjects: Subjects | None = None
    widgets: Widgets | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One target: what was measured at worst, where, and whether that is good enough."""

    target: str
    worst: str
    holds: bool


def verdicts(figures: Figures) -> list[Verdict]:
    """Every target of which something was measured."""
    return [
        *_queries(figures.counted),
        *_growth(figures.counted),
        *_ratios(figures.timed),
        *_throughput(figures.throughput),
        *_hits(figures.hits),
        *_ledger(figures.ledger),
        *_subjects(figures.subjects),
        *_widgets(figures.widgets),
        *_start(figures.startup),
    ]


def grows(counted: Iterable[Counted]) -> dict[str, dict[int, int]]:
    """Where our queries differ with the number of segments: place -> segments -> queries."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for row in counted:
        place = f"{row.page}, {row.situation.name} ({row.rules} rules)"
        found[place][row.segments] = row.by_mode["ours"].queries
    return {place: taken for place, taken in found.items() if len(set(taken.values())) > 1}


def _queries(counted: list[Counted]) -> Iterator[Verdict]:
    for outcome, most in MOST_QUERIES.items():
        rows = [row for row in counted if row.situation.outcome == outcome]
        yield from _most(rows, _in_the_page, most, "added queries")
    for outcome, most in MOST_AFTERWARDS.items():
        rows = [row for row in counted if row.situation.outcome == outcome]
        yield from _most(rows, _afterwards, most, "after the response")


def _most(
    rows: Sequence[Counted], added: Callable[[Counted], int], most: int, what: str
) -> Iterator[Verdict]:
    if rows:
        worst = max(rows, key=added)
        where = f"{worst.page}, {worst.situation.name}, {worst.segments} segments"
        yield Verdict(
            target=f"{worst.situation.outcome}: at most {most} {what}",
            worst=f"{added(worst):+d} ({where})",
            holds=added(worst) <= most,
        )


def _in_the_page(row: Counted) -> int:
    return row.added("ours")


def _afterwards(row: Counted) -> int:
    return row.added_after("ours")


def _growth(counted: list[Counted]) -> Iterator[Verdict]:
    if len({row.segments for row in counted}) > 1:
        found = grows(counted)
        worst = next((f"{place}: {taken}" for place, taken in found.items()), "the same everywhere")
        yield Verdict(target="queries don't grow with segments", worst=worst, holds=not found)


def _ratios(timed: list[Timed]) -> Iterator[Verdict]:
    for outcome, highest in HIGHEST_RATIO.items():
        rows = [row for row in timed if row.situation.outcome == outcome]
        if rows:
            worst = max(rows, key=lambda row: row.ratio("ours"))
            yield Verdict(
                target=f"{outcome}: median ratio to bare at most {highest}",
                worst=f"{worst.ratio('ours'):.3f} ({worst.page}, {worst.segments} segments)",
                holds=worst.ratio("ours") <= highest,
            )


def _throughput(measured: list[Throughput]) -> Iterator[Verdict]:
    rows = [row for row in measured if row.situation.outcome == NO_CONSENT]
    if rows:
        worst = min(rows, key=lambda row: row.ratio("ours"))
        yield Verdict(
            target=f"no consent, 8 threads: at least {LEAST_THROUGHPUT:.0%} of bare throughput",
            worst=f"{worst.ratio('ours'):.1%} ({worst.page})",
            holds=worst.ratio("ours") >= LEAST_THROUGHPUT,
        )


def _hits(measured: list[CacheHits]) -> Iterator[Verdict]:
    if measured:
        worst = min(measured, key=lambda row: row.by_mode["ours"] - row.by_mode["bare"])
        yield Verdict(
            target="no cookie: the site cache's hits of the bare page",
            worst=f"{worst.by_mode['ours']} of {worst.by_mode['bare']} ({worst.page})",
            holds=worst.by_mode["ours"] >= worst.by_mode["bare"],
        )


def _ledger(ledger: Ledger | None) -> Iterator[Verdict]:
    if ledger is None:
        return
    if ledger.plain:
        yield Verdict(
            target=f"a choice: at least {LEAST_RECORDED:.0%} of plain transactions of two rows",
            worst=f"{ledger.ratio:.1%}",
            holds=ledger.ratio >= LEAST_RECORDED,
        )
    most, best = MOST_SECONDS_PER_EVENT * ledger.events, min(ledger.verified)
    yield Verdict(
        target=f"verifying {ledger.events} events: at most {most:.2f} s",
        worst=f"{best:.2f} s (the best of {len(ledger.verified)})",
        holds=best <= most,
    )


def _subjects(subjects: Subjects | None) -> Iterator[Verdict]:
    if subjects is None:
        return
    asked = (subjects.queries, subjects.queries_with_shared_cache)
    yield Verdict(
        target="a permission: at most 1 query, 0 with a shared cache",
        worst=f"{asked[0]}, {asked[1]}",
        holds=asked[0] <= 1 and asked[1] == 0,
    )
    yield Verdict(
        target=f"cookie, {PURPOSES} purposes: at most {MOST_COOKIE_BYTES} bytes",
        worst=f"{subjects.cookie_bytes} bytes",
        holds=subjects.cookie_bytes <= MOST_COOKIE_BYTES,
    )
    yield Verdict(
        target=f"erasing one of {subjects.among} subjects: at most {MOST_ERASED_MS} ms of database",
        worst=f"{max(subjects.erased_ms):.1f} ms (of {len(subjects.erased_ms)})",
        holds=max(subjects.erased_ms) <= MOST_ERASED_MS,
    )


def _widgets(widgets: Widgets | None) -> Iterator[Verdict]:
    if widgets is not None:
        yield Verdict(
            target=f"{WIDGETS} reasons on a page: no query, at most {MOST_OF_WIDGETS} of its time",
            worst=f"{widgets.added_queries:+d}, {widgets.ratio:.3f}",
            holds=widgets.added_queries <= 0 and widgets.ratio <= MOST_OF_WIDGETS,
        )


def _start(startup: Startup | None) -> Iterator[Verdict]:
    if startup is None:
        return
    # A start waits for nothing but the disk: CPU time is what it costs on a busy machine too.
    seconds = startup.added("cpu_seconds", over="bare")
    megabytes = startup.added("megabytes", over="bare")
    yield Verdict(
        target=f"start: at most {MOST_START_SECONDS * 1000:.0f} ms over bare",
        worst=f"{seconds * 1000:+.0f} ms, of which wagtail-personalisation "
        f"{(seconds - startup.added('cpu_seconds', over='peer')) * 1000:+.0f} ms",
        holds=seconds <= MOST_START_SECONDS,
    )
    yield Verdict(
        target=f"start: at most {MOST_START_MEGABYTES} MB over bare",
        worst=f"{megabytes:+.1f} MB",
        holds=megabytes <= MOST_START_MEGABYTES,
    )
