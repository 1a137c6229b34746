"""A shared cache that fails, is full or slow, or holds what somebody else put there."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.db import connection, transaction

from ethical_personalization.core import patience
from ethical_personalization.models import Subject
from ethical_personalization.shopper import shared_choices
from ethical_personalization.shopper.ledger import record_answers
from tests.benchmarks.clock import CLOCK

from .shared_pages import asked_for_choices, choose, erase, occasion_at, place_of

#: In real transactions; each test has a shopper of its own, so that nothing is undone before the
#: last one is over.
pytestmark = pytest.mark.usefixtures("committed")


@pytest.mark.parametrize("fault", ["get_many", "set", "set_many", "get_or_set", "delete_many"])
def test_cache_that_fails_costs_a_query_and_nothing_else(pages, cache, monkeypatch, caplog, fault):
    def fail(*args, **kwargs):
        raise ConnectionError("no route to shopper@example.com")

    monkeypatch.setattr(type(cache), fault, fail)
    assert pages().permitted == {"orders", "stated"}
    assert pages().permitted == {"orders", "stated"}
    assert "shopper@example.com" not in caplog.text


@pytest.mark.parametrize("foreign", [b"", b"\x00" * 200, "text", 7, [["a", "list"]]])
def test_foreign_entry_gives_nothing(pages, cache, foreign):
    place = place_of(pages)
    pages().permitted  # noqa: B018
    assert cache.get(place) is not None
    cache.set(place, foreign)
    assert pages().permitted == {"orders", "stated"}


def test_entry_of_somebody_else_gives_nothing(pages, cache):
    other = Subject.objects.create()
    record_answers(other, {"browsing": True}, occasion_at(pages()))
    pages().permitted  # noqa: B018
    place = shared_choices.place_of_subject(other.pk)
    cache.set(f"{place}-edition", cache.get(f"{place_of(pages)}-edition"))
    cache.set(place, cache.get(place_of(pages)))
    asked = shared_choices.shared_rows(place, lambda: ["the database"])
    assert asked == ["the database"]


def test_entry_that_is_put_back_after_a_withdrawal_gives_nothing(pages, cache):
    place = place_of(pages)
    pages().permitted  # noqa: B018
    kept = cache.get(place)
    choose(stated=False, orders=False)(pages)
    cache.set(place, kept)
    assert pages().permitted == set()


def test_entry_of_another_release_gives_nothing(pages, monkeypatch):
    pages().permitted  # noqa: B018
    monkeypatch.setattr(shared_choices, "code_signature", lambda: "another release")
    with asked_for_choices() as asked:
        assert pages().permitted == {"orders", "stated"}
        assert pages().permitted == {"orders", "stated"}
    assert len(asked) == 1
    choose(stated=False)(pages)
    monkeypatch.undo()
    assert pages().permitted == {"orders"}


def test_nothing_about_a_shopper_can_be_read_in_the_cache(pages, cache, tmp_path):
    pages().permitted  # noqa: B018
    kept = b"".join(bytes(path.name, "ascii") + path.read_bytes() for path in tmp_path.iterdir())
    assert kept
    for secret in (pages.subject.pk.hex, str(pages.subject.pk), "stated", "given"):
        assert secret.encode() not in kept


@pytest.fixture
def full(settings):
    """A cache for a single entry: each one pushes the last one out."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    options = {"MAX_ENTRIES": 1, "CULL_FREQUENCY": 0}
    kept = {"BACKEND": backend, "LOCATION": "full", "OPTIONS": options}
    settings.CACHES = settings.CACHES | {"full": kept}
    settings.ETHICAL_PERSONALIZATION_SHARED_CACHE = "full"
    return caches["full"]


def test_full_cache_costs_a_query_and_nothing_else(pages, full):
    changes = [
        (choose(stated=False), {"orders"}),
        (choose(browsing=True), {"orders", "browsing"}),
        (erase, set()),
    ]
    assert pages().permitted == {"orders", "stated"}
    with asked_for_choices() as asked:
        assert pages().permitted == {"orders", "stated"}
    assert len(asked) == 1
    for change, permitted in changes:
        change(pages)
        assert pages().permitted == permitted
        assert pages().permitted == permitted
    assert len(full._cache) == 1


def test_change_whose_word_is_pushed_out_leaves_nothing_older(pages, cache):
    def read_meanwhile():
        try:
            return pages().permitted
        finally:
            connection.close()

    with transaction.atomic():
        choose(stated=False)(pages)
        cache.clear()
        with ThreadPoolExecutor(1) as another_worker:
            read = another_worker.submit(read_meanwhile).result(20)
        assert read == {"orders", "stated"}
        assert cache.get(place_of(pages)) is not None
    assert pages().permitted == {"orders"}


def test_slow_cache_is_left_alone_for_a_minute_and_gives_nothing_older_then(
    pages, cache, monkeypatch
):
    asked, get_many = [], cache.get_many

    def slow(keys):
        asked.append(keys)
        CLOCK.let_pass(patience.LIMIT_SECONDS + 1)
        return get_many(keys)

    assert pages().permitted == {"orders", "stated"}
    with monkeypatch.context() as slowness:
        slowness.setattr(cache, "get_many", slow)
        for _page in range(3):
            assert pages().permitted == {"orders", "stated"}
        choose(stated=False)(pages)
        assert pages().permitted == {"orders"}
    assert len(asked) == 1
    CLOCK.let_pass(patience.PAUSE_SECONDS)
    assert pages().permitted == {"orders"}
    with asked_for_choices() as queries:
        assert pages().permitted == {"orders"}
    assert not queries
