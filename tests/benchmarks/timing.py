"""Times the modes request by request in turn, so that what slows the machine slows them alike."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from statistics import median, quantiles
from time import perf_counter

from tests.benchmarks.modes import Mode, switch_to
from tests.benchmarks.shop import MeasuredPage
from tests.benchmarks.shoppers import Situation, answer

WARM_UP = 3
SEED = 2026
#: A mode whose requests take longer than this is asked in few of the rounds only.
SLOW_SECONDS = 0.4
ROUNDS_OF_THE_SLOW = 6


@dataclass(frozen=True, kw_only=True)
class Timed:
    """The seconds of each round by mode; a slow mode has some of the rounds only."""

    segments: int
    rules: str
    page: str
    situation: Situation
    seconds: Mapping[str, Mapping[int, float]]

    def p50(self, mode: str) -> float:
        """The median in seconds."""
        return median(self.seconds[mode].values())

    def p95(self, mode: str) -> float:
        """The 95th percentile in seconds."""
        return quantiles(self.seconds[mode].values(), n=20, method="inclusive")[-1]

    def ratio(self, mode: str, *, over: str = "bare") -> float:
        """The median of the rounds' own ratios: the figure that the targets speak of.

        Of the rounds that both took part in: on a busy machine bare may seem slow, too.
        """
        own, bare = self.seconds[mode], self.seconds[over]
        return median(own[number] / bare[number] for number in own.keys() & bare.keys())


def time_in_turn(
    modes: Sequence[Mode],
    page: MeasuredPage,
    situation: Situation,
    *,
    segments: int,
    rules: str,
    rounds: int,
) -> Timed:
    """Ask each mode once per round, in a random order; the same order in every run."""
    dice = Random(SEED)
    seconds: dict[str, dict[int, float]] = {mode.name: {} for mode in modes}
    every = {mode.name: _every(mode, page, situation, segments, rounds) for mode in modes}
    with _no_collections():
        for number in range(rounds):
            asked = [mode for mode in modes if number % every[mode.name] == 0]
            for mode in dice.sample(asked, len(asked)):
                seconds[mode.name][number] = _take_time(mode, page, situation, segments)
            gc.collect()
    return Timed(
        segments=segments, rules=rules, page=page.name, situation=situation, seconds=seconds
    )


def _every(mode: Mode, page: MeasuredPage, situation: Situation, segments: int, rounds: int) -> int:
    """Warm the mode up; 1 if it takes part in every round, 2 if in every second …"""
    for _ in range(WARM_UP):
        switch_to(mode)
        situation.take_over(mode, answer(mode, situation.environ(mode, page, segments)))
    if _take_time(mode, page, situation, segments) < SLOW_SECONDS:
        return 1
    return max(1, rounds // ROUNDS_OF_THE_SLOW)


def _take_time(mode: Mode, page: MeasuredPage, situation: Situation, segments: int) -> float:
    switch_to(mode)
    environ = situation.environ(mode, page, segments)
    situation.begin()
    moments = [perf_counter()]
    answer(mode, environ, sent=lambda: moments.append(perf_counter()))
    return moments[1] - moments[0]


@contextmanager
def _no_collections() -> Iterator[None]:
    """Garbage is collected between rounds, of what they made alone."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
