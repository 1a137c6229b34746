"""Tests that share something dear go to one worker, all others to whoever is free."""

import pytest

from tests.pages import ROOT
from tests.workers import SHARING, SharingScheduler, pytest_xdist_make_scheduler


@pytest.fixture
def scheduler(pytestconfig, monkeypatch):
    monkeypatch.setattr(pytestconfig.option, "dist", "loadgroup", raising=False)
    monkeypatch.setattr(pytestconfig.option, "tx", ["2*popen"], raising=False)
    return pytest_xdist_make_scheduler(pytestconfig, None)


def test_tests_of_a_group_are_given_out_together(scheduler):
    ids = [
        f"tests/peer_site/{name}" for name in ("test_probes.py::test_a", "test_removal.py::b[c]")
    ]
    assert isinstance(scheduler, SharingScheduler)
    assert {scheduler._split_scope(each) for each in ids} == {"tests/peer_site/"}


def test_other_tests_are_given_out_one_by_one(scheduler):
    ids = {f"tests/core/test_consent.py::{name}" for name in ("test_a", "test_b")}
    assert {scheduler._split_scope(each) for each in ids} == ids


@pytest.mark.parametrize("path", SHARING)
def test_groups_are_where_they_are_said_to_be(path):
    assert (ROOT / path).exists()
