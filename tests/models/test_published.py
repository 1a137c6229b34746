"""What is published: found by every worker, whatever the way it was changed."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ethical_personalization.core import patience
from ethical_personalization.models import PreferenceQuestion, Purpose, freshness, published
from ethical_personalization.models.fingerprints import Rows
from ethical_personalization.models.published import (
    Edition,
    Published,
    StillCompiling,
    forget_published,
)
from tests.benchmarks.clock import CLOCK

pytestmark = pytest.mark.django_db
#: For what other threads and processes have to see.
committed = pytest.mark.django_db(transaction=True)


def titles():
    return tuple(PreferenceQuestion.objects.order_by("key").values_list("title", flat=True))


def questions_rows():
    every = PreferenceQuestion.objects.all()
    return [Rows(label="question", queryset=every, fields=("key", "title", "is_live"))]


@pytest.fixture
def worker():
    """What a worker of its own knows: each call is another process, on the same cache."""
    made = []

    def start(
        compile_rows=titles, name="tests", signature=lambda: "same-code", rows=questions_rows
    ):
        new = Published(name, rows=rows, compile_rows=compile_rows, signature=signature)
        made.append(new)
        return new

    yield start
    for each in made:
        published._press._all.remove(each)


@pytest.fixture
def question():
    return PreferenceQuestion.objects.create(key="fabric", title="Which fabric?", options="Linen")


def rename(title):
    PreferenceQuestion.objects.filter(key="fabric").update(title=title)


def a_second_later():
    CLOCK.let_pass(freshness.MAX_AGE_SECONDS + 0.05)


def in_another_thread(ask):
    def ask_and_close():
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask_and_close).result(10)


def test_own_change_is_known_at_once(worker, question):
    known = worker()
    known.get()
    question.title = "Which cloth?"
    question.save()
    assert "Which cloth?" in known.get()


@committed
def test_own_change_is_known_once_it_is_committed_though_another_thread_asked(worker, question):
    known = worker()
    known.get()
    with transaction.atomic():
        question.title = "Which cloth?"
        question.save()
        rename("Which fabric?")  # what the others see until the end of the transaction
        known.get()
        rename("Which cloth?")
    assert "Which cloth?" in known.get()


def test_answer_that_was_on_its_way_during_a_change_is_no_news(worker, question, monkeypatch):
    known, ask = worker(), freshness.ask_fingerprints
    known.get()
    a_second_later()

    def slowly(every):
        answer = ask(every)
        monkeypatch.undo()
        question.title = "Which cloth?"
        question.save()
        return answer

    monkeypatch.setattr(freshness, "ask_fingerprints", slowly)
    assert "Which fabric?" in known.get()
    assert "Which cloth?" in known.get()


@committed
def test_change_after_the_question_of_a_response_is_known_at_once(worker, question, monkeypatch):
    known = worker()
    known.get()
    a_second_later()
    known.at_hand()
    renew = Published.renew

    def then_changed(self):
        renew(self)
        if self is known:
            PreferenceQuestion(pk=question.pk, key="fabric", title="Which cloth?").save()

    monkeypatch.setattr(Published, "renew", then_changed)
    published._press.finish()
    assert "Which cloth?" in known.get()


def test_change_without_a_signal_is_known_within_a_second(worker, question):
    known = worker()
    known.get()
    rename("Which cloth?")
    a_second_later()
    assert "Which cloth?" in known.get()


def test_nothing_is_asked_twice_within_a_second(worker, django_assert_num_queries):
    known = worker()
    known.get()
    with django_assert_num_queries(0):
        known.get()


def test_one_query_confirms_everything_that_is_published(worker):
    first, second = worker(name="first"), worker(name="second")
    first.get(), second.get()
    forget_published()
    with CaptureQueriesContext(connection) as captured:
        first.get(), second.get()
    assert len(captured) == 1


def test_rolled_back_change_is_gone(worker, question):
    known = worker()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        rename("Which cloth?")
        forget_published()
        assert "Which cloth?" in known.get()
        raise ZeroDivisionError
    a_second_later()
    assert "Which fabric?" in known.get()


@committed
@pytest.mark.parametrize("slow_seconds", [5.0, 0.0], ids=["quick", "slow"])
def test_change_that_is_not_committed_is_for_its_own_transaction(
    worker, question, monkeypatch, slow_seconds
):
    monkeypatch.setattr(published, "SLOW_SECONDS", slow_seconds)
    known = worker()
    known.get()
    with transaction.atomic():
        question.title = "Which cloth?"
        question.save()
        assert "Which cloth?" in known.get()
        assert "Which fabric?" in in_another_thread(known.get)
        assert "Which fabric?" in in_another_thread(known.at_hand)
        assert "Which cloth?" in known.get()
        transaction.set_rollback(True)
    assert "Which fabric?" in in_another_thread(known.get)
    assert "Which fabric?" in known.get()


@committed
@pytest.mark.parametrize("kept", [True, False], ids=["committed", "rolled back"])
def test_update_in_a_long_transaction_is_known_a_second_after_its_end(worker, question, kept):
    """No signal tells of it; who makes it asks in the middle, and others right after that."""
    own, other = worker(), worker()
    own.get(), other.get()
    with transaction.atomic():
        rename("Which cloth?")
        a_second_later()
        assert "Which cloth?" in own.get()
        in_another_thread(other.get)  # what nobody committed may show for a second
        a_second_later()
        assert "Which fabric?" in in_another_thread(other.get)
        transaction.set_rollback(not kept)
    a_second_later()
    expected = "Which cloth?" if kept else "Which fabric?"
    assert expected in in_another_thread(own.get)
    assert expected in in_another_thread(other.get)


def test_other_worker_takes_what_was_compiled(worker, question):
    worker().get()

    def never():
        raise AssertionError("compiled again")

    assert "Which fabric?" in worker(compile_rows=never).get()


def test_worker_of_another_release_compiles_for_itself(worker, question):
    worker().get()
    other = worker(compile_rows=lambda: ("other",), signature=lambda: "new-code")
    assert other.get() == ("other",)
    assert "Which fabric?" in worker().get()


@pytest.mark.parametrize(
    "foreign",
    [b"\x80garbage", "text", 7, ("a", "tuple"), Edition(token="other", value=("foreign",))],
)
def test_foreign_value_in_the_cache_is_not_taken(worker, question, monkeypatch, foreign):
    monkeypatch.setattr("ethical_personalization.models.published.cache.get", lambda key: foreign)
    assert "Which fabric?" in worker().get()


def test_unreadable_bytes_in_the_cache_are_not_taken(worker, question, tmp_path, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": tmp_path,
        }
    }
    worker().get()
    (stored,) = tmp_path.glob("*.djcache")
    stored.write_bytes(stored.read_bytes()[:20] + b"\x00garbage")
    assert "Which fabric?" in worker().get()


def test_flushed_cache_costs_one_compilation(worker, question):
    worker().get()
    cache.clear()
    assert "Which fabric?" in worker().get()


def test_cache_that_is_down_is_done_without(worker, question, monkeypatch):
    def down(*args, **kwargs):
        raise ConnectionError("no route")

    monkeypatch.setattr("ethical_personalization.models.published.cache.get", down)
    monkeypatch.setattr("ethical_personalization.models.published.cache.set", down)
    assert "Which fabric?" in worker().get()


def test_slow_cache_holds_up_one_page_and_not_the_next(worker, question, monkeypatch):
    asked = []

    def slow(*args, **kwargs):
        asked.append(args)
        CLOCK.let_pass(patience.LIMIT_SECONDS + 1)

    monkeypatch.setattr("ethical_personalization.models.published.cache.get", slow)
    monkeypatch.setattr("ethical_personalization.models.published.cache.set", slow)
    for title in ("Which cloth?", "Which stuff?"):
        rename(title)
        a_second_later()
        assert title in worker().get()
    assert len(asked) == 1


def test_full_cache_that_keeps_nothing_is_done_without(worker, question, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert "Which fabric?" in worker().get()
    assert "Which fabric?" in worker().get()


def test_cache_is_not_asked_while_nothing_changes(worker, question, monkeypatch):
    known = worker()
    known.get()

    def slow(*args, **kwargs):
        raise AssertionError("a slow cache would hold up this page")

    monkeypatch.setattr("ethical_personalization.models.published.cache.get", slow)
    forget_published()
    assert "Which fabric?" in known.get()


@committed
def test_page_goes_on_with_the_older_edition_while_another_thread_compiles(worker, question):
    known, may_end, has_begun = worker(), threading.Event(), threading.Event()
    known.get()

    def slowly():
        has_begun.set()
        may_end.wait(10)
        connection.close()
        return ("new",)

    known._compile = slowly
    question.title = "Which cloth?"
    question.save()
    rebuild = threading.Thread(target=known.get)
    rebuild.start()
    assert has_begun.wait(10)
    assert "Which fabric?" in known.get()
    may_end.set()
    rebuild.join()
    assert known.get() == ("new",)


@committed
def test_first_page_of_a_worker_does_without_what_never_gets_ready(worker, monkeypatch):
    monkeypatch.setattr(published, "PATIENCE_SECONDS", 0.05)
    known, may_end, has_begun = worker(), threading.Event(), threading.Event()

    def hang():
        has_begun.set()
        may_end.wait(5)
        connection.close()
        return ()

    known._compile = hang
    hung = threading.Thread(target=known.get)
    hung.start()
    assert has_begun.wait(10)
    with pytest.raises(StillCompiling, match="tests"):
        known.get()
    monkeypatch.setattr(published, "PATIENCE_SECONDS", 10)
    with pytest.raises(StillCompiling):  # at once, for it was waited for already
        known.get()
    may_end.set()
    hung.join()


def test_failed_compilation_is_tried_again(worker, question):
    known = worker(compile_rows=lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        known.get()
    known._compile = titles
    assert "Which fabric?" in known.get()


@committed
def test_slow_compilation_waits_for_the_end_of_the_response(worker, question, monkeypatch):
    monkeypatch.setattr(published, "SLOW_SECONDS", 0)
    compiled, taken = worker(), worker()
    compiled.get(), taken.get()
    rename("Which cloth?")
    a_second_later()
    assert "Which fabric?" in compiled.get()
    assert "Which fabric?" in taken.get()
    published._press.finish()
    assert "Which cloth?" in compiled.get()
    assert "Which cloth?" in taken.get()


@committed
def test_what_is_at_hand_costs_no_query_and_is_confirmed_after_the_response(
    worker, question, django_assert_num_queries
):
    known = worker()
    known.get()
    rename("Which cloth?")
    a_second_later()
    with django_assert_num_queries(0):
        assert "Which fabric?" in known.at_hand()
    published._press.finish()
    assert "Which cloth?" in known.at_hand()


@committed
def test_worker_that_was_silent_asks_before_its_next_page(
    worker, question, django_assert_num_queries
):
    known = worker()
    known.get()
    rename("Which cloth?")
    CLOCK.let_pass(freshness.MAX_SILENCE_SECONDS + 0.05)
    assert "Which cloth?" in known.at_hand()
    with django_assert_num_queries(0):
        known.at_hand()


def test_transaction_of_a_test_goes_on_after_the_response(db):
    published.connect()
    forget_published()
    published._press.ask_after_response()
    published._press.finish()
    assert Purpose.objects.exists()


@committed
def test_database_that_is_down_after_the_response_is_not_asked_by_each_request(
    worker, question, monkeypatch
):
    asked = []

    def down(every):
        asked.append(every)
        raise ConnectionError("no route")

    known = worker()
    known.get()
    a_second_later()
    monkeypatch.setattr("ethical_personalization.models.freshness.ask_fingerprints", down)
    for _response in range(3):
        assert "Which fabric?" in known.at_hand()
        published._press.finish()
    assert len(asked) == 1


@committed
def test_another_process_knows_within_a_second(worker, tmp_path):
    purpose = Purpose.objects.get(key="stated")
    script = tmp_path / "worker.py"
    script.write_text(
        "import sys, django\n"
        "django.setup()\n"
        "from ethical_personalization.models.purposes import offered_purposes\n"
        "for line in sys.stdin:\n"
        "    print(offered_purposes.get()[0].title, flush=True)\n",
        encoding="utf-8",
    )
    name = str(connection.settings_dict["NAME"])
    other = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=_environment(name),
    )

    def ask():
        other.stdin.write("\n")
        other.stdin.flush()
        return other.stdout.readline().strip()

    try:
        assert ask() == ""
        Purpose.objects.filter(pk=purpose.pk).update(title="In your own words")
        time.sleep(freshness.MAX_AGE_SECONDS + 0.05)  # the other process has a clock of its own
        assert ask() == "In your own words"
    finally:
        other.stdin.close()
        other.wait(20)
        other.stdout.close()


def test_own_change_of_a_many_to_many_is_known_at_once(worker):
    links = Group.permissions.through.objects
    rows = Rows(label="linked", queryset=links.all(), fields=("group", "permission"))
    known = worker(lambda: links.count(), rows=lambda: [rows])
    before = known.get()
    Group.objects.create(name="Dreamers").permissions.add(Permission.objects.first())
    assert known.get() == before + 1


def test_what_was_taken_meanwhile_is_not_replaced_by_what_was_compiled_of_older_rows(
    worker, question, monkeypatch
):
    monkeypatch.setattr(published, "SLOW_SECONDS", 0)
    known, other = worker(), worker()
    known.get()

    def compile_while_it_changes():
        compiled = titles()
        rename("Which stuff?")
        a_second_later()
        other.get()
        assert "Which stuff?" in known.get()
        return compiled

    known._compile = compile_while_it_changes
    rename("Which cloth?")
    a_second_later()
    known.renew()
    assert "Which stuff?" in known.get()


def _environment(database):
    paths = os.pathsep.join(path for path in sys.path if path)
    found = {**os.environ, "DJANGO_SETTINGS_MODULE": "boutique.settings", "PYTHONPATH": paths}
    return {**found, "BOUTIQUE_SQLITE": database, "PGDATABASE": database}
