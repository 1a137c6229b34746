"""What each fact reads, and in which words it is told."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.utils import translation

from ethical_personalization.core.readings import Reading
from ethical_personalization.core.registry import facts, purposes
from ethical_personalization.models import PreferenceQuestion
from ethical_personalization.wording import value_in_words

from .conftest import told

pytestmark = pytest.mark.django_db


def test_every_fact_names_a_declared_purpose_or_none():
    for fact in facts.all().values():
        assert fact.purpose is None or fact.purpose in purposes.all()


def test_only_time_needs_no_consent():
    free = {fact.key for fact in facts.all().values() if fact.purpose is None}
    assert free == {"context.weekday", "context.time"}


def test_only_facts_of_the_contract_may_touch_prices():
    priced = {fact.key for fact in facts.all().values() if fact.may_price}
    assert priced == {"orders.count", "orders.is_first", "account.groups"}


def test_stated_answers_are_read_from_the_sealed_record(read):
    record = {"styles": {"values": ["romantic"], "at": "2026-06-01T12:00:00+00:00"}}
    reading = read("stated.styles", record=record)
    assert reading.value == {"romantic"}
    assert told("stated.styles", reading, "any_of", ["romantic"]) == (
        "You told us you like the style romantic."
    )


def test_question_never_answered_is_missing(read):
    assert not read("stated.styles").is_known


def test_question_of_the_editor_is_a_fact_at_once(read):
    PreferenceQuestion.objects.create(
        key="occasions", title="What for?", options="Work\nFeasts", source="options"
    )
    fact = facts.get("stated.occasions")
    assert fact.choices() == [("Work", "Work"), ("Feasts", "Feasts")]
    reading = read(
        "stated.occasions", record={"occasions": {"values": ["Work"], "at": "2026-06-01T12:00"}}
    )
    assert told(fact.key, reading, "any_of", ["Work"]) == "You answered “What for?” with Work."


def test_bought_categories_include_those_above(read, catalogue, order, user):
    dresses = catalogue.category("Dresses")
    summer = catalogue.category("Summer dresses", parent=dresses)
    order(catalogue("Dress", categories=[summer]), quantity=2)
    reading = read("orders.categories", user=user)
    assert reading.value == {str(dresses.pk), str(summer.pk)}
    assert told("orders.categories", reading, "any_of", [str(dresses.pk)]) == (
        "You bought 2 articles from Dresses in the last two years."
    )


def test_bought_size_counts_for_its_garment(read, catalogue, order, user):
    dresses = catalogue.category("Dresses")
    parent = catalogue("Dress", categories=[dresses], brand="Plainsong", stock=None)
    parent.structure = "parent"
    parent.save()
    order(catalogue("Size M", parent=parent))
    assert read("orders.categories", user=user).value == {str(dresses.pk)}
    assert read("orders.brands", user=user).value == {"Plainsong"}


def test_orders_of_somebody_else_are_never_read(read, catalogue, order, user, django_user_model):
    other = django_user_model.objects.create_user("other", "other@example.com", "demo-pass-2")
    order(catalogue("Dress", categories=[catalogue.category("Dresses")]), on=other)
    assert read("orders.categories", user=user).value == frozenset()
    assert read("orders.count", user=user).value == 0


def test_orders_are_unknown_for_who_is_not_logged_in(read):
    assert not read("orders.categories").is_known
    assert not read("orders.brands").is_known
    assert not read("orders.count").is_known
    assert not read("orders.days_since_last").is_known


def test_number_and_age_of_orders(read, catalogue, order, user):
    dress = catalogue("Dress")
    order(dress, days_ago=900)
    order(dress, days_ago=40)
    order(dress, days_ago=10)
    count = read("orders.count", user=user)
    last = read("orders.days_since_last", user=user)
    assert (count.value, last.value) == (2, 10)
    assert told("orders.count", count, "at_least", "2") == (
        "You placed 2 orders in the last two years."
    )
    assert told("orders.days_since_last", last, "at_most", "30") == (
        "Your last order was 10 days ago."
    )


def test_basket_is_read_as_it_stands(read, catalogue):
    dresses = catalogue.category("Dresses")
    line = SimpleNamespace(product=catalogue("Dress", categories=[dresses]))
    line.product_id = line.product.pk
    basket = SimpleNamespace(
        all_lines=lambda: [line], is_tax_known=True, total_incl_tax=Decimal("49.90")
    )
    assert read("basket.categories", basket=basket).value == {str(dresses.pk)}
    total = read("basket.total", basket=basket)
    assert told("basket.total", total, "at_least", "40") == "Your basket amounts to €49.90."


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile/15E148", "phone"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Mobile Safari/537.36", "phone"),
        ("Mozilla/5.0 (Linux; Android 15; SM-X910) Safari/537.36", "tablet"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0", "desktop"),
        ("", None),
    ],
)
def test_device_is_a_rough_class(read, agent, device):
    assert read("context.device", **{"user-agent": agent}).value == device


def test_time_and_day_are_those_of_the_shop(read):
    late = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)  # half past midnight in Paris
    assert read("context.time", now=late).value == time(0, 30)
    weekday = read("context.weekday", now=late)
    assert weekday.value == "tue"
    assert told("context.weekday", weekday, "one_of", ["tue"]) == "Today is Tuesday."


def test_language_is_that_of_the_page(read):
    with translation.override("de"):
        assert read("context.language").value == "de"


COUNTRY_HEADERS = ["X-Country", "CF-IPCountry", "CloudFront-Viewer-Country", "X-Geo-Country"]


def test_country_is_unknown_whatever_headers_come_unless_the_shop_names_one(read):
    sent = dict.fromkeys(COUNTRY_HEADERS, "FR") | {"X-Forwarded-For": "2.0.0.1"}
    assert not read("context.country", **sent).is_known


def test_country_is_read_from_the_header_that_the_shop_names_and_no_other(read, settings):
    settings.ETHICAL_PERSONALIZATION_COUNTRY_HEADER = "X-Country"
    assert read("context.country", **{"X-Country": "FR", "CF-IPCountry": "DE"}).value == "fr"
    assert not read("context.country", **{"CF-IPCountry": "DE"}).is_known


@pytest.mark.parametrize(
    "sent", ["", "<b>", "XX", "T1", "FRA", "FR, DE", "fr\u0131", "0", "F" * 5000, "France"]
)
def test_country_that_is_none_is_unknown(read, settings, sent):
    settings.ETHICAL_PERSONALIZATION_COUNTRY_HEADER = "X-Country"
    assert not read("context.country", **{"X-Country": sent}).is_known


def test_negated_evidence_is_told_without_claiming_the_opposite(read, user):
    reading = read("orders.categories", user=user)
    sentence = told("orders.categories", reading, "any_of", ["1"], negated=True)
    assert sentence.startswith("You have not bought")


SETS = [
    "orders.categories",
    "basket.categories",
    "wishlist.categories",
    "browsing.categories",
    "stated.styles",
    "account.groups",
]


@pytest.mark.parametrize("key", SETS)
@pytest.mark.parametrize(
    ("value", "operator", "wanted", "negated", "says"),
    [
        ({"1"}, "is_empty", None, True, r"^(?!.*( no |n't|have not|did not))"),
        ((), "is_empty", None, False, r"(have not | did not | no |(is|are) empty)"),
        ({"1"}, "all_of", ["1", "2"], True, r"each of these"),
        ({"3"}, "any_of", ["1", "2"], True, r"( not |nothing).* 1 and 2"),
        ({"1", "2"}, "all_of", ["1", "2"], False, r"1 and 2"),
        ({"1", "2"}, "any_of", ["1", "9"], False, r"(?!.*9).* 1\b"),
    ],
)
def test_sentence_on_a_set_says_what_its_condition_found(
    key, value, operator, wanted, negated, says
):
    named = replace(facts.get(key), choices=lambda: [("1", "1"), ("2", "2")])
    with facts.temporarily(named):
        sentence = told(key, Reading(value=frozenset(value)), operator, wanted, negated=negated)
    assert re.search(says, sentence), sentence


def test_cancelled_order_is_not_counted(read, catalogue, order, user):
    placed = order(catalogue("Dress"))
    placed.status = "Cancelled"
    placed.save()
    assert read("orders.count", user=user).value == 0


def test_values_are_told_in_words(read, user):
    empty = read("orders.categories", user=user)
    assert value_in_words(facts.get("orders.categories"), empty) == "nothing"
    logged_in = read("account.logged_in", user=user)
    assert value_in_words(facts.get("account.logged_in"), logged_in) == "yes"


def test_amount_is_told_with_its_currency(read):
    basket = SimpleNamespace(is_tax_known=True, total_incl_tax=Decimal("49.90"))
    assert (
        value_in_words(facts.get("basket.total"), read("basket.total", basket=basket)) == "€49.90"
    )


def test_purpose_names_the_data_category_of_each_fact_that_rests_on_it():
    for fact in facts.all().values():
        if fact.purpose is not None:
            assert fact.data_category in purposes.get(fact.purpose).data_categories


def test_next_order_is_the_first_until_one_was_placed(read, catalogue, order, user):
    before = read("orders.is_first", user=user)
    order(catalogue("Dress"), days_ago=2000)
    after = read("orders.is_first", user=user)
    assert (before.value, after.value) == (True, False)
    assert told("orders.is_first", before, "is_true") == (
        "You have not ordered here yet, so your next order is your first."
    )
    assert told("orders.is_first", after, "is_true", negated=True) == (
        "You have ordered here before."
    )


def test_cancelled_order_leaves_the_next_one_the_first(read, catalogue, order, user):
    placed = order(catalogue("Dress"))
    placed.status = "cancelled"
    placed.save()
    assert read("orders.is_first", user=user).value is True


def test_account_and_its_orders_are_unknown_for_who_is_not_logged_in(read):
    for key in ("orders.is_first", "account.groups", "wishlist.categories"):
        assert not read(key).is_known


def test_groups_of_the_account_are_told_by_name(read, user):
    trade, press = Group.objects.create(name="Trade"), Group.objects.create(name="Press")
    user.groups.add(trade, press)
    reading = read("account.groups", user=user)
    wanted = [str(trade.pk), str(press.pk)]
    assert reading.value == set(wanted)
    assert told("account.groups", reading, "any_of", wanted) == (
        "Your account belongs to the customer groups Press and Trade."
    )


def test_account_in_no_group_has_an_empty_set(read, user):
    reading = read("account.groups", user=user)
    assert reading.value == frozenset()
    assert told("account.groups", reading, "is_empty") == (
        "Your account belongs to no customer group."
    )
