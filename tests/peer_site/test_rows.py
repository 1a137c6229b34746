"""Every line of the page on the host is shown by probes, and every probe shows a line of it."""

import ast
import re

import pytest

from tests.pages import ROOT, page
from tests.peer_site import rows

MENDED = page("docs/explanation/mended.md").soup("table")[0]("tr")[1:]
LISTED = [tuple(cell.get_text() for cell in row("td")) for row in MENDED]
NAMED = {test for line in rows.LINES for tests in line.values() for test in tests}
ELSEWHERE = sorted(test for test in NAMED if "::" in test)
#: What may stand between the words of a line that a test is named for.
BETWEEN = re.compile(r"(and|[,;\s])*")
IDLE = {"skip", "skipif", "xfail"}


def written_in(path):
    """The tests of a file, without those that a decorator leaves out."""
    functions = [n for n in ast.parse(path.read_text("utf-8")).body if type(n) is ast.FunctionDef]
    return {
        found.name
        for found in functions
        if found.name.startswith("test_")
        and not any(IDLE & words_of(decorator) for decorator in found.decorator_list)
    }


def words_of(decorator):
    return {node.attr for node in ast.walk(decorator) if isinstance(node, ast.Attribute)}


def probes():
    paths = sorted((ROOT / "tests/peer_site/probes").glob("probe_*.py"))
    return set().union(*map(written_in, paths))


def test_each_line_of_the_page_is_taken_apart_and_no_other():
    assert len(rows.LINES) == len(LISTED)


@pytest.mark.parametrize(("line", "listed"), list(zip(rows.LINES, LISTED, strict=False)))
def test_every_word_of_a_finding_is_shown(line, listed):
    finding, answer = listed
    assert [words for words in line if words not in finding and words not in answer] == []
    for words in line:
        finding = finding.replace(words, "", 1)
    assert BETWEEN.fullmatch(finding), finding


@pytest.mark.parametrize("line", rows.LINES)
def test_every_line_has_probes(line):
    assert all(line.values())
    assert any("::" not in test for tests in line.values() for test in tests)


def test_named_probes_are_all_that_there_are():
    assert NAMED - set(ELSEWHERE) == probes()


def test_every_probe_ran(probed):
    outcome = probed["ours"]
    assert {name.partition("[")[0] for name in outcome.passed} == probes(), outcome.text


@pytest.mark.parametrize("named", ELSEWHERE)
def test_every_other_test_is_in_its_file(named):
    path, name = named.split("::")
    assert name in written_in(ROOT / path)
