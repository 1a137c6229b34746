"""What was said: ended in time, erased and exported where it is hers, and moved with her."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ethical_personalization.core.decision_traces import DecisionTrace
from ethical_personalization.core.periods import FEEDBACK_KEPT
from ethical_personalization.models import Feedback, Subject
from ethical_personalization.models.feedback import TO_THE_SHOP
from ethical_personalization.shopper.erasure import erase_subject
from ethical_personalization.shopper.feedback import hand_over_questions, keep_feedback
from ethical_personalization.shopper.holdings import Person, installed_holdings
from ethical_personalization.shopper.retention import STEPS

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TRACE = DecisionTrace(placement="hero", segment=0, facts=(), day=NOW.date())


@pytest.fixture
def subject():
    return Subject.objects.create()


def said(subject, *, wants_answer=False):
    keep_feedback(subject, TRACE, kind="helpful", words="So", wants_answer=wants_answer)
    return Feedback.objects.get()


def end(days=0):
    return sum(STEPS["feedback"](NOW + timedelta(days=days), 1))


def told(subject):
    holding = next(h for h in installed_holdings() if h.model.endswith(".Feedback"))
    return list(holding.told_of(Person(subject_id=subject.pk)))


def test_mark_goes_once_the_page_does_not_hold_any_more(subject):
    said(subject)
    assert end(days=1) == 0
    assert end(days=2) == 1
    row = Feedback.objects.get()
    assert (row.mark, row.mark_until) == (None, None)


def test_mark_of_another_shopper_on_the_same_decision_is_another(subject):
    said(subject)
    other = Subject.objects.create()
    assert keep_feedback(other, TRACE, kind="unfair", words="", wants_answer=False)
    assert Feedback.objects.count() == 2


def test_mark_can_not_be_made_without_the_secret_key(subject, settings):
    before = said(subject).mark
    settings.SECRET_KEY = "another"
    keep_feedback(subject, TRACE, kind="helpful", words="", wants_answer=False)
    assert Feedback.objects.exclude(mark=before).count() == 1


def test_feedback_ends_a_year_after_it_was_said_or_answered(subject):
    row = said(subject)
    kept = FEEDBACK_KEPT.days
    Feedback.objects.update(mark=None, mark_until=None, week=NOW.date() - timedelta(days=kept - 1))
    assert end() == 0
    Feedback.objects.update(week=NOW.date() - timedelta(days=kept + 1), answered_on=NOW.date())
    assert end() == 0
    Feedback.objects.update(answered_on=None)
    assert end() == 1
    assert not Feedback.objects.filter(pk=row.pk).exists()


def test_question_is_exported_with_its_answer_and_erased_with_her(subject):
    said(subject, wants_answer=True)
    Feedback.objects.update(answer="Because")
    (row,) = told(subject)
    assert (row["words"], row["answer"]) == ("So", "Because")
    erase_subject(subject.pk, now=NOW)
    assert not Feedback.objects.exists()


def test_word_without_a_wish_for_an_answer_leads_to_nobody(subject):
    said(subject)
    assert told(subject) == []
    erase_subject(subject.pk, now=NOW)
    assert Feedback.objects.count() == 1


def test_account_goes_on_with_what_was_asked_before_login(subject):
    said(subject, wants_answer=True)
    account = Subject.objects.create()
    hand_over_questions(subject.pk, account.pk)
    assert Feedback.objects.get().subject == account


@pytest.mark.parametrize("kind", TO_THE_SHOP)
def test_database_knows_no_question_or_complaint_of_nobody(kind):
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.create(kind=kind, words="Who?")
