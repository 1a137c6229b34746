"""What a run of tests makes once for all its workers: a folder, a lock, names for databases.

The process that was started (xdist's controller, or the only one) has them and tells its workers.
All of it goes when that process ends. What a killed run leaves behind is never used: folders have
new names each time, and databases of the same name are dropped before the next run begins.
"""

import fcntl
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.machine import uses_postgresql
from tests.settings import SCRATCH

RUN = pytest.StashKey()
SERIES = pytest.StashKey()


@dataclass(frozen=True, kw_only=True)
class Run:
    """Where the workers of one run share what one of them has made."""

    folder: Path
    prefix: str  # how the names of its databases begin, on PostgreSQL

    def once(self, name: str, make: Callable[[], str]) -> str:
        """What ``make`` said in the worker that needed it first; the others wait until it is made.

        A worker that dies or fails while it makes something leaves it to the next.
        """
        made = self.folder / f"{name}.made"
        if not made.exists():
            with made.with_suffix(".lock").open("w") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # until the file is closed, also by a death
                if not made.exists():
                    new = made.with_suffix(".new")
                    new.write_text(make())
                    new.replace(made)
        return made.read_text()


class Series:
    """The databases of one run on a PostgreSQL server, told by how their names begin.

    Runs on the same server count up until they find a number that is free; the server holds it
    for them as long as they are connected.
    """

    def __init__(self, name: str) -> None:
        import psycopg  # a run on SQLite needs none

        self.connection = psycopg.connect(dbname="postgres", autocommit=True)
        self.prefix = next(filter(self._is_free, (f"test_{name}.{n}." for n in count())))
        self._drop()

    def close(self) -> None:
        self._drop()
        self.connection.close()

    def _is_free(self, prefix: str) -> bool:
        return self._ask("SELECT pg_try_advisory_lock(hashtext(%s))", prefix)[0][0]

    def _drop(self) -> None:
        found = self._ask("SELECT datname FROM pg_database WHERE starts_with(datname, %s)")
        for (name,) in found:
            self.connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _ask(self, question: str, prefix: str | None = None) -> list[Any]:
        return self.connection.execute(question, [prefix or self.prefix]).fetchall()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    """Before xdist starts its workers."""
    config = session.config
    if told := getattr(config, "workerinput", None):
        config.stash[RUN] = Run(folder=Path(told["run_folder"]), prefix=told["run_prefix"])
        return
    prefix = ""
    if uses_postgresql():
        config.stash[SERIES] = Series(settings.DATABASES["default"]["NAME"])
        prefix = config.stash[SERIES].prefix
    folder = SCRATCH / "run"
    folder.mkdir()
    config.stash[RUN] = Run(folder=folder, prefix=prefix)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    run = node.config.stash[RUN]
    node.workerinput |= {"run_folder": str(run.folder), "run_prefix": run.prefix}


def pytest_unconfigure(config):
    if series := config.stash.get(SERIES, None):
        series.close()
