"""The one writer of what a shopper looks at, into her sealed record."""

from collections.abc import Callable, Mapping
from typing import Any

from ethical_personalization.facts.browsing import PURPOSE, RECORD

from .instructions import INSTRUCTIONS, Part
from .keeping import while_permitted
from .shopper import Shopper
from .vault import change_locked_record, read_box

Record = Mapping[str, Any]


def record_while_permitted(shopper: Shopper, fact: str, change: Callable[[Record], Record]) -> None:
    """Change the record, unless she took the permission or the use of ``fact`` back meanwhile."""
    subject = shopper.subject
    if subject is None:
        return

    def keep() -> None:
        box = read_box(subject.pk)
        if fact not in box.open(INSTRUCTIONS).get(Part.EXCLUDED, {}):
            change_locked_record(box, subject, RECORD, change)

    while_permitted(shopper, PURPOSE, keep)
