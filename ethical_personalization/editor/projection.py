"""Writes what a policy publishes into its segment and the rule tables."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import published, unpublished
from wagtail_personalisation.models import Segment
from wagtail_personalisation.rules import AbstractBaseRule

from ethical_personalization.models import SegmentPolicy
from ethical_personalization.personalization.compilation import (
    extended_rows,
    rule_models,
    stored_rules,
)

from .definitions import described_by, is_extension, put_rules, row_of, rule_relations


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
    _store_rules(segment, described.rules)


def _store_rules(segment: Segment, rules: Iterable[AbstractBaseRule]) -> None:
    """Store ``segment`` with exactly ``rules``.

    It knows extensions by their parents' halves only, and deletes what it is not told to hold.
    """
    held = tuple(rules)
    _store_extensions(segment, [rule for rule in held if is_extension(type(rule))])
    put_rules(segment, held)
    for name, model in rule_relations().items():
        getattr(segment, name).add(*extended_rows(model).filter(segment=segment))
    segment.save()


def _store_extensions(segment: Segment, wanted: Iterable[AbstractBaseRule]) -> None:
    """A row that says what is wanted stays untouched: its app may refer to it."""
    stored = [
        rule
        for model in rule_models()
        if is_extension(model)
        for rule in stored_rules(model).filter(segment=segment)
    ]
    new = []
    for rule in wanted:
        same = next((each for each in stored if _say_the_same(each, rule)), None)
        if same is None:
            new.append(rule)
        else:
            stored.remove(same)
    for rule in stored:
        rule.delete()
    for rule in new:
        rule.segment = segment
        rule.save()


def _say_the_same(one: AbstractBaseRule, other: AbstractBaseRule) -> bool:
    return type(one) is type(other) and row_of(one) == row_of(other)


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
