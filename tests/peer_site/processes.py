"""Runs Django on the peer site in a process of its own, with its own settings and database."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PROBES = Path(__file__).parent / "probes"
PYTEST = (
    *("-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-p", "pytest_django.plugin"),
    *("-p", "pytest_timeout", "-p", "tests.sparing"),
    *("--confcutdir", str(PROBES), "-o", "python_files=probe_*.py", "-p", "no:cacheprovider"),
    *("-q", "-rA", "--tb=short", str(PROBES)),
)


def start(mode, database, *arguments):
    """Python with ``arguments``; its output and errors are one text."""
    environment = {
        **os.environ,
        "EP_PEER_MODE": mode,
        "EP_PEER_DATABASE": str(database),
        "DJANGO_SETTINGS_MODULE": "tests.peer_site.settings",
        "PYTHONPATH": str(ROOT),
        "PYTEST_ADDOPTS": "",  # they may be for a plugin that is not loaded here
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # Hypothesis alone takes seconds to import
        "COLUMNS": "250",
    }
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def output_of(process):
    """What it said, once it has ended well."""
    said, _nothing = process.communicate()
    assert process.returncode == 0, said
    return said
