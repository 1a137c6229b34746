"""What of wagtail-personalisation's segments is not a rule: lists of members, and chance."""

from collections.abc import Collection
from decimal import Decimal

from wagtail_personalisation.models import Segment

from ethical_personalization.core.conditions import AllOf, Condition, Expression
from ethical_personalization.facts.chance import chance_fact_key
from ethical_personalization.facts.lists import LISTS

from .translation import NEVER


def with_membership(segment: Segment, rules: Expression, *, counted: Collection[int]) -> Expression:
    """The whole condition of ``segment``, whose rules say ``rules``.

    A fixed list is what counts for a segment that has one; nobody is put on it any more. One that
    was collected by counting visits (``counted``) matches nobody: nobody was asked for that.
    """
    if segment.is_static:
        if segment.pk in counted:
            return NEVER
        return Condition(fact=LISTS, operator="any_of", value=frozenset({str(segment.pk)}))
    if segment.randomisation_percent is None:
        return rules
    share = Decimal(segment.randomisation_percent)
    drawn = Condition(fact=chance_fact_key(segment.pk), operator="at_most", value=share)
    return AllOf((rules, drawn))
