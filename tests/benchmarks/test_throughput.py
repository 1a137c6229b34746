"""The part of the benchmark that measures on PostgreSQL, in threads."""

from dataclasses import replace
from time import monotonic, sleep

import pytest
from django.db import connection

from tests.benchmarks.run import Extent, bench, set_up

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]


@pytest.fixture(scope="module")
def nobody(shop):
    """A bench with one segment, the landing page and a visitor who allowed nothing."""
    with bench(["landing"]) as made:
        set_up(made, 1, "facts")
        yield replace(made, asking=made.asking[:1])


def test_throughput_is_measured_in_threads_that_leave_no_connection(nobody):
    began = server_time()
    (found,) = nobody.throughput(Extent(segments=[1], turns=1, seconds_per_turn=0.5))
    assert min(found.rate("bare"), found.rate("ours")) > 0
    until = monotonic() + 30  # a busy server takes its time to see that they are gone
    while sessions_since(began) and monotonic() < until:
        sleep(0.05)
    assert sessions_since(began) == []


def server_time():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def sessions_since(moment):
    """What each other session of our database did last that began after ``moment``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, query FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            " AND backend_start > %s",
            [moment],
        )
        return cursor.fetchall()
