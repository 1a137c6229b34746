"""Runs the parts of the benchmark over shops of growing size."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import override_settings

from tests.benchmarks.counting import Counted, count
from tests.benchmarks.figures import Figures
from tests.benchmarks.ledger import measure_ledger
from tests.benchmarks.modes import Mode, load_modes, switch_to
from tests.benchmarks.proofs import prove
from tests.benchmarks.shop import RULES, MeasuredPage, grow, measured_pages, prepare, write_rules
from tests.benchmarks.shoppers import NO_CONSENT, SERVED, Situation, situations
from tests.benchmarks.site_cache import CacheHits, count_hits
from tests.benchmarks.startup import measure_startup
from tests.benchmarks.subjects import measure_subjects
from tests.benchmarks.throughput import Throughput, measure_throughput
from tests.benchmarks.timing import Timed, time_in_turn
from tests.benchmarks.widgets import measure_widgets

ERASURES = 50


@dataclass(frozen=True, kw_only=True)
class Extent:
    """How much is measured; 0 leaves a part out. Without names of pages: all of them."""

    segments: Sequence[int] = (1, 10, 100, 300)
    pages: Sequence[str] = ()
    rounds: int = 60
    turns: int = 8
    seconds_per_turn: float = 1.5
    starts: int = 9
    events: int = 100_000
    subjects: int = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Bench:
    """The shop with its modes, pages and shoppers at hand."""

    modes: dict[str, Mode]
    pages: list[MeasuredPage]
    asking: list[Situation]

    def count(self, segments: int, rules: str, *, without: Sequence[str] = ()) -> Iterator[Counted]:
        """The statements of every page for every shopper, ``without`` some of the modes."""
        modes = [mode for mode in self._modes(rules) if mode.name not in without]
        for page, situation in self._places():
            yield count(modes, page, situation, segments=segments, rules=rules)

    def time(self, segments: int, rules: str, rounds: int) -> Iterator[Timed]:
        """The seconds; rules make no difference to who allowed nothing."""
        size = {"segments": segments, "rules": rules, "rounds": rounds}
        for page, situation in self._places(is_timed=True):
            if rules == "host" or situation.outcome != NO_CONSENT:
                yield time_in_turn(self._modes(rules), page, situation, **size)

    def throughput(self, extent: Extent) -> Iterator[Throughput]:
        """Bare against us alone, in the largest shop."""
        modes = [self.modes["bare"], self.modes["ours"]]
        size = {"turns": extent.turns, "seconds": extent.seconds_per_turn}
        for page, situation in self._places(is_timed=True):
            if situation.outcome != SERVED:
                segments = max(extent.segments)
                yield measure_throughput(modes, page, situation, segments=segments, **size)

    def hits(self, segments: int) -> Iterator[CacheHits]:
        """The site cache's, for clients without cookies."""
        for page in self.pages:
            yield count_hits(self.modes.values(), page, self.asking[0], segments=segments)

    def _places(self, *, is_timed: bool = False) -> Iterator[tuple[MeasuredPage, Situation]]:
        return (
            (page, situation)
            for page in self.pages
            for situation in self.asking
            if situation.opens(page) and situation.is_timed >= is_timed
        )

    def _modes(self, rules: str) -> list[Mode]:
        """The peer knows no rules on facts."""
        return [mode for mode in self.modes.values() if rules == "host" or mode.name != "peer"]


@contextmanager
def bench(pages: Sequence[str] = ()) -> Iterator[Bench]:
    """A bench on the loaded boutique; the process is left as it was, the database is not."""
    # A page that fails says why, instead of answering 500.
    with _lasting_connections(), override_settings(DEBUG_PROPAGATE_EXCEPTIONS=True):
        modes = load_modes()
        prepare()
        measured = [page for page in measured_pages() if not pages or page.name in pages]
        try:
            yield Bench(modes=modes, pages=measured, asking=situations(modes))
        finally:
            switch_to(modes["ours"])


@contextmanager
def _lasting_connections() -> Iterator[None]:
    """Keep connections to the database: making them would drown what we look for."""
    events = (request_started, request_finished)
    for event in events:
        event.disconnect(close_old_connections)
    try:
        yield
    finally:
        for event in events:
            event.connect(close_old_connections)


def set_up(made: Bench, segments: int, rules: str) -> None:
    """Bring the shop to its size, with rules of one kind, and prove that the modes are right."""
    switch_to(made.modes["ours"])
    grow(segments)
    write_rules(rules)
    prove(made.modes, made.asking, segments, rules)


def measure(extent: Extent, tell: Callable[[str], object]) -> Figures:
    """Everything, on the database that is loaded."""
    figures = Figures()
    with bench(extent.pages) as made:
        _measure_pages(made, extent, figures, tell)
    if extent.events:
        tell(f"a ledger of {extent.events} events")
        figures.ledger = measure_ledger(
            events=extent.events, turns=extent.turns, seconds=extent.seconds_per_turn
        )
    if extent.subjects:
        tell(f"one of {extent.subjects} subjects")
        figures.subjects = measure_subjects(among=extent.subjects, erasures=ERASURES)
    if extent.starts:
        tell("start of a worker")
        figures.startup = measure_startup(times=extent.starts)
    return figures


def _measure_pages(
    made: Bench, extent: Extent, figures: Figures, tell: Callable[[str], object]
) -> None:
    """Shops only grow, so the small ones come first."""
    for segments in sorted(extent.segments):
        for rules in RULES:
            tell(f"{segments} segments with rules of the kind {rules!r}")
            set_up(made, segments, rules)
            figures.counted += made.count(segments, rules)
            if extent.rounds:
                figures.timed += made.time(segments, rules, extent.rounds)
    tell("site cache")
    figures.hits = list(made.hits(max(extent.segments)))
    if extent.turns and connection.vendor == "postgresql":
        tell("throughput")
        figures.throughput = list(made.throughput(extent))
    if extent.rounds:
        tell("six reasons on a page")
        figures.widgets = measure_widgets(made.modes["ours"], made.asking, rounds=extent.rounds)
