"""A small bench for the tests: the shop without its pictures, counted once for all of them."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.benchmarks.run import bench, set_up

SEGMENTS = (1, 100)


@pytest.fixture(scope="module")
def counted(shop):
    """``rows``: what pages cost shoppers; ``bench``: at its largest, for the landing page.

    All pages are opened in the shop of a hundred segments, and the landing page in that of one
    too: only pages that have variants can depend on the number of segments.
    """
    rows = []
    with bench() as made:
        landing = replace(made, pages=[page for page in made.pages if page.name == "landing"])
        for segments, measured in zip(SEGMENTS, (landing, made), strict=True):
            set_up(made, segments, "facts")
            rows += measured.count(segments, "facts")
        yield SimpleNamespace(rows=rows, bench=landing)
