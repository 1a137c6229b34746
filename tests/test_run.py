"""What the workers of a run share is made once, and a run that died is in nobody's way."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.run import Run, Series


def test_what_several_need_at_once_is_made_once(tmp_path):
    run, made = Run(folder=tmp_path, prefix=""), []

    def make():
        made.append("made")
        time.sleep(0.1)  # the other asks meanwhile
        return "told"

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda number: run.once("shop", make), range(2)))
    assert told == ["told", "told"]
    assert len(made) == 1


def test_what_could_not_be_made_is_left_to_the_next(tmp_path):
    run = Run(folder=tmp_path, prefix="")

    def fail():
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        run.once("shop", fail)
    assert run.once("shop", lambda: "told") == "told"


@pytest.mark.postgresql
def test_runs_at_once_have_databases_of_their_own_and_a_killed_one_leaves_none():
    name = f"runs-{os.getpid()}"
    killed, other = Series(name), Series(name)
    assert killed.prefix != other.prefix
    killed.connection.execute(f'CREATE DATABASE "{killed.prefix}shop"')
    process = killed.connection.info.backend_pid
    killed.connection.close()
    while other.connection.execute(
        "SELECT FROM pg_stat_activity WHERE pid = %s", [process]
    ).fetchall():
        time.sleep(0.01)
    following = Series(name)
    assert following.prefix == killed.prefix
    found = other.connection.execute("SELECT datname FROM pg_database").fetchall()
    assert (f"{killed.prefix}shop",) not in found
    for series in (following, other):
        series.close()
