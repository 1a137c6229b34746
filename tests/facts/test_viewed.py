"""The record of viewed categories: by the day, bounded, and told without claiming too much."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ethical_personalization.core.registry import facts
from ethical_personalization.facts.viewed import MAX_CATEGORIES, is_kept, with_views
from ethical_personalization.models import Purpose, freshness
from tests.benchmarks.clock import CLOCK

from .conftest import told

pytestmark = pytest.mark.django_db
KEY = "browsing.categories"
TODAY = date(2026, 6, 1)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HALF_A_YEAR = timedelta(days=180)


def viewed(*pks, on=TODAY, record=None, retention=HALF_A_YEAR):
    return with_views(record or {}, pks, on, retention)


def test_view_is_kept_by_the_day_and_beside_the_rest_of_the_record():
    record = viewed(7, record={"visits": {"3": 1}})
    assert record == {"visits": {"3": 1}, "categories": {"7": "2026-06-01"}}


def test_second_view_of_a_day_changes_nothing():
    record = viewed(7, 8)
    assert is_kept(record, [8, 7], TODAY)
    assert not is_kept(record, [8, 7], TODAY + timedelta(days=1))
    assert not is_kept(record, [8, 9], TODAY)


def test_product_in_no_category_is_nothing_to_keep():
    assert is_kept({}, [], TODAY)


def test_only_so_many_categories_are_kept_and_the_oldest_go():
    record = {}
    for pk in [1, 2, *range(3, MAX_CATEGORIES + 1), 1, 21]:
        record = viewed(pk, record=record)
    assert len(record["categories"]) == MAX_CATEGORIES == 20
    assert set(record["categories"]) == {"1", *map(str, range(3, 22))}


def test_what_is_older_than_the_retention_goes_with_the_next_view():
    record = viewed(1, on=TODAY - HALF_A_YEAR)
    record = viewed(2, on=TODAY - timedelta(days=179), record=record)
    assert set(viewed(3, record=record)["categories"]) == {"2", "3"}


def test_day_to_come_was_a_wrong_clock(read):
    record = viewed(1, on=TODAY + timedelta(days=400))
    assert set(viewed(2, record=record)["categories"]) == {"2"}
    assert read(KEY, record=record, now=NOON).value == frozenset()


def test_categories_are_read_with_those_above_them_and_their_days(read, catalogue):
    dresses = catalogue.category("Dresses")
    summer = catalogue.category("Summer dresses", parent=dresses)
    coats = catalogue.category("Coats")
    record = viewed(coats.pk, on=date(2026, 5, 1))
    reading = read(KEY, record=viewed(summer.pk, record=record), now=NOON)
    assert reading.value == {str(pk) for pk in (dresses.pk, summer.pk, coats.pk)}
    assert (reading.since.isoformat(), reading.as_of.isoformat()) == (
        "2026-05-01T00:00:00+02:00",
        "2026-06-01T00:00:00+02:00",
    )


def test_category_that_was_moved_stands_below_its_new_parent_within_a_second(read, catalogue):
    clothes, summer = catalogue.category("Clothes"), catalogue.category("Summer dresses")
    record = viewed(summer.pk)
    assert read(KEY, record=record, now=NOON).value == {str(summer.pk)}
    summer.move(clothes, "last-child")  # in SQL alone, without a signal
    CLOCK.let_pass(freshness.MAX_AGE_SECONDS + 0.05)
    assert read(KEY, record=record, now=NOON).value == {str(summer.pk), str(clothes.pk)}


def test_category_that_is_gone_is_left_out(read):
    assert read(KEY, record=viewed(4_000_000), now=NOON).value == frozenset()


def test_what_is_older_than_the_retention_is_not_read_either(read, catalogue):
    record = viewed(catalogue.category("Dresses").pk, on=TODAY - timedelta(days=40))
    Purpose.objects.filter(key="browsing").update(retention_days=30)
    assert read(KEY, record=record, now=NOON).value == frozenset()


def test_nothing_viewed_is_an_empty_set_without_a_query(read, django_assert_num_queries):
    with django_assert_num_queries(0):
        reading = read(KEY, record={"visits": {"3": 1}})
    assert told(KEY, reading, "is_empty") == (
        "You have not looked at any category of products lately."
    )


def test_view_is_told(read, catalogue):
    coats = catalogue.category("Coats")
    reading = read(KEY, record=viewed(coats.pk), now=NOON)
    assert told(KEY, reading, "any_of", [str(coats.pk)]) == "You looked at something from Coats."


def test_views_are_forgotten_and_the_rest_of_the_record_stays():
    record = viewed(1, record={"visits": {"3": 1}})
    assert facts.get(KEY).forget(record) == {"visits": {"3": 1}}
