"""The page of standards is whole: every row has a test, and every test is one that runs."""

import re
import subprocess
import sys
from importlib import import_module

import pytest

from tests.pages import ROOT, page
from tests.standards import rows

STANDARDS = page("docs/reference/standards.md")
#: Marks that keep a test from showing anything.
IDLE = {"skip", "skipif", "xfail"}


def table(number):
    """The rows of a table of the page: names in the first column, what stands in the last."""
    cells = [row("td") for row in STANDARDS.soup("table")[number]("tr")[1:]]
    return [(row[0].get_text(), row[-1].get_text()) for row in cells]


LISTED = [line for number in range(3) for line in table(number)]
NAMED = sorted({test for _row, test in LISTED})


@pytest.mark.parametrize(
    ("number", "wanted"),
    [(0, rows.RULES), (1, rows.COMPLAINTS), (2, rows.MISTAKES), (3, rows.LATER)],
    ids=["rules", "complaints", "mistakes", "later"],
)
def test_page_has_every_row_in_order_and_no_other(number, wanted):
    assert tuple(dict.fromkeys(name for name, _test in table(number))) == wanted
    assert all(test for _name, test in table(number))


def test_page_has_no_row_that_is_still_to_come_among_those_that_are_shown():
    assert not set(rows.LATER) & {name for name, _test in LISTED}


def test_no_test_is_named_twice_for_the_same_row():
    assert len(LISTED) == len(set(LISTED))


@pytest.fixture(scope="module")
def collected(request):
    """The tests that pytest finds, without parameters: in this run, or else in the files named."""
    found = {item.nodeid.partition("[")[0] for item in request.session.items}
    files = sorted({named.partition("::")[0] for named in NAMED if named not in found})
    return found | collected_in(files) if files else found


def collected_in(files):
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n0", *files]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {line.partition("[")[0] for line in said.splitlines() if "::" in line}


def test_every_named_test_is_collected(collected):
    assert set(NAMED) - collected == set()


def marks_of(named):
    path, name = named.split("::")
    module = import_module(path.removesuffix(".py").replace("/", "."))
    marks = getattr(module, "pytestmark", [])
    marks = [*(marks if isinstance(marks, list) else [marks])]
    marks += getattr(getattr(module, name), "pytestmark", [])
    return {mark.name for mark in marks}


def test_no_named_test_is_marked_to_be_left_out():
    assert [named for named in NAMED if IDLE & marks_of(named)] == []


def test_every_test_of_the_standards_is_named():
    written = {
        f"{path.relative_to(ROOT)}::{name}"
        for path in (ROOT / "tests/standards").glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert written - set(NAMED) == set()
