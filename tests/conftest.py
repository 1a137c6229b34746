"""What the whole suite shares: the database made quickly, and what a machine may lack."""

import os
from collections import Counter

import pytest
from django.core.cache import cache

from ethical_personalization.models import published
from ethical_personalization.testing import as_a_new_worker
from tests.machine import lacking

pytest_plugins = [
    "tests.seeded",
    "tests.sparing",
    "tests.workers",
    "tests.databases",
    "tests.browser",
]

#: A machine that is busy with tests is not one whose shop publishes too much.
published.PATIENCE_SECONDS = published.SLOW_SECONDS = 5.0

SKIPS_ARE_FAILURES = os.environ.get("EP_NO_SKIPS") == "1"


@pytest.fixture(autouse=True)
def _empty_cache():
    """What a test left in the cache, or in this worker's memory, belongs to rows that are gone."""
    as_a_new_worker()
    yield
    cache.clear()


def pytest_collection_modifyitems(items):
    """Skip what the machine lacks."""
    for item in items:
        for marker, reason in lacking().items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    terminalreporter.section("left out")
    for reason, count in Counter(_reason(report) for report in skipped).items():
        terminalreporter.line(f"{count} not run: {reason}")
    if SKIPS_ARE_FAILURES:
        terminalreporter.line("EP_NO_SKIPS=1: that is a failure.", red=True)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if SKIPS_ARE_FAILURES and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _reason(report):
    _path, _line, reason = report.longrepr
    return reason.removeprefix("Skipped: ")
