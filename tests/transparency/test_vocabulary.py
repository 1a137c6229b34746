"""Every name that we take from the W3C Data Privacy Vocabulary is one of its own."""

import re

import pytest

from ethical_personalization.core.registry import facts
from ethical_personalization.facts.defaults import default_purposes
from ethical_personalization.transparency import vocabulary
from tests.pages import ROOT
from tests.transparency import dpv_terms

pytestmark = pytest.mark.django_db
TERM = re.compile(r"https://w3id\.org/dpv(?P<part>[\w/]*)#(?P<name>[\w-]+)")
TERMS_OF = {
    "": dpv_terms.CONSENT | dpv_terms.PURPOSES | dpv_terms.NOT_PERSONAL,
    "/pd": dpv_terms.PERSONAL_DATA,
    "/legal/eu/gdpr": dpv_terms.GDPR,
}


def categories():
    """What the facts of the code and of a new shop's questions are declared to tell."""
    every = [*facts.all().values(), *default_purposes()]
    found = {each.data_category for each in every if hasattr(each, "data_category")}
    assert {"Preference", "BrowsingBehavior"} <= found
    for purpose in default_purposes():
        found |= set(purpose.data_categories)
    return found


def made_up(iris):
    found = [match.groupdict() for match in TERM.finditer(" ".join(iris))]
    assert found
    return [each for each in found if each["name"] not in TERMS_OF.get(each["part"], ())]


def test_states_and_bases_are_terms_of_the_vocabulary():
    iris = [vocabulary.EXPRESSED, *vocabulary.STATES.values(), *vocabulary.BASES.values()]
    assert len(TERM.findall(" ".join(iris))) == len(iris)
    assert made_up(iris) == []


def test_categories_of_facts_and_purposes_are_terms_of_the_vocabulary():
    assert categories() <= dpv_terms.PERSONAL_DATA | dpv_terms.NOT_PERSONAL
    for purpose in default_purposes():
        assert set(purpose.data_categories) <= dpv_terms.PERSONAL_DATA, purpose.key
        assert purpose.processing in dpv_terms.PURPOSES, purpose.key


def test_no_fact_and_no_purpose_of_ours_is_of_a_special_category():
    """GDPR Art. 9: what would reveal health, belief or the like is no part of what we read."""
    assert not categories() & dpv_terms.SPECIAL
    assert not dpv_terms.SPECIAL & dpv_terms.PERSONAL_DATA


def test_terms_in_the_schema_of_receipts_are_of_the_vocabulary():
    schema = (ROOT / "docs/reference/receipt.schema.json").read_text("utf-8")
    named = [match[0] for match in TERM.finditer(schema)]
    assert made_up(named) == []


def test_term_that_nobody_published_is_found():
    assert made_up(["https://w3id.org/dpv/pd#ShoeMood", "https://w3id.org/dpv#ConsentGiven"]) == [
        {"part": "/pd", "name": "ShoeMood"}
    ]
