"""The databases of the peer site, and its probes run on both sides at once."""

import os
import re
import shutil

import pytest

from tests.contents import fingerprint
from tests.peer_site.processes import PYTEST, output_of, start

#: They run in processes of their own, where these pages are installed.
collect_ignore = ["probes"]
MIGRATE = ("-m", "django", "migrate", "--verbosity=0")


@pytest.fixture(scope="session")
def database_of(request, tmp_path_factory):
    """A fresh copy of the migrated database of a mode; migrated once per set of migrations."""
    kept = request.config.cache.mkdir("migrated") / f"peer-{fingerprint('tests/peer_site')}"
    if not kept.exists():
        new = tmp_path_factory.mktemp("migrated")  # renamed when it is whole: a run may be stopped
        output_of(start("alone", new / "alone.sqlite3", *MIGRATE))
        shutil.copy(new / "alone.sqlite3", new / "ours.sqlite3")
        output_of(start("ours", new / "ours.sqlite3", *MIGRATE))
        beside = kept.with_name(f"{kept.name}.{os.getpid()}")
        shutil.copytree(new, beside)
        try:
            beside.rename(kept)
        except OSError:  # another run was first; its databases are as good
            shutil.rmtree(beside)

    def copy(mode):
        path = tmp_path_factory.mktemp("peer") / f"{mode}.sqlite3"
        shutil.copy(kept / f"{mode}.sqlite3", path)
        return path

    return copy


@pytest.fixture(scope="session")
def probed(database_of):
    """What became of each probe, with us (``ours``) and without us (``alone``)."""
    running = {mode: start(mode, database_of(mode), *PYTEST) for mode in ("alone", "ours")}
    said = {mode: process.communicate()[0] for mode, process in running.items()}
    return {mode: _Outcome(text) for mode, text in said.items()}


class _Outcome:
    def __init__(self, text):
        found = re.findall(r"^(PASSED|FAILED|ERROR) \S+::(\S+)", text, re.MULTILINE)
        self.text = text
        self.passed = {name for status, name in found if status == "PASSED"}
        self.failed = {name for status, name in found if status == "FAILED"}
        self.broken = {name for status, name in found if status == "ERROR"}
