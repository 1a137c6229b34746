"""The exact part of the benchmark: queries, and that the modes are what they say."""

from dataclasses import replace

import pytest

from tests.benchmarks.conftest import SEGMENTS
from tests.benchmarks.counting import count
from tests.benchmarks.figures import Figures, grows
from tests.benchmarks.ledger import measure_ledger
from tests.benchmarks.proofs import WrongMode, prove
from tests.benchmarks.report import as_markdown
from tests.benchmarks.run import set_up
from tests.benchmarks.shoppers import NO_CONSENT, NO_MATCH, SERVED, Situation
from tests.benchmarks.site_cache import REQUESTS
from tests.benchmarks.startup import Startup
from tests.benchmarks.timing import Timed
from tests.benchmarks.widgets import measure_widgets

pytestmark = pytest.mark.django_db


def too_dear(rows, outcome, most):
    """Where we make more than ``most`` queries beyond the bare page's."""
    return {
        (row.page, row.situation.name, row.rules, row.segments): row.added("ours")
        for row in rows
        if row.situation.outcome == outcome and row.added("ours") > most
    }


def too_late(rows, outcome, most):
    """Where we make more than ``most`` queries after the response."""
    return {
        (row.page, row.situation.name, row.rules, row.segments): row.added_after("ours")
        for row in rows
        if row.situation.outcome == outcome and row.added_after("ours") > most
    }


def test_who_allowed_nothing_costs_no_query(counted):
    asking = {row.situation.name for row in counted.rows if row.situation.outcome == NO_CONSENT}
    assert asking == {"no cookie", "refused", "logged in, nothing allowed"}
    assert too_dear(counted.rows, NO_CONSENT, 0) == {}
    assert too_late(counted.rows, NO_CONSENT, 1) == {}


def test_shopper_whom_no_variant_fits_costs_at_most_three_queries(counted):
    assert too_dear(counted.rows, NO_MATCH, 3) == {}


def test_who_allowed_everything_is_recorded_after_the_response(counted):
    rows = [row for row in counted.rows if row.situation.name.startswith("allowed everything")]
    views = {
        row.page: row.added_after("ours") for row in rows if "first view" in row.situation.name
    }
    assert set(views) == {"home", "landing", "catalogue", "category", "product"}
    assert min(views[page] for page in views.keys() - {"catalogue"}) >= 5
    assert too_late(rows, NO_MATCH, 8) == too_late(rows, SERVED, 8) == {}


def test_variant_costs_at_most_six_queries(counted):
    assert too_dear(counted.rows, SERVED, 6) == {}


def test_queries_stay_the_same_from_one_segment_to_a_hundred(counted):
    assert {row.segments for row in counted.rows} == set(SEGMENTS)
    assert grows(counted.rows) == {}


def test_every_page_was_opened_by_every_shopper(counted):
    rows = [row for row in counted.rows if row.segments == 100]
    assert len(rows) == 2 * 10 + 3 * 7
    bare = {(row.page, row.situation.name): row.by_mode["bare"].queries for row in rows}
    assert min(bare.values()) > 5, bare


def test_modes_are_right_with_rules_that_the_peer_knows_too(counted):
    set_up(counted.bench, max(SEGMENTS), "host")
    (variant,) = [s for s in counted.bench.asking if s.name == f"allowed: {SERVED}"]
    row = count(
        counted.bench.modes.values(), counted.bench.pages[0], variant, segments=100, rules="host"
    )
    assert row.added("peer") > 500


@pytest.mark.parametrize(
    ("name", "other"),
    [("bare", "ours"), ("bare", "peer"), ("peer", "bare"), ("peer", "ours"), ("ours", "bare")],
)
def test_proofs_notice_a_mode_that_is_another_one(counted, monkeypatch, name, other):
    monkeypatch.setattr("tests.benchmarks.proofs.SECONDS", 0)
    modes = counted.bench.modes
    mixed_up = {**modes, name: replace(modes[other], name=name)}
    with pytest.raises(WrongMode, match=name):
        prove(mixed_up, counted.bench.asking, max(SEGMENTS), "facts")


def test_page_without_cookies_is_cached_as_often_as_the_bare_one(counted):
    modes = {name: counted.bench.modes[name] for name in ("bare", "ours")}
    (found,) = replace(counted.bench, modes=modes).hits(max(SEGMENTS))
    assert found.by_mode == {"bare": REQUESTS - 1, "ours": REQUESTS - 1}


def test_report_says_which_targets_hold(counted):
    said = as_markdown(Figures(counted=counted.rows))
    assert "| variant served: at most 6 added queries |" in said
    assert "| queries don't grow with segments | the same everywhere | yes |" in said


def test_ratio_compares_the_requests_of_one_round():
    rounds = {"bare": {0: 1.0, 1: 10.0, 2: 2.0}, "ours": {0: 2.0, 1: 10.0, 2: 2.0, 3: 9.0}}
    nobody = Situation(name="no cookie", outcome=NO_CONSENT)
    timed = Timed(segments=1, rules="host", page="home", situation=nobody, seconds=rounds)
    assert (timed.ratio("ours"), timed.p50("bare"), timed.p50("ours")) == (1.0, 2.0, 5.5)


def test_ledger_is_measured_on_chains_that_verify(committed):
    found = measure_ledger(events=40, turns=1, seconds=0.05)
    assert min(found.plain[0], found.recorded[0], *found.verified) > 0
    assert "| a choice: at least 50% of" in as_markdown(Figures(ledger=found))


def test_start_tells_what_is_loaded_with_its_first_use_apart():
    bare = {"seconds": 2, "cpu_seconds": 1, "megabytes": 100}
    bare |= {"used_cpu_seconds": 1.25, "used_megabytes": 110}
    ours = {name: figure + 0.5 for name, figure in bare.items()} | {"used_cpu_seconds": 2.25}
    said = as_markdown(
        Figures(startup=Startup(starts={"bare": [bare], "peer": [bare], "ours": [ours]}))
    )
    assert "| ours over bare | 500 | 500 | 0.5 | 1000 | 0.5 |" in said


def test_six_reasons_cost_no_query(counted):
    found = measure_widgets(counted.bench.modes["ours"], counted.bench.asking, rounds=2)
    assert found.added_queries == 0
    assert "| 6 reasons on a page: no query" in as_markdown(Figures(widgets=found))
