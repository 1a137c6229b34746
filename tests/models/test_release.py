"""The signature of the code: of what this process runs, and not of what lies on the disk by now."""

import time

import pytest

from ethical_personalization.models import release

code_signature = release.code_signature.__wrapped__


@pytest.fixture
def rule(tmp_path, monkeypatch):
    """A shop's file with the translation of a rule, as old as this process needs it."""
    path = tmp_path / "rule.py"
    path.write_text("old = 1", encoding="utf-8")
    monkeypatch.setattr(release, "_LOADED_AT", time.time() + 60)
    return path


def signature(path):
    return code_signature(files=(str(path),))


def test_signature_changes_with_what_a_file_holds_and_not_with_where_it_lies(rule, tmp_path):
    before = signature(rule)
    assert signature(rule) == before
    rule.write_text("new = 1", encoding="utf-8")
    assert signature(rule) != before
    (tmp_path / "another_machine").mkdir()
    moved = tmp_path / "another_machine" / "rule.py"
    moved.write_text("old = 1", encoding="utf-8")
    assert signature(moved) == before


def test_signature_changes_with_our_own_code(rule, tmp_path, monkeypatch):
    before = code_signature()
    monkeypatch.setattr(release, "_OURS", tmp_path)
    ours = code_signature()
    rule.write_text("new = 1", encoding="utf-8")
    assert len({before, ours, code_signature()}) == 3


@pytest.mark.parametrize("replace", ["write_text", "unlink"])
def test_file_that_was_replaced_since_the_start_makes_a_signature_that_nobody_has(
    rule, monkeypatch, replace
):
    before = signature(rule)
    monkeypatch.setattr(release, "_LOADED_AT", time.time())
    time.sleep(0.02)  # file systems see time in steps
    rule.unlink() if replace == "unlink" else rule.write_text("old = 1", encoding="utf-8")
    ours = signature(rule)
    assert ours == signature(rule) != before
    monkeypatch.setattr(release, "_THIS_PROCESS", "another")
    assert signature(rule) != ours
