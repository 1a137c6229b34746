"""The options of ``python -m tests.benchmarks``, and one whole run of it."""

import argparse
import json
import sys
from collections.abc import Sequence
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from tests.benchmarks.figures import Figures, verdicts
from tests.benchmarks.report import as_json, as_markdown
from tests.benchmarks.run import Extent, measure
from tests.benchmarks.shop import PAGES

STARTED = perf_counter()
FULL = Extent()
QUICK = Extent(
    segments=(1, 10), rounds=10, turns=2, seconds_per_turn=0.5, starts=3, events=2000, subjects=2000
)


def main(arguments: Sequence[str], description: str) -> int:
    """Measure, report, and say by the exit code whether every target holds."""
    asked = _parser(description).parse_args(arguments)
    figures = _on_a_fresh_database(_extent(asked))
    said = json.dumps(as_json(figures), indent=1) if asked.json else as_markdown(figures)
    sys.stdout.write(said + "\n")
    return 0 if all(verdict.holds for verdict in verdicts(figures)) else 1


def _on_a_fresh_database(extent: Extent) -> Figures:
    _tell(f"loading the boutique into {connection.vendor}: a minute")
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        call_command("load_boutique", verbosity=0, stdout=sys.stderr)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return measure(extent, _tell)
    finally:
        teardown_databases(made, verbosity=0)


def _extent(asked: argparse.Namespace) -> Extent:
    base = QUICK if asked.quick else FULL
    given = {"segments": asked.segments, "pages": asked.pages, "rounds": asked.rounds}
    parts = {
        "turns": asked.turns,
        "starts": asked.starts,
        "events": asked.events,
        "subjects": asked.subjects,
    }
    chosen = {name: value for name, value in (given | parts).items() if value is not None}
    return Extent(**(vars(base) | chosen))


def _parser(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=description)
    parser.add_argument("--quick", action="store_true", help="a few rounds, to see that it works")
    parser.add_argument("--segments", type=_numbers, help="such as 1,10,100,300")
    parser.add_argument("--pages", type=_pages, help=f"some of {','.join(PAGES)}")
    parser.add_argument("--rounds", type=int, help="of timed requests; 0: count queries only")
    parser.add_argument("--turns", type=int, help="of throughput on PostgreSQL; 0: none")
    parser.add_argument("--starts", type=int, help="of a worker, of each kind; 0: none")
    parser.add_argument("--events", type=int, help="in a ledger that is verified; 0: none")
    parser.add_argument("--subjects", type=int, help="of whom some are erased; 0: none")
    parser.add_argument("--json", action="store_true", help="JSON instead of Markdown")
    return parser


def _numbers(said: str) -> tuple[int, ...]:
    return tuple(int(number) for number in said.split(","))


def _pages(said: str) -> tuple[str, ...]:
    names = tuple(said.split(","))
    if unknown := set(names) - set(PAGES):
        raise argparse.ArgumentTypeError(f"No page {', '.join(unknown)}; there are {PAGES}.")
    return names


def _tell(text: str) -> None:
    sys.stderr.write(f"{perf_counter() - STARTED:5.0f} s  {text}\n")
