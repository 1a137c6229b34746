"""Counts a visit to a page, where a rule asks for it and the shopper allows it."""

from ethical_personalization.facts.browsing import (
    PURPOSE,
    counts_visits,
    one_more_visit,
    visits_fact_key,
)

from .afterwards import after_response
from .browsing_record import record_while_permitted
from .shopper import Shopper


def count_visit(shopper: Shopper, page_pk: int) -> None:
    """Add one to the sealed count of the page; nothing at all without permission."""
    if PURPOSE in shopper.permitted and shopper.request.method == "GET":
        after_response(shopper.request, lambda: _count(shopper, page_pk), what="visit")


def _count(shopper: Shopper, page_pk: int) -> None:
    if counts_visits(page_pk):
        record_while_permitted(
            shopper, visits_fact_key(page_pk), lambda record: one_more_visit(record, page_pk)
        )
