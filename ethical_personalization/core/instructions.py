"""What a shopper said on the spot about a product, a value or an order line; it only narrows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .readings import Gap, Reading

#: What the values of a fact stand for, where a shopper can mute them.
CATEGORY, BRAND = "category", "brand"
#: A value that she wants less of counts for so much of its points.
LESS = 0.5

Values = Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Instructions:
    """All that she told us to leave out.

    ``excluded`` are facts, ``hidden`` products, ``left_out_lines`` order lines. ``muted`` maps
    CATEGORY and BRAND to values, a category with everything below it. ``less`` maps a fact to the
    values of which she wants less.
    """

    excluded: frozenset[str] = frozenset()
    hidden: frozenset[int] = frozenset()
    muted: Values = field(default_factory=dict)
    less: Values = field(default_factory=dict)
    left_out_lines: frozenset[int] = frozenset()

    def of(self, reading: Reading, values_of: str) -> Reading:
        """``reading`` without what she muted, if the fact's values are ``values_of`` something.

        It is partial whether or not something muted was in it: else its absence would tell.
        """
        muted = self.muted.get(values_of, frozenset())
        if not muted:
            return reading
        if not reading.is_known:
            return replace(reading, is_partial=True)
        if not isinstance(reading.value, frozenset):
            is_muted = reading.value in muted
            return Reading(gap=Gap.EXCLUDED) if is_muted else replace(reading, is_partial=True)
        counts = {value: count for value, count in reading.counts.items() if value not in muted}
        return replace(reading, value=reading.value - muted, counts=counts, is_partial=True)


NO_INSTRUCTIONS = Instructions()
