"""Wrong explanations of lists and of the items in them, in ``MUTANTS`` with those of versions."""

from dataclasses import replace
from itertools import count

from ethical_personalization.core import decisions, ranking

from . import properties_of_lists as of_lists
from .mutants import MUTANTS, caught_by, with_trace
from .teller import Teller

__all__ = ["MUTANTS"]


def _with_list(change):
    def choose_list(*given, **options):
        made = decisions.choose_list(*given, **options)
        return made if made.reason is None else replace(made, **change(made))

    return Teller(choose_list=choose_list)


@caught_by(of_lists.list_is_the_ranking_of_its_points)
def list_in_another_order():
    return _with_list(lambda made: {"items": made.items[::-1]})


@caught_by(of_lists.reason_of_a_list_is_sufficient_and_minimal)
def list_that_forgets_a_fact():
    return _with_list(lambda made: {"reason": replace(made.reason, facts=made.reason.facts[1:])})


@caught_by(of_lists.reason_of_a_list_is_sufficient_and_minimal)
def list_that_names_all_criteria():
    def change(made):
        facts = tuple(criterion.fact for criterion in made.ranking.criteria)
        return {"reason": replace(made.reason, facts=facts)}

    return _with_list(change)


@caught_by(of_lists.every_sufficient_set_of_a_list_is_told)
def list_that_keeps_a_reason_back():
    return with_trace(lambda trace: replace(trace, others=trace.others[1:]))


@caught_by(of_lists.evidence_of_a_list_is_true_and_permitted)
def list_that_names_values_of_nothing_shown():
    def change(made):
        grown = (replace(item, matched=(*item.matched, "gold")) for item in made.reason.evidence)
        return {"reason": replace(made.reason, evidence=tuple(grown))}

    return _with_list(change)


@caught_by(of_lists.same_input_gives_the_same_list)
def list_that_changes_from_time_to_time():
    number = count()
    return _with_list(lambda made: {"benefit": f"{next(number)}"})


def _with_item(change):
    def item_reason(items, key):
        made = ranking.item_reason(items, key)
        return made if made is None else change(made, items, key)

    return Teller(item_reason=item_reason)


@caught_by(of_lists.item_states_its_largest_contribution)
def item_that_states_its_smallest_contribution():
    def change(made, items, key):
        (item,) = (item for item in items if item.key == key)
        return replace(made, contribution=item.contributions[-1])

    return _with_item(change)


@caught_by(of_lists.score_falls_by_exactly_the_stated_share)
def item_whose_share_is_of_another_sum():
    return _with_item(lambda made, items, key: replace(made, score=made.score + 1))


@caught_by(of_lists.rank_is_claimed_only_where_it_was_computed)
def item_whose_place_counts_from_nought():
    return _with_item(lambda made, items, key: replace(made, place=made.place - 1))


@caught_by(of_lists.rank_is_claimed_only_where_it_was_computed)
def item_with_a_place_though_it_was_not_ranked():
    def item_reason(items, key):
        return ranking.item_reason(items, key) or ranking.item_reason(items, items[-1].key)

    return Teller(item_reason=item_reason)
