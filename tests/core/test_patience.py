"""What takes too long is left alone for a while."""

import threading
import time

import pytest

from ethical_personalization.core import patience
from ethical_personalization.core.patience import attempt_patiently


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(patience, "_resumes_at", {})
    monkeypatch.setattr(patience, "_asked_at", {})
    monkeypatch.setattr(patience, "LIMIT_SECONDS", 0.01)


@pytest.fixture
def slow():
    """Something that takes too long, and how often it was called."""

    def action():
        action.calls += 1
        time.sleep(0.02)
        return "late"

    action.calls = 0
    return action


def ask(action, what="fact:slow"):
    return attempt_patiently(action, otherwise="nothing", what=what)


def test_what_took_too_long_is_not_asked_again(slow, caplog):
    assert ask(slow) == "late"
    assert [ask(slow), ask(slow)] == ["nothing", "nothing"]
    assert slow.calls == 1
    assert "event=too_slow what=fact:slow" in caplog.text


def test_what_took_too_long_is_asked_again_after_the_pause(slow, monkeypatch):
    monkeypatch.setattr(patience, "PAUSE_SECONDS", 0)
    ask(slow)
    assert ask(slow) == "late"


def test_others_are_asked_meanwhile(slow):
    ask(slow)
    assert ask(lambda: "here", what="fact:quick") == "here"


def test_what_fails_slowly_is_left_alone_too(slow):
    def fail():
        slow()
        raise ValueError

    assert [ask(fail), ask(fail)] == ["nothing", "nothing"]
    assert slow.calls == 1


def test_what_never_ends_holds_up_nobody_who_comes_later():
    may_end, has_begun = threading.Event(), threading.Event()

    def hang():
        has_begun.set()
        may_end.wait(10)

    hung = threading.Thread(target=ask, args=[hang])
    hung.start()
    assert has_begun.wait(10)
    time.sleep(0.02)
    assert ask(lambda: "here") == "nothing"
    may_end.set()
    hung.join()


def test_what_is_left_alone_is_named(slow):
    ask(slow)
    ask(slow, what="rule:slow")
    ask(lambda: "here", what="rule:quick")
    assert patience.left_alone("rule:") == ["rule:slow"]


def test_what_was_forgotten_while_it_took_too_long_is_asked_again(slow):
    """The end of another test's call leaves nothing behind."""

    def forgotten():
        patience.forget()
        return slow()

    ask(forgotten)
    assert ask(slow) == "late"
