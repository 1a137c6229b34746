"""What is true of every explanation of a version; each function fails where it is not."""

from itertools import combinations

from ethical_personalization.core.conditions import Condition, facts_of
from ethical_personalization.core.readings import Gap, only, without
from ethical_personalization.core.traces import Standing, Trace
from ethical_personalization.core.truth import Truth

from .strategies import BRANDS, KINDS
from .teller import Case


def default_is_told_nothing_about(case):
    """Where everybody sees the same, there is no reason."""
    if not case.decision.is_personal:
        assert case.decision.reason is None
        assert (case.words, case.trace) == ("", Trace())


def sets_are_sufficient(case):
    """With everything outside a told set unknown, the placement shows the same."""
    for chosen in case.sets():
        assert case.shown(only(case.read, frozenset(chosen))) == case.decision.option


def sets_are_minimal(case):
    """Without any one of its facts, a told set is not enough."""
    for chosen in case.sets():
        for fact in chosen:
            less = only(case.read, frozenset(chosen) - {fact})
            assert case.shown(less) != case.decision.option


def every_sufficient_set_is_told(case):
    """Compared with trying every subset; where fewer are told, that is said."""
    every = smallest_sets(
        facts_of(case.decision.option.audience.condition),
        lambda read: case.shown(read) == case.decision.option,
        case.read,
    )
    assert {frozenset(chosen) for chosen in case.sets()} == every
    assert case.trace.is_complete and not case.trace.others_cut
    less = case.trace_of(case.read, told=1)
    assert less.others == case.trace.others[:1]
    assert less.others_cut == (len(every) > 2)


def smallest_sets(facts, holds, read):
    """The minimal sufficient sets, without the search that is tested."""
    enough = [
        frozenset(chosen)
        for size in range(len(facts) + 1)
        for chosen in combinations(facts, size)
        if holds(only(read, frozenset(chosen)))
    ]
    return {chosen for chosen in enough if not any(other < chosen for other in enough)}


def every_passed_over_version_is_told(case):
    """With why it was not shown, and how many more there are."""
    told = {item.option.key: item for item in case.trace.passed_over}
    assert set(told) == {option.key for option in case.world.options} - {case.decision.option.key}
    for item in told.values():
        truth = item.option.audience.condition.evaluate(case.read)
        assert (item.standing is Standing.CAME_LATER) == (truth is Truth.TRUE)
        assert (item.standing is Standing.DOES_NOT_FIT) == (truth is Truth.FALSE)
        assert (item.standing is Standing.NOT_PERMITTED) == bool(item.not_permitted)
        assert item.facts == facts_of(item.option.audience.condition)
    assert case.trace_of(case.read, told=1).left_out == max(len(told) - 1, 0)


def nothing_is_read_or_named_without_permission(case):
    """Nor what she excluded or muted; only a purpose that is missing is pointed at."""
    allowed = case.world.may_be_told()
    evidence = case.decision.reason.evidence
    named = [fact for chosen in case.sets() for fact in chosen]
    named += [item.fact for item in (*evidence, *case.trace.without)]
    named += [item.shown_if.condition.fact for item in case.trace.passed_over if item.shown_if]
    named += [key for key in KINDS if key in case.words]
    assert {*case.reader.asked, *named} <= allowed
    for item in evidence:
        assert item.fact not in BRANDS or not case.world.muted() & set(item.matched)
    for item in case.trace.passed_over:
        assert all(case.read(fact).gap is Gap.NOT_PERMITTED for fact in item.not_permitted)


def evidence_is_true(case):
    """Every fact of the reason is told, by a condition that her own data meets."""
    reason, profile = case.decision.reason, case.world.profile
    assert {item.fact for item in reason.evidence} == set(reason.facts)
    for item in reason.evidence:
        condition = Condition(
            fact=item.fact, operator=item.operator, value=item.wanted, negated=item.negated
        )
        assert condition.evaluate(case.world.facts().read) is Truth.TRUE
        assert set(item.matched) <= set(_as_set(profile.get(item.fact)))
        assert f"{item.fact}:" in case.words


def _as_set(value):
    return value if isinstance(value, frozenset) else {value}


def same_input_gives_same_words(case):
    """Whatever order the versions come in, and whichever worker tells it."""
    again = Case(case.world, case.teller)
    options = list(reversed(case.world.options))
    again.decision = case.teller.choose(case.world.placement, options, again.read)
    assert (again.decision, again.words) == (case.decision, case.words)
    assert again.trace == case.trace


def what_nobody_may_look_at_changes_nothing(case):
    """Other data without permission, excluded or muted: the same version in the same words."""
    other = Case(case.world, case.teller)
    changed = case.world.reader(case.world.changed_where_nobody_may_look())
    other.facts = changed.permitted(case.world.consent, case.world.instructions)
    other.read = other.facts.read
    assert (other.decision.option, other.words) == (case.decision.option, case.words)
    assert other.decision.replaceable == case.decision.replaceable


def version_is_shown_when_its_supposition_comes_true(case):
    """ "You would see it if …" is tried with her data changed in that one fact."""
    for item in case.trace.passed_over:
        if item.shown_if is not None:
            key, value = item.shown_if.condition.fact, item.shown_if.reading.value
            changed = case.world.facts({**case.world.profile, key: value})
            assert case.shown(changed.read) == item.option


def without_a_fact_comes_what_was_said(case):
    """Tried by excluding it; what would remain is said of exactly those that change nothing."""
    reason, replaceable = case.decision.reason, case.decision.replaceable
    assert {item.fact for item in case.trace.without} == set(reason.facts) - replaceable
    for item in case.trace.without:
        assert case.shown(case.world.facts(excluded={item.fact}).read) == item.option
    for fact in replaceable:
        assert case.shown(case.world.facts(excluded={fact}).read) == case.decision.option


def what_remains_has_another_reason(case):
    """ "You would still see it, because …" names what is enough without that fact."""
    for fact in case.decision.reason.facts:
        rest = without(case.read, fact)
        other = case.teller.other_evidence(case.decision, rest)
        assert bool(other) == (fact in case.decision.replaceable)
        facts = frozenset(item.fact for item in other)
        assert fact not in facts
        assert not other or case.shown(only(rest, facts)) == case.decision.option


def peeking_reads_nothing_and_claims_only_what_reading_confirms(case):
    peeked, read = case.peeked
    whole = case.trace
    assert not read
    assert set(peeked.others) <= set(whole.others)
    assert set(peeked.without) <= set(whole.without)
    for less, more in zip(peeked.passed_over, whole.passed_over, strict=True):
        assert less.standing in (more.standing, Standing.NOT_LOOKED_AT)
    assert not peeked.is_complete or peeked == whole


#: The order matters to one of them: peeking comes before anything else is read.
OF_VERSIONS = (
    peeking_reads_nothing_and_claims_only_what_reading_confirms,
    sets_are_sufficient,
    sets_are_minimal,
    every_sufficient_set_is_told,
    every_passed_over_version_is_told,
    nothing_is_read_or_named_without_permission,
    evidence_is_true,
    same_input_gives_same_words,
    what_nobody_may_look_at_changes_nothing,
    version_is_shown_when_its_supposition_comes_true,
    without_a_fact_comes_what_was_said,
    what_remains_has_another_reason,
)
