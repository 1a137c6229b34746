"""What is read for a decision; that its reason is true, ``test_faithfulness`` tells."""

from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.audiences import judge
from ethical_personalization.core.consent import Consent
from ethical_personalization.core.decisions import choose
from ethical_personalization.core.readings import only
from ethical_personalization.core.truth import Truth

from .strategies import FACTS, NOW, Reader, consents, expressions, options, profiles, read_from


@given(profiles, options())
def test_reader_is_not_called_without_any_permission(profile, choices):
    reader = Reader(profile)
    decision = choose("p", choices, reader.permitted(Consent()).read)
    assert not decision.is_personal
    assert reader.asked == []


@given(profiles, consents(), options())
def test_reader_is_called_only_for_permitted_facts_and_once(profile, consent, choices):
    reader = Reader(profile)
    choose("p", choices, reader.permitted(consent).read)
    permitted = consent.permitted(now=NOW)
    assert all(key.split(".")[0] in permitted for key in reader.asked)
    assert len(reader.asked) == len(set(reader.asked))


@given(profiles, expressions, st.frozensets(st.sampled_from(FACTS)))
def test_verdict_on_less_knowledge_is_the_same_or_unknown(profile, expression, known):
    read = read_from(profile)
    less = expression.evaluate(only(read, known))
    assert less in {expression.evaluate(read), Truth.UNKNOWN}


@given(profiles, consents(), options())
def test_verdict_names_the_facts_that_were_not_permitted(profile, consent, choices):
    permitted = consent.permitted(now=NOW)
    facts = Reader(profile).permitted(consent)
    for option in choices:
        for fact in judge(option.audience, facts.read).not_permitted:
            assert fact.split(".")[0] not in permitted
