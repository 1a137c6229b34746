"""Pauses every use of a shopper's data, and lets it go on: by her own hand, with one click."""

from django.db import transaction

from ethical_personalization.models import RestrictionEvent, Subject

from .shared_choices import changing
from .shopper import Shopper, find_known


def restrict(shopper: Shopper, *, restricted: bool) -> bool:
    """Follow from the next response on, on every site; what she chose stays as it is.

    False where we hold nothing about her that could be paused.
    """
    with transaction.atomic():
        subjects = subjects_of(shopper)
        for known in subjects:
            # Who keeps something meanwhile holds the same lock and looks again.
            subject = Subject.objects.select_for_update().get(pk=known.pk)
            if (subject.restricted_at is not None) is restricted:
                continue
            changing(subject)
            subject.restricted_at = shopper.now if restricted else None
            subject.save(update_fields=["restricted_at"])
            RestrictionEvent.objects.create(
                subject=subject, is_restricted=restricted, at=shopper.now
            )
    return bool(subjects)


def subjects_of(shopper: Shopper) -> list[Subject]:
    """The account's subject and those of the device: what one says narrows the others."""
    found = (find_known(shopper).subject, shopper.anonymous_subject, *shopper.elsewhere)
    return list({subject.pk: subject for subject in found if subject is not None}.values())
