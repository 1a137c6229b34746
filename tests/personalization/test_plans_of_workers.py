"""The plan in several workers: each knows of a change, and none waits for another one's plan."""

import threading
import time

import pytest
from boutique.models import HomePage
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory
from wagtail_personalisation.models import Segment

from ethical_personalization.core import patience
from ethical_personalization.core.registry import rules
from ethical_personalization.core.rules import RuleDeclaration
from ethical_personalization.models import FactRule, freshness, published
from ethical_personalization.models.open_changes import Seen
from ethical_personalization.personalization.plan import published_plan
from tests.benchmarks.clock import CLOCK

pytestmark = pytest.mark.django_db(transaction=True)
STYLES = ("stated.styles", "any_of", ["romantic"])
HOURS = 4 * 3600
#: As in the shop; tests/conftest.py has more of it.
PATIENCE_SECONDS, SLOW_SECONDS = 0.2, 0.1


def shown(client):
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def a_second_later():
    CLOCK.let_pass(freshness.MAX_AGE_SECONDS + 0.05)


def counted(monkeypatch):
    """Grows with each plan that is compiled."""
    compiled, compile_plan = [], published_plan._compile
    monkeypatch.setattr(published_plan, "_compile", lambda: compiled.append(1) or compile_plan())
    return compiled


@pytest.fixture
def hanging(monkeypatch):
    """Another thread that compiles the plan, and for once gets stuck in the middle of it."""
    monkeypatch.setattr(published, "PATIENCE_SECONDS", PATIENCE_SECONDS)
    real, may_end, has_begun = published_plan._compile, threading.Event(), threading.Event()

    def hang():
        monkeypatch.setattr(published_plan, "_compile", real)
        has_begun.set()
        may_end.wait(20)
        return real()

    def compile_and_close():
        try:
            published_plan.get()
        finally:
            connection.close()

    thread = threading.Thread(target=compile_and_close)

    def begin():
        monkeypatch.setattr(published_plan, "_compile", hang)
        thread.start()
        assert has_begun.wait(10)

    yield begin
    may_end.set()
    thread.join()


def test_first_page_is_the_default_and_quick_while_another_thread_hangs(ruffled, client, hanging):
    hanging()
    started = time.monotonic()
    assert "For everybody" in shown(client)
    assert time.monotonic() - started < 10


def test_page_goes_on_with_the_older_plan_for_a_while_when_another_thread_hangs(
    ruffled, client, hanging
):
    assert "Ruffles for you" in shown(client)
    Segment.objects.update(name="Dreamers")
    a_second_later()
    hanging()
    started = time.monotonic()
    assert "Ruffles for you" in shown(client)
    CLOCK.let_pass(freshness.MAX_SILENCE_SECONDS)
    assert "For everybody" in shown(client)
    assert time.monotonic() - started < freshness.MAX_SILENCE_SECONDS + 10


def test_translation_that_hangs_holds_up_one_page_and_is_tried_again(ruffled, client, monkeypatch):
    monkeypatch.setattr(patience, "LIMIT_SECONDS", 0.1)
    real, calls = rules.get(FactRule._meta.label_lower).condition, []

    def slow_at_first(rule):
        calls.append(rule)
        if len(calls) == 1:
            time.sleep(0.2)
        return real(rule)

    for _number in range(3):
        FactRule.objects.create(
            segment=ruffled[0], fact="stated.styles", operator="any_of", value=["romantic"]
        )
    slow = RuleDeclaration(key=FactRule._meta.label_lower, condition=slow_at_first)
    with rules.temporarily(slow):
        assert "For everybody" in shown(client)
        assert "For everybody" in shown(client)
        assert len(calls) == 1
        CLOCK.let_pass(patience.PAUSE_SECONDS + 1)
        assert "Ruffles for you" in shown(client)


def test_page_after_a_change_does_not_wait_for_ten_thousand_rules(ruffled, client, monkeypatch):
    monkeypatch.setattr(published, "SLOW_SECONDS", SLOW_SECONDS)
    _add_ten_thousand_rules()
    assert "Ruffles for you" in shown(client)
    assert published_plan._editions.get().edition.seconds > SLOW_SECONDS
    Segment.objects.filter(pk=ruffled[0].pk).update(status=Segment.STATUS_DISABLED)
    a_second_later()
    compiled = counted(monkeypatch)
    response = _answer(client)
    assert "Ruffles for you" in response.content.decode()
    assert not compiled
    response.close()
    assert compiled
    assert "For everybody" in shown(client)


def _add_ten_thousand_rules():
    segments = Segment.objects.bulk_create(Segment(name=f"S{n}") for n in range(100))
    styles = [f"style {number}" for number in range(30)]
    FactRule.objects.bulk_create(
        FactRule(segment=each, fact="stated.styles", operator="any_of", value=styles)
        for each in segments
        for _number in range(100)
    )


def _answer(client, path="/"):
    """As a server does, which sends the response before it closes it."""
    factory = RequestFactory()
    factory.cookies = client.cookies
    return WSGIHandler()(factory.get(path).environ, lambda status, headers: None)


@pytest.fixture
def slow(ruffled, client, monkeypatch):
    """A worker whose plan takes its time to compile, and how often it compiled another one."""
    monkeypatch.setattr(published, "SLOW_SECONDS", 0)
    assert "Ruffles for you" in shown(client)
    return counted(monkeypatch)


def test_variant_that_is_not_live_any_more_is_not_served_by_an_older_plan(slow, ruffled, client):
    HomePage.objects.filter(pk=ruffled[1].pk).update(live=False)
    a_second_later()
    response = _answer(client)
    assert "For everybody" in response.content.decode()
    assert not slow
    response.close()


def test_worker_that_was_idle_for_hours_serves_nothing_of_that_time(
    slow, ruffled, client, landing, variant
):
    made_meanwhile = variant(landing, ruffled[0])
    Segment.objects.update(status=Segment.STATUS_DISABLED)
    CLOCK.let_pass(HOURS)
    assert _answer(client, made_meanwhile.url)["Location"] == landing.url
    response = _answer(client)
    assert "For everybody" in response.content.decode()
    assert not slow
    Segment.objects.update(status=Segment.STATUS_ENABLED, name="Dreamers")
    response.close()
    assert slow
    assert "Ruffles for you" in shown(client)


def test_worker_that_was_idle_takes_what_another_one_compiled(slow, client, monkeypatch):
    FactRule.objects.update(value=["romantic", "sporty"])
    CLOCK.let_pass(HOURS)
    with monkeypatch.context() as another_worker:
        another_worker.setattr(published_plan, "_editions", Seen())
        published_plan.get()
    assert len(slow) == 1
    assert "Ruffles for you" in _answer(client).content.decode()
    assert len(slow) == 1
