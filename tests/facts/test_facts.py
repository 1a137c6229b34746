"""What each fact reads, and in which words it is told."""

import re
from datetime import UTC, datetime, time
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone, translation

from ethical_personalization.core.conditions import Condition
from ethical_personalization.core.operators import operators_for, parse_value
from ethical_personalization.core.readings import Reading, as_reading
from ethical_personalization.core.registry import facts, purposes
from ethical_personalization.facts.source import FactSource
from ethical_personalization.models import PreferenceQuestion
from ethical_personalization.wording import evidence_sentence, value_in_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def read():
    """The reading of a fact for a request, with permission taken as given."""

    def ask(key, *, user=None, now=None, record=None, basket=None, path="/", **headers):
        request = RequestFactory().get(path, headers=headers)
        request.user = user or AnonymousUser()
        request.basket = basket
        source = FactSource(
            request=request,
            subject_id=None,
            unsealed=lambda name: record or {},
            now=now or timezone.now(),
        )
        return as_reading(facts.get(key).reader(source))

    return ask


def told(key, reading, operator, wanted=None, *, negated=False):
    fact = facts.get(key)
    value = parse_value(next(o for o in operators_for(fact) if o.key == operator), wanted)
    condition = Condition(fact=key, operator=operator, value=value, negated=negated)
    (evidence,) = condition.evidence(lambda asked: reading)
    return evidence_sentence(fact, evidence)


def test_every_fact_names_a_declared_purpose_or_none():
    for fact in facts.all().values():
        assert fact.purpose is None or fact.purpose in purposes.all()


def test_only_time_needs_no_consent():
    free = {fact.key for fact in facts.all().values() if fact.purpose is None}
    assert free == {"context.weekday", "context.time"}


def test_only_facts_of_the_contract_may_touch_prices():
    assert [fact.key for fact in facts.all().values() if fact.may_price] == ["orders.count"]


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


def test_country_needs_the_header_that_the_shop_names(read, settings):
    assert not read("context.country", **{"x-country": "FR"}).is_known
    settings.ETHICAL_PERSONALIZATION_COUNTRY_HEADER = "X-Country"
    assert read("context.country", **{"x-country": "FR"}).value == "fr"
    assert not read("context.country", **{"x-country": "<b>"}).is_known


def test_negated_evidence_is_told_without_claiming_the_opposite(read, user):
    reading = read("orders.categories", user=user)
    sentence = told("orders.categories", reading, "any_of", ["1"], negated=True)
    assert sentence.startswith("You have not bought")


@pytest.mark.parametrize("key", ["orders.categories", "basket.categories", "stated.styles"])
@pytest.mark.parametrize(
    ("value", "operator", "wanted", "negated", "says"),
    [
        ({"1"}, "is_empty", None, True, r"(You bought something|is not empty|You answered)"),
        ((), "is_empty", None, False, r"(not bought anything|is empty|did not answer)"),
        ({"1"}, "all_of", ["1", "2"], True, r"each of these"),
        ({"3"}, "any_of", ["1", "2"], True, r"(not bought|nothing|did not answer).* 1 and 2"),
        ({"1", "2"}, "all_of", ["1", "2"], False, r"1 and 2"),
        ({"1", "2"}, "any_of", ["1", "9"], False, r"(?!.*9).* 1\b"),
    ],
)
def test_sentence_on_a_set_says_what_its_condition_found(
    key, value, operator, wanted, negated, says
):
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
