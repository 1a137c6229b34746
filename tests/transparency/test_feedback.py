"""The form below a reason: for who has allowed something, without a query, and for nobody else."""

import pytest
from django.utils import timezone, translation

from ethical_personalization.core.decision_traces import DecisionTrace
from ethical_personalization.models import FeedbackKind
from ethical_personalization.personalization.segments import decide_placement
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.testing import consent_given, consent_refused, registered
from ethical_personalization.transparency.decision_token import read_token
from ethical_personalization.transparency.feedback import feedback_on
from tests.transparency.test_widget import (  # noqa: F401
    ENGLISH,
    HERO,
    likes_linen,
    page,
    published_segment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(page, likes_linen):  # noqa: F811
    """The page of a shopper who likes linen, with its widget."""
    page.subject = consent_given(page.client, answers={"fabric": ["linen"]})
    page.shows()
    return page


def test_form_carries_the_trace_by_names(shown, likes_linen):  # noqa: F811
    token = shown.soup.find("input", {"name": "decision"})["value"]
    trace = read_token(token, shown.shopper.subject.pk, now=timezone.now())
    assert isinstance(trace, DecisionTrace)
    assert (trace.placement, trace.segment) == ("hero", likes_linen.pk)
    assert trace.facts == ("stated.fabric",)
    assert "linen" not in token


def test_form_offers_four_words_and_presses_none_of_them(shown):
    radios = shown.soup.find_all("input", {"type": "radio"})
    assert [each["value"] for each in radios] == ["helpful", "not_helpful", "intrusive", "unfair"]
    assert not [each for each in radios if each.has_attr("checked")]
    assert not shown.soup.find("input", {"name": "reply"}).has_attr("checked")


def test_form_costs_no_query(shown, django_assert_num_queries):
    with registered(HERO):
        explained = decide_placement(shown.request, "hero")
        with django_assert_num_queries(0):
            assert feedback_on(shown.request, explained.decision).token


@pytest.mark.parametrize("language", ["de", "fr"])
def test_words_of_the_form_are_translated(language):
    english = [str(label) for label in FeedbackKind.labels]
    with translation.override(language):
        assert not [one for one in FeedbackKind.labels if str(one) in english[:4]]


@pytest.mark.parametrize("is_known", [False, True])
def test_who_has_allowed_nothing_gets_no_token(page, question, is_known):  # noqa: F811
    """Also beside what was chosen by a fact of nobody in particular."""
    published_segment("English", [ENGLISH], placements=["hero"])
    if is_known:
        consent_given(page.client, answers={"fabric": ["linen"]})
        consent_refused(page.client, "stated")
    assert "decision" not in page.shows()
    with registered(HERO):
        decision = decide_placement(page.request, "hero").decision
    assert feedback_on(page.request, decision) is None
    assert shopper_for(page.request).permitted == frozenset()
