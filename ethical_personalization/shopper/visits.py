"""Counts a visit to a page, where a rule asks for it and the shopper allows it."""

from ethical_personalization.facts.browsing import (
    PURPOSE,
    RECORD,
    counts_visits,
    one_more_visit,
    visits_fact_key,
)

from .keeping import while_permitted
from .shopper import Shopper
from .vault import change_record


def count_visit(shopper: Shopper, page_pk: int) -> None:
    """Add one to the sealed count of the page; nothing at all without permission."""
    if PURPOSE not in shopper.permitted or shopper.subject is None:
        return
    if shopper.request.method != "GET" or visits_fact_key(page_pk) in shopper.excluded:
        return
    if not counts_visits(page_pk):
        return
    subject_id = shopper.subject.pk
    while_permitted(
        shopper,
        PURPOSE,
        lambda: change_record(subject_id, RECORD, lambda record: one_more_visit(record, page_pk)),
    )
