"""Requests per second of eight threads against PostgreSQL: bare and with us, in short turns."""

import gc
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from threading import Barrier
from time import perf_counter
from typing import Any

from django.db import connection

from tests.benchmarks.modes import Mode, switch_to
from tests.benchmarks.shop import MeasuredPage
from tests.benchmarks.shoppers import Situation, answer

THREADS = 8


@dataclass(frozen=True, kw_only=True)
class Throughput:
    """Requests per second of each turn, by mode."""

    segments: int
    page: str
    situation: Situation
    per_second: Mapping[str, Sequence[float]]

    def rate(self, mode: str) -> float:
        """The median of the turns."""
        return median(self.per_second[mode])

    def ratio(self, mode: str) -> float:
        """The median of the ratios to the bare turn beside it."""
        pairs = zip(self.per_second[mode], self.per_second["bare"], strict=True)
        return median(own / bare for own, bare in pairs)


def measure_throughput(
    modes: Sequence[Mode],
    page: MeasuredPage,
    situation: Situation,
    *,
    segments: int,
    turns: int,
    seconds: float,
) -> Throughput:
    """``turns`` turns of each mode; every other time the order is the reverse."""
    rates: dict[str, list[float]] = {mode.name: [] for mode in modes}
    with ThreadPoolExecutor(THREADS) as pool:
        for number in range(turns + 1):
            for mode in modes if number % 2 else reversed(modes):
                rate = _turn(pool, mode, situation.environ(mode, page, segments), seconds)
                if number:  # the first turn connects the threads and fills the caches
                    rates[mode.name].append(rate)
        _on_each_thread(pool, _disconnect)
    gc.collect()  # what a thread left in a cycle would keep its connection
    return Throughput(segments=segments, page=page.name, situation=situation, per_second=rates)


def _turn(
    pool: ThreadPoolExecutor, mode: Mode, environ: Mapping[str, object], seconds: float
) -> float:
    switch_to(mode)
    gc.collect()
    started = perf_counter()
    until = started + seconds

    def ask() -> int:
        asked = 0
        while perf_counter() < until:
            answer(mode, environ)
            asked += 1
        return asked

    asked = sum(_on_each_thread(pool, ask))
    return asked / (perf_counter() - started)


def _disconnect() -> None:
    """Called in the thread: before the call ``connection`` would be another thread's."""
    connection.close()


def _on_each_thread(pool: ThreadPoolExecutor, work: Callable[[], Any]) -> list[Any]:
    ready = Barrier(THREADS)

    def together() -> Any:
        ready.wait()
        return work()

    return [done.result() for done in [pool.submit(together) for _ in range(THREADS)]]
