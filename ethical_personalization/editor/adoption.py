"""Takes over the segments of a site that ran wagtail-personalisation before."""

from django.db import transaction
from wagtail_personalisation.models import Segment

from ethical_personalization.models import SegmentPolicy

from .definitions import definition_of


def adopt_segments() -> int:
    """Give each segment without a policy one that says what the segment says; how many it were.

    The segments and their rules stay as they are. An enabled one counts as published.
    """
    orphans = Segment.objects.filter(ethical_policy__isnull=True).order_by("pk")
    return len([_adopt(segment) for segment in orphans])


@transaction.atomic
def _adopt(segment: Segment) -> SegmentPolicy:
    policy = SegmentPolicy(
        segment=segment,
        name=segment.name,
        live=segment.status == Segment.STATUS_ENABLED,
        first_published_at=segment.enable_date,
        last_published_at=segment.enable_date,
        definition=definition_of(segment),
    )
    policy.save()
    revision = policy.save_revision(changed=not policy.live)
    if policy.live:
        policy.live_revision = revision
        policy.save(update_fields=["live_revision"])
    return policy
