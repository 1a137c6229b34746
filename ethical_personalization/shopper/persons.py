"""Whose data a request may see: its account's, and that of the device it comes from."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from ethical_personalization.models import Subject

from .holdings import Person
from .shopper import Shopper

#: Neither erased nor, where it is closed, beyond undoing.
_KEPT = Q(closed_at__isnull=True) | Q(erasure__isnull=False)


def persons_of(shopper: Shopper) -> list[Person]:
    """The account with its subjects, and the anonymous subjects that the device carries.

    Those whose erasure can be undone are among them: they are still kept.
    """
    device = [Person(subject_id=key) for key in _of_device(shopper.cookies.pseudonyms)]
    if shopper.user is None:
        return device
    user_id = shopper.user.pk
    hers = Q(user=user_id) | Q(erasure__user=user_id)
    subjects = Subject.objects.filter(hers).values_list("pk", flat=True)
    account = [Person(subject_id=key, user_id=user_id) for key in subjects]
    return (account or [Person(user_id=user_id)]) + device


def open_subjects(shopper: Shopper) -> list[Subject]:
    """The subjects that are used now: the account's, and the anonymous ones of the device."""
    found = (shopper.subject, shopper.anonymous_subject, *shopper.elsewhere)
    return list({subject.pk: subject for subject in found if subject is not None}.values())


def _of_device(pseudonyms: Sequence[UUID]) -> list[UUID]:
    """A device never leads to what belongs, or is to be given back, to an account."""
    if not pseudonyms:
        return []
    nobodys = Q(user__isnull=True) & Q(erasure__user__isnull=True)
    found = Subject.objects.filter(_KEPT, nobodys, pk__in=pseudonyms)
    return list(found.values_list("pk", flat=True))
