"""Drops the proof of choices whose time to be kept has passed, chain by chain."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from ethical_personalization.conf import conf
from ethical_personalization.core.consent import NEGATIVE
from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.models import ConsentEvent, ConsentState, Purpose, Subject

from .roots import sign_finished_days, signed_until
from .shared_choices import changing

BATCH = 200


def drop_expired_chains(*, now: datetime, batch: int = BATCH) -> Iterator[int]:
    """Drop whole chains in batches of subjects; yields how many subjects each batch freed.

    A chain goes when its last event need not be kept any longer and every event is under a signed
    root, which stays. Each batch is a transaction of its own and locks its subjects only; stopped
    half-way, it goes on the next time. A subject without an account goes with her chain, unless
    she is paused. An objection to what needs no consent stays as long as somebody can come with
    it, because without it the use would begin again: an account always, a device for the life of a
    cookie beyond the period of the proof. Whoever asked to be erased is erased first.
    """
    sign_finished_days(now=now)
    end = signed_until()
    while end is not None and (found := _expired(now, end, batch)):
        dropped = _drop(found, now, end)
        yield dropped
        if not dropped:  # somebody else holds them: the next run finds them again
            break


def _expired(now: datetime, end: datetime, batch: int) -> list[UUID]:
    return list(_droppable(now, end).values_list("pk", flat=True)[:batch])


def _droppable(now: datetime, end: datetime) -> QuerySet[Subject]:
    events = ConsentEvent.objects.filter(subject=OuterRef("pk"))
    kept = Q(keep_until__isnull=True) | Q(keep_until__gt=now) | Q(at__gte=end)
    objections = ConsentState.objects.filter(
        subject=OuterRef("pk"),
        subject__closed_at__isnull=True,
        purpose__in=_without_consent(),
        event__status__in=[status.value for status in NEGATIVE],
    ).filter(Q(subject__user__isnull=False) | Q(event__keep_until__gt=now - conf.cookie_max_age))
    return Subject.objects.filter(
        Exists(events.filter(keep_until__lte=now)),
        ~Exists(events.filter(kept)),
        ~Exists(objections),
        erasure__isnull=True,
    )


def _is_paused(now: datetime) -> Q:
    """Her pause outlives the choices, and ends with the subject, as a retention step of its own."""
    runs = Q(restricted_until__isnull=True) | Q(restricted_until__gt=now)
    return Q(restricted_at__isnull=False) & runs


def _without_consent() -> list[int]:
    """The purposes that go on unless she objects."""
    return [
        purpose.pk
        for purpose in Purpose.objects.all()
        if purpose.declaration is not None and purpose.declaration.basis is not LawfulBasis.CONSENT
    ]


def _drop(found: list[UUID], now: datetime, end: datetime) -> int:
    """Look again under the lock: she may have answered meanwhile."""
    with transaction.atomic():
        locked = Subject.objects.select_for_update(skip_locked=True).filter(pk__in=found)
        held = [subject.pk for subject in locked]
        subjects = list(_droppable(now, end).filter(pk__in=held))
        for subject in subjects:
            changing(subject)
        ConsentState.objects.filter(subject__in=subjects).delete()
        ConsentEvent.objects.filter(subject__in=subjects).drop(now=now)
        anonymous = Subject.objects.filter(pk__in=[s.pk for s in subjects], user__isnull=True)
        anonymous.exclude(_is_paused(now)).delete()
        return len(subjects)
