"""Keeps something only while it is permitted, also where the permission ends meanwhile."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.core.consent import Consent
from ethical_personalization.models import Subject

from .ledger import load_consent
from .shopper import Shopper

Keep = Callable[[], object]


def while_permitted(shopper: Shopper, purpose: str, keep: Keep) -> bool:
    """Call ``keep`` if ``purpose`` is permitted to this request, and still is under the lock."""
    if purpose not in shopper.permitted or shopper.subject is None:
        return False
    site_id, consent = shopper.site_id, shopper.consent
    if site_id is None:
        return False

    def load(subject: Subject) -> Consent:
        return load_consent(subject, site_id, consent.refused_here, consent.narrowing)

    return _under_lock(shopper.subject.pk, load, purpose, keep)


def while_permitted_now(subject_id: UUID, purpose: str, site: Site, keep: Keep) -> bool:
    """Call ``keep`` under a lock on the subject, if ``purpose`` is permitted at that moment.

    Who takes a permission back or pauses everything holds the same lock until what was kept is
    deleted: what is kept before that goes with it, and afterwards nothing is. For a job, which
    has no request.
    """
    return _under_lock(subject_id, lambda subject: load_consent(subject, site.pk), purpose, keep)


def _under_lock(
    subject_id: UUID, load: Callable[[Subject], Consent], purpose: str, keep: Keep
) -> bool:
    with transaction.atomic():
        subject = Subject.objects.select_for_update().filter(pk=subject_id).first()
        if subject is None or subject.closed_at is not None:
            return False
        if purpose not in load(subject).permitted(now=timezone.now()):
            return False
        keep()
    return True
