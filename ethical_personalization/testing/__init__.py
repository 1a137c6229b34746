"""What a shop needs to test itself: shoppers, segments, registrations, and a contract to keep."""

from .contract import PlacementContract
from .places import Place
from .shoppers import (
    as_a_new_worker,
    consent_given,
    consent_refused,
    nothing_kept,
    published_segment,
    registered,
    unguarded_ledger,
)

__all__ = [
    "Place",
    "PlacementContract",
    "as_a_new_worker",
    "consent_given",
    "consent_refused",
    "nothing_kept",
    "published_segment",
    "registered",
    "unguarded_ledger",
]
