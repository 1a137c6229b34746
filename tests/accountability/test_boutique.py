"""The whole boutique, crawled by fresh visitors who allow nothing: over HTTP and in Chromium."""

import re

import pytest
from boutique.demo.customers import DEMO_PASSWORD, SHOPPER
from django.contrib.sessions.models import Session
from django.core.management import call_command

from ethical_personalization.accountability.frontier import Limits
from ethical_personalization.accountability.in_a_browser import Credentials
from ethical_personalization.accountability.runs import crawl_in_a_browser, crawl_in_process
from ethical_personalization.accountability.tables import changes, snapshot
from ethical_personalization.core.exceptions import PersonalizationError

#: Pages of every kind, and of most kinds two: a page that is visited again may behave differently.
LIMITS = Limits(per_kind=2)
LOGIN = "/shop/accounts/login/"


def left(report):
    """The names of what was left, though allowed."""
    return {trace.name for trace in report.traces}


def test_anonymous_visitor_leaves_nothing(boutique):
    before = snapshot()
    report = crawl_in_process(LIMITS)
    assert report.findings == ()
    assert report.kinds >= 14
    assert {"analytics.ProductRecord", "basket.Line", "csrftoken"} <= left(report)
    assert changes(before, snapshot()) == []


def test_account_without_consent_leaves_nothing(boutique):
    report = crawl_in_process(LIMITS, email=SHOPPER)
    assert report.findings == ()
    assert report.kinds >= 28


def test_who_refused_leaves_nothing_but_her_answer(boutique):
    report = crawl_in_process(Limits(per_kind=1, with_garbage=False), refuses=True)
    assert report.findings == ()
    assert report.kinds >= 14
    assert {"analytics.ProductRecord", "basket.Line", "Cache-Control: private"} <= left(report)


@pytest.mark.browser
def test_anonymous_browser_leaves_nothing(boutique, live_server):
    report = crawl_in_a_browser(live_server.url, LIMITS)
    assert report.findings == ()
    assert report.kinds >= 14
    assert {"analytics.ProductRecord", "basket.Line", "csrftoken"} <= left(report)
    assert Session.objects.count() == 0


@pytest.mark.browser
def test_browser_of_an_account_without_consent_leaves_nothing(
    boutique, live_server, monkeypatch, capsys
):
    """By the command, as a shop would run it."""
    monkeypatch.setenv("CRAWL_PASSWORD", DEMO_PASSWORD)
    call_command(
        "crawl_without_consent",
        browser=live_server.url,
        login=SHOPPER,
        per_kind=LIMITS.per_kind,
    )
    told = capsys.readouterr().out
    assert int(re.search(r"pages of (\d+) kinds", told)[1]) >= 28
    assert "Nothing else was left." in told
    assert Session.objects.count() == 1


@pytest.mark.browser
def test_browser_of_who_refused_leaves_nothing_but_her_answer(boutique, live_server):
    report = crawl_in_a_browser(live_server.url, Limits(per_kind=1, most=8), refuses=True)
    assert report.findings == ()
    assert "analytics.ProductRecord" in left(report)


@pytest.mark.browser
def test_what_a_script_keeps_on_the_device_is_found(boutique, live_server, settings):
    settings.ROOT_URLCONF = "tests.accountability.leaking_urls"
    limits = Limits(starts=("/keeps/", "/"), most=2)
    report = crawl_in_a_browser(live_server.url, limits)
    kept = {(t.kind.value, t.name) for t in report.traces if t.page == "/keeps/" and t.is_finding}
    assert kept == {
        ("cookie", "scripted"),
        ("storage", "localStorage seen"),
        ("storage", "sessionStorage tab"),
        ("storage", "IndexedDB shelf"),
        ("storage", "CacheStorage pages"),
        ("storage", "serviceWorker /"),
    }


@pytest.mark.browser
def test_wrong_password_is_told(boutique, live_server):
    credentials = Credentials(email=SHOPPER, password="wrong", path=LOGIN)
    with pytest.raises(PersonalizationError, match="did not let"):
        crawl_in_a_browser(live_server.url, LIMITS, credentials=credentials)
