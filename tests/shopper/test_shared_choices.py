"""Choices in a cache that workers share: without a query, and never older than the last change."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ethical_personalization.models import ConsentState
from ethical_personalization.shopper import shared_choices
from ethical_personalization.shopper.age import OPEN_END, declare_of_age, declare_under_age
from ethical_personalization.shopper.erasure import (
    erase_subject,
    pending_erasures,
    undo_erasure,
)
from ethical_personalization.shopper.restriction import restrict
from ethical_personalization.shopper.states import rebuild_states_of

from .shared_pages import asked_for_choices, choose, erase, occasion_at, place_of

#: In real transactions; each test has a shopper of its own, so that nothing is undone before the
#: last one is over.
pytestmark = pytest.mark.usefixtures("committed")
of_both = pytest.mark.parametrize("pages", ["anonymous", "account"], indirect=True)
of_accounts = pytest.mark.parametrize("pages", ["account"], indirect=True)


@pytest.fixture
def user(committed):
    name = f"demo-{uuid4()}"
    return get_user_model().objects.create_user(name, f"{name}@example.com", "demo-pass-1")


def erase_and_undo(pages):
    device = None if pages().user else pages.subject.pk
    user = pages().user
    erase(pages)
    pages()
    (erasure,) = pending_erasures(user, [device] if device is not None else [])
    assert undo_erasure(erasure, now=timezone.now())


def lose_states(pages):
    """A restored backup, say; nothing of ours runs, so the rebuilding has to tell."""
    ConsentState.objects.filter(subject=pages.subject, purpose__key="orders").delete()
    rebuild_states_of(pages.subject.pk)


CHANGES = {
    "withdrawal": (choose(stated=False), {"orders"}),
    "new yes": (choose(browsing=True), {"orders", "stated", "browsing"}),
    "pause": (lambda pages: restrict(pages(), restricted=True), set()),
    "under age": (lambda pages: declare_under_age(pages(), OPEN_END, occasion_at(pages())), set()),
    "erasure": (erase, set()),
    "erasure undone": (erase_and_undo, {"orders", "stated"}),
    "erasure at once": (
        lambda pages: erase_subject(pages.subject.pk, now=timezone.now()),
        set(),
    ),
    "states rebuilt": (lose_states, {"orders", "stated"}),
}


@of_both
@pytest.mark.parametrize("change", CHANGES)
def test_change_is_known_with_the_next_page(pages, change):
    make, permitted = CHANGES[change]
    assert pages().permitted == {"orders", "stated"}
    make(pages)
    assert pages().permitted == permitted
    assert pages().permitted == permitted


def test_end_of_a_pause_and_of_an_age_is_known_with_the_next_page(pages):
    declare_under_age(pages(), OPEN_END, occasion_at(pages()))
    assert pages().consent.narrowing.under_age_until is not None
    declare_of_age(pages())
    assert pages().consent.narrowing.under_age_until is None
    restrict(pages(), restricted=True)
    assert pages().consent.narrowing.is_restricted
    restrict(pages(), restricted=False)
    assert not pages().consent.narrowing.is_restricted


@of_accounts
def test_account_that_is_deleted_leaves_nothing_that_counts(pages, user):
    kept = user.pk
    assert pages().permitted
    user.delete()
    user.pk = kept  # a session that goes on
    assert pages().permitted == set()


@of_both
def test_permission_costs_one_query_and_none_with_a_shared_cache(pages, settings):
    first, shared = pages(), pages()
    with asked_for_choices() as asked:
        assert first.permitted == {"orders", "stated"}
    with CaptureQueriesContext(connection) as captured:
        assert shared.permitted == {"orders", "stated"}
    assert (len(asked), len(captured)) == (1, 0)
    assert shared.known == first.known
    settings.ETHICAL_PERSONALIZATION_SHARED_CACHE = ""
    with CaptureQueriesContext(connection) as captured:
        assert pages().permitted == {"orders", "stated"}
    assert len(captured) == 1


def test_what_was_read_before_a_change_is_not_kept_after_it(pages, monkeypatch):
    seen = shared_choices.encrypt

    def change_meanwhile(*sealed):
        monkeypatch.undo()
        choose(stated=False)(pages)
        return seen(*sealed)

    monkeypatch.setattr(shared_choices, "encrypt", change_meanwhile)
    assert pages().permitted == {"orders", "stated"}
    assert pages().permitted == {"orders"}


def test_change_that_is_not_committed_yet_is_nothing_for_others_to_keep(pages):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        choose(stated=False)(pages)
        assert pages().permitted == {"orders"}
        raise ZeroDivisionError
    assert pages().permitted == {"orders", "stated"}
    choose(orders=False)(pages)
    assert pages().permitted == {"stated"}


def test_worker_that_dies_between_its_change_and_its_word_leaves_nothing_older(pages, monkeypatch):
    assert pages().permitted == {"orders", "stated"}
    monkeypatch.setattr(shared_choices, "_begin_editions", lambda places: None)
    choose(stated=False)(pages)
    assert pages().permitted == {"orders"}
    assert pages().permitted == {"orders"}


def test_transaction_that_goes_on_seeing_the_past_keeps_nothing(pages):
    is_current = connection.vendor == "postgresql"  # each statement sees what is committed
    with transaction.atomic():
        pages().permitted  # noqa: B018
    with asked_for_choices() as asked:
        pages().permitted  # noqa: B018
    assert len(asked) == (0 if is_current else 1)


def test_entry_is_gone_with_an_erasure(pages, cache):
    pages().permitted  # noqa: B018
    place = place_of(pages)
    assert cache.get(place) is not None
    erase(pages)
    assert cache.get(place) is None


def test_yes_that_runs_out_is_over_although_it_is_kept(pages):
    kept, later = pages(), pages()
    kept.permitted  # noqa: B018
    later.now = datetime(2099, 1, 1, tzinfo=UTC)
    assert later.permitted == set()
