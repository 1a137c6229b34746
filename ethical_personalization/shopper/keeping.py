"""Keeps something only while it is permitted, also where the permission ends meanwhile."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.core.consent import NOT_NARROWED, Narrowing
from ethical_personalization.models import Subject

from .ledger import load_consent
from .shopper import Shopper

Keep = Callable[[], object]


def while_permitted(shopper: Shopper, purpose: str, keep: Keep) -> bool:
    """Call ``keep`` if ``purpose`` is permitted to this request, and still is under the lock."""
    if purpose not in shopper.permitted or shopper.subject is None or shopper.site is None:
        return False
    return while_permitted_now(
        shopper.subject.pk,
        purpose,
        shopper.site,
        keep,
        now=shopper.now,
        refused_here=shopper.consent.refused_here,
        narrowing=shopper.consent.narrowing,
    )


def while_permitted_now(
    subject_id: UUID,
    purpose: str,
    site: Site,
    keep: Keep,
    *,
    now: datetime | None = None,
    refused_here: Mapping[str, datetime] | None = None,
    narrowing: Narrowing = NOT_NARROWED,
) -> bool:
    """Call ``keep`` under a lock on the subject, if ``purpose`` is permitted at that moment.

    Who takes a permission back or pauses everything holds the same lock until what was kept is
    deleted: what is kept before that goes with it, and afterwards nothing is. A job without a
    request leaves ``refused_here`` and ``narrowing`` out.
    """
    with transaction.atomic():
        subject = Subject.objects.select_for_update().filter(pk=subject_id).first()
        if subject is None or subject.closed_at is not None:
            return False
        consent = load_consent(subject, site, refused_here, narrowing)
        if purpose not in consent.permitted(now=now or timezone.now()):
            return False
        keep()
    return True
