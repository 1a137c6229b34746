"""Not to use one fact: kept at once, undone as easily, and never about anybody else."""

import pytest

from ethical_personalization.models import SealedRecord
from ethical_personalization.shopper.profile import excluded_facts
from ethical_personalization.testing import consent_given

from .visitor import SAME_ORIGIN

pytestmark = pytest.mark.django_db
FACTS = "/preferences/facts/"


def test_fact_that_is_not_to_be_used_is_not_even_read(visitor, question):
    consent_given(visitor.client, answers={"fabric": ["linen"]})
    visitor.opens().presses("Don’t use this", within="#known").follows()
    known = visitor.page.find(id="known").get_text(" ")
    assert "Not used, as you told us." in known
    assert "linen" not in known


def test_fact_can_be_used_again(visitor, question):
    subject = consent_given(visitor.client, answers={"fabric": ["linen"]})
    visitor.opens().presses("Don’t use this", within="#known").follows()
    visitor.presses("Use this again", within="#known").follows()
    assert excluded_facts(subject.pk) == {}
    assert "We use this again." in visitor.text


def test_instruction_leads_back_to_the_page_it_was_given_on(client, question):
    consent_given(client, answers={"fabric": ["linen"]})
    body = {"fact": "stated.fabric", "use": "no", "next": "/shop/?q=a"}
    response = client.post(FACTS, body, headers=SAME_ORIGIN)
    assert response["Location"] == "/shop/?q=a&ep-saved=unused"


def test_instruction_by_fetch_is_answered_with_saved(client, question):
    consent_given(client, answers={"fabric": ["linen"]})
    headers = {**SAME_ORIGIN, "accept": "application/json"}
    body = {"fact": "stated.fabric", "use": "no"}
    assert client.post(FACTS, body, headers=headers).json()["saved"] is True


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"fact": "stated.fabric"},
        {"use": "no"},
        {"fact": "nonsense", "use": "no"},
        {"fact": "stated.fabric", "use": "perhaps"},
        {"fact": "stated.fabric\0", "use": "no"},
        {"fact": "x" * 300, "use": "no"},
    ],
)
def test_form_that_no_page_of_ours_sends_is_told_so(client, question, body):
    consent_given(client, "stated")
    response = client.post(FACTS, body, headers=SAME_ORIGIN)
    assert response.status_code == 400
    assert not SealedRecord.objects.filter(name="instructions").exists()


def test_visitor_without_subject_has_nothing_to_exclude(client, question):
    body = {"fact": "stated.fabric", "use": "no"}
    response = client.post(FACTS, body, headers=SAME_ORIGIN)
    assert response.status_code == 400
    assert b"Nothing is used about you" in response.content
    assert not response.cookies


def test_instructions_that_can_not_be_opened_are_not_overwritten(visitor, question):
    consent_given(visitor.client, answers={"fabric": ["linen"]})
    visitor.opens().presses("Don’t use this", within="#known")
    instructions = SealedRecord.objects.filter(name="instructions")
    instructions.update(ciphertext=b"x" * 40)
    body = {"fact": "orders.count", "use": "no"}
    response = visitor.client.post(FACTS, body, headers=SAME_ORIGIN)
    assert response.status_code == 503
    assert bytes(instructions.get().ciphertext) == b"x" * 40
