"""What may be offered to one shopper: not to everybody what is offered to most."""

from collections.abc import Sequence

from ethical_personalization.shopper.shopper import Shopper

from .notice import offered_purposes
from .screens import Words


def offered_to(shopper: Shopper) -> list[Words]:
    """The purposes that this site offers, without those that are withheld from who is under age."""
    return not_withheld(shopper, offered_purposes(shopper.site_id))


def not_withheld(shopper: Shopper, purposes: Sequence[Words]) -> list[Words]:
    """Those of ``purposes`` that she may answer on."""
    consent, now = shopper.consent, shopper.now
    return [words for words in purposes if not consent.is_withheld(words["key"], now=now)]
