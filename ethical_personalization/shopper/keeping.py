"""Keeps something only while it is permitted, also where the permission ends meanwhile."""

from collections.abc import Callable

from django.db import transaction

from ethical_personalization.models import Subject

from .ledger import load_consent
from .shopper import Shopper


def while_permitted(shopper: Shopper, purpose: str, keep: Callable[[], object]) -> bool:
    """Call ``keep`` under a lock on the subject, if ``purpose`` is permitted at that moment.

    Who takes a permission back holds the same lock until what was kept is deleted: what is kept
    before that goes with it, and afterwards nothing is.
    """
    if purpose not in shopper.permitted or shopper.subject is None or shopper.site is None:
        return False
    with transaction.atomic():
        subject = Subject.objects.select_for_update().get(pk=shopper.subject.pk)
        if subject.closed_at is not None:
            return False
        consent = load_consent(subject, shopper.site, shopper.consent.refused_here)
        if purpose not in consent.permitted(now=shopper.now):
            return False
        keep()
    return True
