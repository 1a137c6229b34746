"""Pauses every use of a shopper's data, and lets it go on: by her own hand, with one click."""

from datetime import datetime

from django.db import transaction

from ethical_personalization.models import RestrictionEvent, Subject

from .shared_choices import changing
from .shopper import Shopper, find_known


def restrict(shopper: Shopper, *, restricted: bool, until: datetime | None = None) -> bool:
    """Follow from the next response on, on every site; what she chose stays as it is.

    A pause ends at ``until`` (aware) by itself, or else when she says so. One that would end
    earlier than the one that holds changes nothing: it may come from an old page. False where we
    hold nothing about her that could be paused.
    """
    with transaction.atomic():
        subjects = subjects_of(shopper)
        for known in subjects:
            # Who keeps something meanwhile holds the same lock and looks again.
            subject = Subject.objects.select_for_update().get(pk=known.pk)
            if restricted and not _holds_longer(subject, until):
                _change(subject, shopper.now, until=until)
            elif not restricted and subject.restricted_at is not None:
                _end(subject, shopper.now)
    return bool(subjects)


def subjects_of(shopper: Shopper) -> list[Subject]:
    """The account's subject and those of the device: what one says narrows the others."""
    found = (find_known(shopper).subject, shopper.anonymous_subject, *shopper.elsewhere)
    return list({subject.pk: subject for subject in found if subject is not None}.values())


def _holds_longer(subject: Subject, until: datetime | None) -> bool:
    """Whether a pause holds that ends no earlier than ``until``."""
    standing = subject.narrowing
    if standing.is_restricted or until is None or standing.restricted_until is None:
        return standing.is_restricted
    return standing.restricted_until >= until


def _change(subject: Subject, now: datetime, *, until: datetime | None) -> None:
    changing(subject)
    if not subject.narrowing.is_paused(now=now):
        subject.restricted_at = now
    subject.restricted_until = until
    subject.save(update_fields=["restricted_at", "restricted_until"])
    RestrictionEvent.objects.create(subject=subject, is_restricted=True, at=now, until=until)


def _end(subject: Subject, now: datetime) -> None:
    changing(subject)
    subject.restricted_at = subject.restricted_until = None
    subject.save(update_fields=["restricted_at", "restricted_until"])
    RestrictionEvent.objects.create(subject=subject, is_restricted=False, at=now)
