"""Wrong explanations, one or more for each property: what it is there to catch."""

from dataclasses import replace
from itertools import count

from ethical_personalization.core import decisions, explanations, traces
from ethical_personalization.core.conditions import facts_of
from ethical_personalization.core.instructions import NO_INSTRUCTIONS
from ethical_personalization.core.readings import Gap, Reading
from ethical_personalization.core.traces import Standing
from ethical_personalization.wording import headline

from . import properties as of_versions
from . import properties_of_lists as of_lists
from .strategies import FACTS
from .teller import Teller

MUTANTS = []


def caught_by(*properties):
    """Each of ``properties`` has to fail for some world with the functions that are made."""

    def note(make):
        MUTANTS.extend((make.__name__, make, holds) for holds in properties)
        return make

    return note


def _with_reason(change):
    def choose(placement, options, read):
        made = decisions.choose(placement, options, read)
        return made if made.reason is None else replace(made, **change(made, read))

    return Teller(choose=choose)


def with_trace(change):
    def trace_of(decision, read, **options):
        return change(traces.trace_of(decision, read, **options))

    return Teller(trace_of=trace_of)


@caught_by(of_versions.sets_are_sufficient, of_versions.evidence_is_true)
def reason_that_forgets_its_last_fact():
    return _with_reason(
        lambda made, _: {"reason": replace(made.reason, facts=made.reason.facts[:-1])}
    )


@caught_by(of_versions.sets_are_minimal)
def reason_that_names_all_that_was_asked():
    return _with_reason(
        lambda made, _: {
            "reason": replace(made.reason, facts=facts_of(made.option.audience.condition))
        }
    )


@caught_by(of_versions.evidence_is_true)
def evidence_of_values_that_she_does_not_have():
    def change(made, _):
        grown = (replace(item, matched=(*item.matched, "gold")) for item in made.reason.evidence)
        return {"reason": replace(made.reason, evidence=tuple(grown))}

    return _with_reason(change)


@caught_by(of_versions.evidence_is_true)
def evidence_turned_round():
    def change(made, _):
        turned = (replace(item, negated=not item.negated) for item in made.reason.evidence)
        return {"reason": replace(made.reason, evidence=tuple(turned))}

    return _with_reason(change)


@caught_by(of_versions.nothing_is_read_or_named_without_permission)
def decision_that_looks_at_everything():
    def choose(placement, options, read):
        facts = read.__self__
        for key in FACTS:
            facts.fact(key).reader(None)
        return decisions.choose(placement, options, read)

    return Teller(choose=choose)


@caught_by(of_versions.nothing_is_read_or_named_without_permission)
def words_that_name_what_is_not_permitted():
    return Teller(headline=lambda explanation: f"{headline(explanation)} Not: {' '.join(FACTS)}")


@caught_by(of_versions.what_nobody_may_look_at_changes_nothing)
def words_that_hint_at_what_is_behind_the_door():
    def explain(decision, facts):
        made = explanations.explain(decision, facts)
        told = [facts.fact(key).reader(None) for key in FACTS]
        return (made, told) if made is not None else None

    return Teller(explain=explain, headline=lambda made: f"{headline(made[0])} {len(str(made[1]))}")


@caught_by(of_versions.what_nobody_may_look_at_changes_nothing)
def decision_that_does_not_hear_what_is_muted():
    def choose(placement, options, read):
        read.__self__._instructions = NO_INSTRUCTIONS
        return decisions.choose(placement, options, read)

    return Teller(choose=choose)


@caught_by(of_versions.same_input_gives_same_words)
def words_that_change_from_time_to_time():
    number = count()
    return Teller(headline=lambda explanation: f"{headline(explanation)} {next(number)}")


@caught_by(of_versions.same_input_gives_same_words)
def versions_tried_in_the_order_they_come():
    def choose(placement, options, read):
        shown = decisions.first_true(options, read)
        chosen = [] if shown is None else [shown]
        return decisions.choose(placement, chosen, read)

    return Teller(choose=choose)


@caught_by(of_versions.every_sufficient_set_is_told)
def trace_that_keeps_a_reason_back():
    return with_trace(lambda trace: replace(trace, others=trace.others[1:]))


@caught_by(of_versions.sets_are_sufficient)
def trace_that_makes_a_reason_up():
    return with_trace(lambda trace: replace(trace, others=(*trace.others, FACTS[:1])))


@caught_by(of_versions.every_passed_over_version_is_told)
def trace_that_keeps_a_version_back():
    return with_trace(lambda trace: replace(trace, passed_over=trace.passed_over[1:]))


@caught_by(of_versions.every_passed_over_version_is_told)
def trace_that_says_of_all_that_they_do_not_fit():
    def change(trace):
        told = (replace(item, standing=Standing.DOES_NOT_FIT) for item in trace.passed_over)
        return replace(trace, passed_over=tuple(told))

    return with_trace(change)


@caught_by(of_versions.version_is_shown_when_its_supposition_comes_true)
def supposition_of_what_she_has_already():
    def supposed(item):
        reading = Reading(value=frozenset())
        return replace(item, shown_if=replace(item.shown_if, reading=reading))

    def change(trace):
        told = (supposed(item) if item.shown_if else item for item in trace.passed_over)
        return replace(trace, passed_over=tuple(told))

    return with_trace(change)


@caught_by(of_versions.version_is_shown_when_its_supposition_comes_true)
def supposition_of_what_is_muted():
    def trace_of(decision, read, **options):
        def whole(key):
            return replace(read(key), is_partial=False)

        return traces.trace_of(decision, whole, **options)

    return Teller(trace_of=trace_of)


@caught_by(
    of_versions.without_a_fact_comes_what_was_said,
    of_lists.without_a_fact_the_list_is_what_was_said,
)
def trace_that_expects_nothing_without_a_fact():
    def change(trace):
        told = (replace(item, option=None, same_kind=False) for item in trace.without)
        return replace(trace, without=tuple(told))

    return with_trace(change)


@caught_by(
    of_versions.without_a_fact_comes_what_was_said, of_versions.what_remains_has_another_reason
)
def control_that_says_it_would_change_nothing():
    return _with_reason(lambda made, _: {"replaceable": frozenset(made.reason.facts)})


@caught_by(of_versions.what_remains_has_another_reason)
def control_that_names_the_same_reason_again():
    return Teller(other_evidence=lambda decision, rest: decision.reason.evidence)


@caught_by(of_versions.peeking_reads_nothing_and_claims_only_what_reading_confirms)
def peeking_that_reads():
    def trace_of(decision, read, **options):
        return traces.trace_of(decision, read.__self__.read, **options)

    return Teller(trace_of=trace_of)


@caught_by(of_versions.peeking_reads_nothing_and_claims_only_what_reading_confirms)
def peeking_that_takes_the_unread_for_missing():
    def trace_of(decision, read, **options):
        def missing(key):
            reading = read(key)
            return Reading(gap=Gap.MISSING) if reading.gap is Gap.UNREAD else reading

        return traces.trace_of(decision, missing, **options)

    return Teller(trace_of=trace_of)


@caught_by(of_versions.default_is_told_nothing_about)
def reason_for_what_everybody_sees():
    def explain(decision, facts):
        return explanations.explain(decision, facts) or "default"

    return Teller(explain=explain, headline=lambda made: "For you." if made == "default" else "")
