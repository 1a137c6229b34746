"""What installing us adds to the start of a worker, in processes of their own that take turns."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parent.parent.parent
MODES = ("bare", "peer", "ours")


@dataclass(frozen=True, kw_only=True)
class Startup:
    """What each start cost, by mode: seconds, cpu_seconds, megabytes.

    ``used_cpu_seconds`` and ``used_megabytes`` include the first page of who allowed everything
    and, with us, the preference center.
    """

    starts: Mapping[str, Sequence[Mapping[str, float]]]

    def median_of(self, mode: str, figure: str) -> float:
        return median(start[figure] for start in self.starts[mode])

    def added(self, figure: str, *, over: str) -> float:
        """What we add to the median of ``over``."""
        return self.median_of("ours", figure) - self.median_of(over, figure)


def measure_startup(*, times: int) -> Startup:
    """Start each shop ``times`` times; the first start of each fills the disk's cache only."""
    starts: dict[str, list[Mapping[str, float]]] = {mode: [] for mode in MODES}
    with TemporaryDirectory() as folder:
        database = str(Path(folder) / "shop.sqlite3")
        shop = _run("started_shop", database)
        for number in range(times + 1):
            for mode in MODES:
                start = _run("starting", mode, database, shop["path"], shop["cookies"])
                if number:
                    starts[mode].append(start)
    return Startup(starts=starts)


def _run(module: str, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", f"tests.benchmarks.{module}", *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'sandbox'}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
