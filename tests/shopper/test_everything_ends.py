"""Twenty years later nothing of ours is left of anybody who could not come back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.core.registry import purposes
from ethical_personalization.models import (
    DataRequest,
    Erasure,
    Feedback,
    RestrictionEvent,
    Subject,
    Tombstone,
)
from ethical_personalization.shopper.age import OPEN_END
from ethical_personalization.shopper.holdings import HOLDINGS
from ethical_personalization.shopper.vault import seal_record
from ethical_personalization.testing import registered

pytestmark = pytest.mark.django_db
THEN = timezone.now() - timedelta(days=20 * 365)
OURS = [h for h in HOLDINGS if h.model.startswith("ethical_personalization.")]


def left():
    """The tables of ours that still hold a row."""
    return {h.model.split(".")[1] for h in OURS if h.model_class._default_manager.exists()}


@pytest.fixture
def objectable():
    declared = replace(purposes.get("stated"), basis=LawfulBasis.LEGITIMATE_INTEREST)
    with registered(declared):
        yield


@pytest.fixture
def filled(answered, subject, user):
    """A row in each table, all of them of twenty years ago."""

    def fill(*, of_account=False, objected=False, paused=False, erasing=False):
        answered(THEN, stated=not objected, orders=True)
        seal_record(subject.pk, "stated", {"styles": {"values": ["x"], "at": THEN.isoformat()}})
        RestrictionEvent.objects.create(subject=subject, is_restricted=paused, at=THEN)
        request = DataRequest.objects.create(kind="erasure", asked_on=THEN, done_on=THEN)
        Tombstone.objects.create(mark="x", erased_at=THEN)
        Feedback.objects.create(kind="question", words="?", week=THEN.date(), subject=subject)
        if erasing:
            Erasure.objects.create(subject=subject, request=request, due_at=THEN)
        Subject.objects.filter(pk=subject.pk).update(
            created_at=THEN,
            user=user if of_account else None,
            restricted_at=THEN if paused else None,
            under_age_until=OPEN_END if paused else THEN,
            closed_at=THEN if erasing else None,
        )
        subject.sealed_records.update(updated_at=THEN)

    return fill


def test_a_row_is_made_in_every_table_of_ours(filled):
    filled(erasing=True)
    assert left() == {holding.model.split(".")[1] for holding in OURS}


@pytest.mark.parametrize("objected", [False, True])
@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("erasing", [False, True])
def test_nothing_is_left_of_a_device(filled, objectable, objected, paused, erasing):
    filled(objected=objected, paused=paused, erasing=erasing)
    call_command("enforce_retention")
    Tombstone.objects.filter(erased_at__gt=THEN).delete()  # an erasure was done just now
    assert left() == set()


def test_nothing_is_left_of_a_device_that_only_paused(subject):
    RestrictionEvent.objects.create(subject=subject, is_restricted=True, at=THEN)
    Subject.objects.update(created_at=THEN, restricted_at=THEN)
    call_command("enforce_retention")
    assert left() == set()


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ({}, set()),
        ({"paused": True}, {"Subject", "RestrictionEvent"}),
        ({"objected": True}, {"Subject", "RestrictionEvent", "ConsentState", "ConsentEvent"}),
    ],
    ids=["spoke", "paused", "objected"],
)
def test_account_keeps_what_narrows_and_nothing_else(filled, objectable, said, stays):
    filled(of_account=True, **said)
    call_command("enforce_retention")
    assert left() == stays
