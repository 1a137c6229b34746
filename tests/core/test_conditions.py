"""Edges of conditions that are easy to get wrong."""

import logging

from ethical_personalization.core.audiences import Audience
from ethical_personalization.core.conditions import AllOf, AnyOf, Condition
from ethical_personalization.core.consent import Choice, Consent, ConsentStatus, Terms
from ethical_personalization.core.decisions import Option, choose
from ethical_personalization.core.readings import Gap, Reading
from ethical_personalization.core.truth import Truth

from .strategies import NOW, Reader

LIKES_LINEN = Condition(fact="stated.1", operator="any_of", value=frozenset({"linen"}))
NOT_LINEN = Condition(fact="stated.1", operator="any_of", value=frozenset({"linen"}), negated=True)
EMPTY = lambda key: Reading(value=frozenset())  # noqa: E731
MISSING = lambda key: Reading(gap=Gap.MISSING)  # noqa: E731


def test_empty_set_is_a_value_so_its_negation_is_true():
    assert NOT_LINEN.evaluate(EMPTY) is Truth.TRUE


def test_missing_fact_is_unknown_in_both_directions():
    assert LIKES_LINEN.evaluate(MISSING) is Truth.UNKNOWN
    assert NOT_LINEN.evaluate(MISSING) is Truth.UNKNOWN


def test_empty_group_matches_nobody():
    assert AllOf(()).evaluate(EMPTY) is Truth.UNKNOWN
    assert AnyOf(()).evaluate(EMPTY) is Truth.UNKNOWN


def test_segment_that_stands_on_free_facts_alone_is_told_apart():
    free = frozenset({"context.weekday"})
    sunday = Condition(fact="context.weekday", operator="one_of", value=frozenset({"sun"}))
    assert AnyOf((sunday, LIKES_LINEN)).stands_alone(free)
    assert not AllOf((sunday, LIKES_LINEN)).stands_alone(free)


def test_reader_that_raises_is_unknown_and_logged_without_data(caplog):
    class Failing(Reader):
        def _read(self, key):
            raise RuntimeError("secret linen")

    consent = Consent(
        terms={"stated": Terms(purpose="stated", version=1)},
        choices={"stated": Choice(purpose="stated", status=ConsentStatus.GIVEN, version=1, at=NOW)},
    )
    with caplog.at_level(logging.ERROR):
        truth = LIKES_LINEN.evaluate(Failing({}).permitted(consent).read)
    assert truth is Truth.UNKNOWN
    assert len(caplog.records) == 1
    assert "secret" not in caplog.text
    assert "stated.1" in caplog.text


def test_second_alternative_is_not_read_where_the_first_one_holds():
    asked = []

    def read(key):
        asked.append(key)
        return Reading(value=frozenset({"linen"}))

    other = Condition(fact="orders.1", operator="any_of", value=frozenset({"linen"}))
    audience = Audience(key=1, name="Either", condition=AnyOf((LIKES_LINEN, other)))
    decision = choose("p", [Option(key="v", audience=audience)], read)
    assert decision.reason.facts == ("stated.1",)
