"""Properties of decisions over random segments, profiles and consents."""

from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.audiences import judge
from ethical_personalization.core.consent import Consent
from ethical_personalization.core.decisions import choose
from ethical_personalization.core.readings import only, without
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


@given(profiles, options())
def test_reason_is_sufficient(profile, choices):
    read = read_from(profile)
    decision = choose("p", choices, read)
    if decision.is_personal:
        again = choose("p", choices, only(read, frozenset(decision.reason.facts)))
        assert again.option == decision.option


@given(profiles, options())
def test_reason_is_minimal(profile, choices):
    read = read_from(profile)
    decision = choose("p", choices, read)
    if decision.is_personal:
        facts = frozenset(decision.reason.facts)
        for fact in facts:
            assert choose("p", choices, only(read, facts - {fact})).option != decision.option


@given(profiles, options())
def test_reason_names_evidence_for_each_of_its_facts(profile, choices):
    decision = choose("p", choices, read_from(profile))
    if decision.is_personal:
        assert {item.fact for item in decision.reason.evidence} == set(decision.reason.facts)


@given(profiles, options())
def test_evidence_rests_on_nothing_but_the_facts_of_the_reason(profile, choices):
    read = read_from(profile)
    decision = choose("p", choices, read)
    if decision.is_personal:
        alone = choose("p", choices, only(read, frozenset(decision.reason.facts)))
        assert alone.reason.evidence == decision.reason.evidence


@given(profiles, options())
def test_replaceable_fact_is_one_whose_exclusion_leaves_the_version(profile, choices):
    read = read_from(profile)
    decision = choose("p", choices, read)
    if decision.is_personal:
        for fact in decision.reason.facts:
            remains = choose("p", choices, without(read, fact)).option == decision.option
            assert remains == (fact in decision.replaceable)


@given(profiles, consents(), options(), st.sampled_from(FACTS))
def test_excluded_fact_is_neither_read_nor_named(profile, consent, choices, fact):
    reader = Reader(profile)
    decision = choose("p", choices, reader.permitted(consent, frozenset({fact})).read)
    assert fact not in reader.asked
    assert decision.reason is None or fact not in decision.reason.facts


@given(profiles, consents(), options())
def test_equal_inputs_give_equal_decisions(profile, consent, choices):
    first = choose("p", choices, Reader(profile).permitted(consent).read)
    second = choose("p", list(reversed(choices)), Reader(dict(profile)).permitted(consent).read)
    assert first == second


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
