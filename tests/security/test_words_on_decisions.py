"""Whatever is sent as a word on a decision is answered, and keeps nothing without its token."""

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ethical_personalization.models import Feedback, FeedbackKind
from ethical_personalization.models.feedback import ON_DECISION
from tests.preferences.test_feedback import Sayer, segment  # noqa: F401
from tests.security.test_forged_requests import FOREIGN

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TEXT = st.text(max_size=60) | st.sampled_from(["\x00", "9" * 400, ":", "::", "a:b", "W10:x", "yes"])


@pytest.fixture
def sayer(segment):  # noqa: F811
    return Sayer(Client(enforce_csrf_checks=True), segment)


@FEW
@given(kind=st.sampled_from(ON_DECISION), words=TEXT, decision=TEXT, reply=TEXT)
@example(kind=FeedbackKind.UNFAIR, words="", decision="x" * 60_000, reply="")
def test_word_without_a_token_of_hers_is_answered_and_kept_nowhere(
    sayer, kind, words, decision, reply
):
    answer = sayer.says(kind, words=words, decision=decision, reply=reply)
    assert answer.status_code in (400, 409, 429)
    assert not Feedback.objects.exists()


@FEW
@given(kind=TEXT | st.sampled_from(FeedbackKind.values), words=TEXT, reply=TEXT)
def test_any_words_with_a_token_are_kept_as_they_are_or_not_at_all(sayer, kind, words, reply):
    with transaction.atomic():
        answer = sayer.says(kind, words=words, reply=reply)
        kept = list(Feedback.objects.values_list("words", flat=True))
        transaction.set_rollback(True)
    assert answer.status_code in (302, 400, 429)
    assert kept == ([] if answer.status_code != 302 else [words.strip()])


def test_word_that_another_site_sends_is_kept_nowhere(sayer):
    for headers in FOREIGN:
        assert sayer.says(headers=headers).status_code == 409
        forged = sayer.says(headers=headers, csrfmiddlewaretoken="a" * 64)
        assert forged.status_code == 403
