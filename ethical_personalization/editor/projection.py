"""Writes what a policy publishes into its segment and the rule tables."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import published, unpublished
from wagtail_personalisation.models import Segment

from ethical_personalization.models import SegmentPolicy

from .definitions import described_by, put_rules


def connect() -> None:
    """Listen to Wagtail's publishing, wherever it is done: by hand, by workflow, by schedule."""
    uid = "ethical_personalization.projection"
    published.connect(_on_published, sender=SegmentPolicy, dispatch_uid=uid)
    unpublished.connect(_on_unpublished, sender=SegmentPolicy, dispatch_uid=uid)
    post_save.connect(_on_saved, sender=SegmentPolicy, dispatch_uid=uid)
    post_delete.connect(_on_deleted, sender=SegmentPolicy, dispatch_uid=uid)


@transaction.atomic
def project(policy: SegmentPolicy) -> None:
    """Make the segment what ``policy`` says: name, rules and, if it is live, enabled.

    If rules were lost it stays disabled: fewer rules could mean more people.
    """
    described = described_by(policy)
    segment = Segment.objects.select_for_update().get(pk=policy.segment_id)
    segment.name = policy.name
    segment.match_any = described.match_any
    # What is published here follows its rules; a fixed list of members ends with that.
    segment.type, segment.count = Segment.TYPE_DYNAMIC, 0
    is_shown = policy.live and not described.lost
    segment.status = Segment.STATUS_ENABLED if is_shown else Segment.STATUS_DISABLED
    put_rules(segment, described.rules)
    segment.save()


def _on_published(sender: Any, instance: SegmentPolicy, **kwargs: Any) -> None:
    if instance.live:
        project(instance)
    else:  # scheduled for later
        _disable(instance.segment_id)


def _on_unpublished(sender: Any, instance: SegmentPolicy, **kwargs: Any) -> None:
    _disable(instance.segment_id)


def _on_saved(sender: Any, instance: SegmentPolicy, **kwargs: Any) -> None:
    """A draft's segment carries its name, because page versions are prepared for it."""
    if not instance.live and kwargs.get("update_fields") is None and not kwargs.get("raw"):
        Segment.objects.filter(pk=instance.segment_id).update(name=instance.name)


def _on_deleted(sender: Any, instance: SegmentPolicy, **kwargs: Any) -> None:
    """A segment goes with its policy; one that pages still refer to is at least disabled."""
    _disable(instance.segment_id)
    for segment in Segment.objects.filter(pk=instance.segment_id, page_metadata__isnull=True):
        segment.delete()


def _disable(segment_pk: int) -> None:
    for segment in Segment.objects.filter(pk=segment_pk, status=Segment.STATUS_ENABLED):
        segment.status = Segment.STATUS_DISABLED
        segment.save()
