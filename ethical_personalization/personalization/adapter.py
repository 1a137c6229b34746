"""wagtail-personalisation's view of a request, answered by the shopper's consent.

It takes no base class: importing ``wagtail_personalisation.adapters`` from here would be a circle,
because that module imports this one.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from wagtail_personalisation.models import Segment

from ethical_personalization.core.audiences import judge
from ethical_personalization.core.decisions import Decision
from ethical_personalization.core.readings import Read
from ethical_personalization.core.truth import Truth

from .arrow import decide
from .preview import previewed
from .segments import plan_of


class ConsentSegmentsAdapter:
    """For ``PERSONALISATION_SEGMENTS_ADAPTER``. Stores nothing, in no session and no table."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self._segments: list[Segment] | None = None

    def setup(self) -> None:
        """Nothing is prepared."""

    def get_segments(self, key: str = "segments") -> Sequence[Segment]:
        """The segments that the shopper certainly belongs to; in a preview, the one looked at."""
        segment = previewed(self.request)
        if segment is not None:
            return [segment]
        if self._segments is None:
            self._segments = list(Segment.objects.filter(pk__in=self._matching()))
        return self._segments

    def get_segment_by_id(self, segment_id: int) -> Segment | None:
        """The segment, if the shopper certainly belongs to it."""
        found = (segment for segment in self.get_segments() if segment.pk == segment_id)
        return next(found, None)

    def set_segments(self, segments: Sequence[Segment], key: str = "segments") -> None:
        """Membership is computed, never set."""

    def refresh(self) -> None:
        """Membership is computed when a placement asks."""

    def add_page_visit(self, page: Any) -> None:
        """Visits are not counted."""

    def get_visit_count(self, page: Any = None) -> int:
        """Visits are not counted."""
        return 0

    def update_visit_count(self) -> None:
        """Visits are not counted."""

    def _test_rules(self, rules: Any, request: Any, match_any: bool = False) -> bool:  # noqa: FBT001, FBT002 - the host's signature
        """False: rules are evaluated as conditions on facts, never one by one."""
        return False

    def _matching(self) -> list[int]:
        matching: list[int] = []

        def rules(read: Read) -> Decision:
            audiences = plan_of(self.request).audiences.values()
            matching.extend(
                audience.key for audience in audiences if judge(audience, read).truth is Truth.TRUE
            )
            return Decision(placement="segments")

        decide(self.request, "segments", rules)
        return matching
