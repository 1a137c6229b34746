"""Whether stored segments can still work."""

from typing import Any

from django.core.checks import CheckMessage
from django.db import connection
from wagtail_personalisation.models import Segment
from wagtail_personalisation.rules import VisitCountRule

from ethical_personalization.core.failing_closed import attempt

from .messages import warning


def check_static_visit_counts(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Lists that were collected by reading everybody's sessions.

    A database that can't be asked, or has no tables yet, is no reason for a check to fail.
    """
    nothing: list[CheckMessage] = []
    if not databases:
        return nothing
    return attempt(_collected_lists, otherwise=nothing, what="check")


def _collected_lists() -> list[CheckMessage]:
    if Segment._meta.db_table not in connection.introspection.table_names():
        return []
    counted = VisitCountRule.objects.values("segment")
    static = Segment.objects.enabled().filter(type=Segment.TYPE_STATIC, pk__in=counted)
    return [
        warning(
            "W005",
            f"The segment {segment.name!r} is a fixed list collected by counting visits, which "
            "nobody was asked about. It is shown to nobody.",
            "Publish it under Personalisation in Wagtail's admin, so that it follows its rules, "
            "or disable it.",
        )
        for segment in static.order_by("pk")
    ]
