"""The inventory: every table that can hold something about a shopper, and what becomes of it."""

from collections.abc import Iterator

from . import accounts, baskets, order_details, orders, ours, ours_of_the_shop, personalisation
from .holding import Goes, Holding, Impersonal, Person, columns_of

__all__ = [
    "HOLDINGS",
    "IMPERSONAL",
    "Goes",
    "Holding",
    "Impersonal",
    "Person",
    "columns_of",
    "installed_holdings",
]

HOLDINGS: tuple[Holding, ...] = (
    *ours.PERSONAL,
    *personalisation.PERSONAL,
    *accounts.PERSONAL,
    *baskets.PERSONAL,
    *orders.PERSONAL,
    *order_details.PERSONAL,
)
IMPERSONAL: tuple[Impersonal, ...] = (
    *ours_of_the_shop.IMPERSONAL,
    *personalisation.IMPERSONAL,
)


def installed_holdings() -> Iterator[Holding]:
    """Those whose tables the shop has."""
    return (holding for holding in HOLDINGS if holding.is_installed)
