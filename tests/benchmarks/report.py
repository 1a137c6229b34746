"""The figures as Markdown tables, and as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Any

from tests.benchmarks.counting import Counted
from tests.benchmarks.figures import Figures, verdicts
from tests.benchmarks.ledger import Ledger
from tests.benchmarks.site_cache import REQUESTS, CacheHits
from tests.benchmarks.startup import MODES, Startup
from tests.benchmarks.subjects import Subjects
from tests.benchmarks.throughput import THREADS, Throughput
from tests.benchmarks.timing import Timed
from tests.benchmarks.widgets import WIDGETS, WITH, WITHOUT, Widgets


def as_markdown(figures: Figures) -> str:
    """Every part that was measured, and which targets hold."""
    parts = [
        _part("Queries", _queries(figures.counted)),
        _part("Time", _times(figures.timed)),
        _part(f"Throughput, {THREADS} threads", _throughput(figures.throughput)),
        _part(f"Site cache: hits of {REQUESTS} requests without cookies", _hits(figures.hits)),
        _part("Ledger", _ledger(figures.ledger)),
        _part("One subject", _subjects(figures.subjects)),
        _part(f"{WIDGETS} reasons on the home page", _widgets(figures.widgets)),
        _part("Start of a worker", _startup(figures.startup)),
        _part("Targets", _targets(figures)),
    ]
    return "\n".join(part for part in parts if part)


def as_json(figures: Figures) -> dict[str, Any]:
    """The same, to be compared by programs."""
    return {
        "queries": [
            _where(row) | {mode: vars(found) for mode, found in row.by_mode.items()}
            for row in figures.counted
        ],
        "seconds": [_where(row) | {"rounds": row.seconds} for row in figures.timed],
        "throughput": [
            {"page": row.page, "shopper": row.situation.name, "per_second": row.per_second}
            for row in figures.throughput
        ],
        "site_cache": [vars(row) for row in figures.hits],
        "ledger": figures.ledger and vars(figures.ledger),
        "subjects": figures.subjects and vars(figures.subjects),
        "widgets": figures.widgets
        and {
            "added_queries": figures.widgets.added_queries,
            "rounds": figures.widgets.timed.seconds,
        },
        "startup": figures.startup and figures.startup.starts,
        "targets": [vars(verdict) for verdict in verdicts(figures)],
    }


def _queries(counted: list[Counted]) -> Iterator[Sequence[object]]:
    if counted:
        yield ("segments", "rules", "page", "shopper", "bare", "peer added", "ours added")
        yield (">", "", "", "", ">", ">", ">")
    for row in counted:
        added = [_added_statements(row, mode) for mode in ("peer", "ours")]
        bare = row.by_mode["bare"]
        said = f"{bare.queries} / {bare.savepoints}"
        yield (row.segments, row.rules, row.page, row.situation.name, said, *added)


def _added_statements(row: Counted, mode: str) -> str:
    if mode not in row.by_mode:
        return ""
    bare, found = row.by_mode["bare"], row.by_mode[mode]
    after = f", then {found.after - bare.after:+d}" if found.after != bare.after else ""
    return f"{row.added(mode):+d} / {found.savepoints - bare.savepoints:+d}{after}"


def _times(timed: list[Timed]) -> Iterator[Sequence[object]]:
    if timed:
        yield (
            *("segments", "rules", "page", "shopper", "bare p50 / p95 ms"),
            *("peer p50 ×", "peer p95 ×", "ours p50 ×", "ours p95 ×", "ours, median of ratios"),
        )
        yield (">", "", "", "", ">", ">", ">", ">", ">", ">")
    for row in timed:
        bare = f"{row.p50('bare') * 1000:.1f} / {row.p95('bare') * 1000:.1f}"
        times = [*_over_bare(row, "peer"), *_over_bare(row, "ours"), f"{row.ratio('ours'):.3f}"]
        yield (row.segments, row.rules, row.page, row.situation.name, bare, *times)


def _over_bare(row: Timed, mode: str) -> tuple[str, str]:
    if mode not in row.seconds:
        return "", ""
    p50 = row.p50(mode) / row.p50("bare")
    p95 = row.p95(mode) / row.p95("bare")
    return f"{p50:.3f}", f"{p95:.3f}"


def _throughput(measured: list[Throughput]) -> Iterator[Sequence[object]]:
    if measured:
        yield ("segments", "page", "shopper", "bare per second", "ours per second", "ours / bare")
        yield (">", "", "", ">", ">", ">")
    for row in measured:
        rates = (f"{row.rate('bare'):.1f}", f"{row.rate('ours'):.1f}", f"{row.ratio('ours'):.1%}")
        yield (row.segments, row.page, row.situation.name, *rates)


def _hits(measured: list[CacheHits]) -> Iterator[Sequence[object]]:
    if measured:
        yield ("page", *measured[0].by_mode)
        yield ("", *(">" for _mode in measured[0].by_mode))
    for row in measured:
        yield (row.page, *row.by_mode.values())


def _ledger(ledger: Ledger | None) -> Iterator[Sequence[object]]:
    if ledger is None:
        return
    yield ("events", "verified in s", "plain per second", "choices per second", "ratio")
    yield (">", ">", ">", ">", ">")
    verified = " / ".join(f"{seconds:.2f}" for seconds in ledger.verified)
    if not ledger.plain:
        yield (ledger.events, verified, "", "", "")
        return
    rates = (f"{median(ledger.plain):.0f}", f"{median(ledger.recorded):.0f}")
    yield (ledger.events, verified, *rates, f"{ledger.ratio:.1%}")


def _subjects(subjects: Subjects | None) -> Iterator[Sequence[object]]:
    if subjects is None:
        return
    yield ("permission: queries", "with a shared cache", "cookie", "erased among", "p50 / worst ms")
    yield (">", ">", ">", ">", ">")
    erased = f"{median(subjects.erased_ms):.1f} / {max(subjects.erased_ms):.1f}"
    asked = (subjects.queries, subjects.queries_with_shared_cache)
    yield (*asked, f"{subjects.cookie_bytes} bytes", subjects.among, erased)


def _widgets(widgets: Widgets | None) -> Iterator[Sequence[object]]:
    if widgets is None:
        return
    yield ("added queries", "without p50 / p95 ms", "with p50 / p95 ms", "median of ratios")
    yield (">", ">", ">", ">")
    times = [
        f"{widgets.timed.p50(mode) * 1000:.1f} / {widgets.timed.p95(mode) * 1000:.1f}"
        for mode in (WITHOUT, WITH)
    ]
    yield (f"{widgets.added_queries:+d}", *times, f"{widgets.ratio:.3f}")


def _startup(startup: Startup | None) -> Iterator[Sequence[object]]:
    if startup is None:
        return
    yield ("shop", "ms", "CPU ms", "MB", "CPU ms after first pages", "MB after first pages")
    yield ("", ">", ">", ">", ">", ">")
    for mode in MODES:
        yield (mode, *_start_figures(startup.median_of(mode, name) for name in _START))
    for over in ("bare", "peer"):
        added = _start_figures(startup.added(name, over=over) for name in _START)
        yield (f"ours over {over}", *added)


_START = ("seconds", "cpu_seconds", "megabytes", "used_cpu_seconds", "used_megabytes")


def _start_figures(found: Iterable[float]) -> Iterator[str]:
    for name, figure in zip(_START, found, strict=True):
        yield f"{figure * 1000:.0f}" if name.endswith("seconds") else f"{figure:.1f}"


def _targets(figures: Figures) -> Iterator[Sequence[object]]:
    yield ("target", "measured at worst", "holds")
    yield ("", "", "")
    for verdict in verdicts(figures):
        yield (verdict.target, verdict.worst, "yes" if verdict.holds else "**no**")


def _part(title: str, rows: Iterable[Sequence[object]]) -> str:
    """A heading and its table, of which the second row says how columns are aligned."""
    lines = list(rows)
    if not lines:
        return ""
    head, alignment, *body = lines
    ruled = [" --: " if side else " --- " for side in alignment]
    table = [_line(head), f"|{'|'.join(ruled)}|", *map(_line, body)]
    return "\n".join([f"### {title}", "", *table, ""])


def _line(cells: Sequence[object]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _where(row: Counted | Timed) -> dict[str, object]:
    return {
        "segments": row.segments,
        "rules": row.rules,
        "page": row.page,
        "shopper": row.situation.name,
    }
