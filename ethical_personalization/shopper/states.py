"""Rebuilds the states of consent from the events, which alone are the proof."""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from wagtail.models import Site

from ethical_personalization.models import ConsentEvent, ConsentState, Subject

from .shared_choices import changing


def rebuild_states() -> int:
    """Make every subject's states follow from her events; how many subjects were mended.

    One subject at a time, under the lock that answers take, and only where something differs.
    """
    mended = 0
    for subject_id in Subject.objects.values_list("pk", flat=True).iterator():
        mended += rebuild_states_of(subject_id)
    return mended


def rebuild_states_of(subject_id: UUID) -> bool:
    """Whether anything had to be mended."""
    with transaction.atomic():
        subject = Subject.objects.select_for_update().get(pk=subject_id)
        newest, held = _newest(subject_id), _held(subject_id)
        if newest == held:
            return False
        changing(subject)
        wrong = Q(subject=subject_id) | Q(event__in=newest.values())
        ConsentState.objects.filter(wrong).delete()
        ConsentState.objects.bulk_create(
            ConsentState(subject_id=subject_id, purpose_id=purpose, site_id=site, event_id=event)
            for (purpose, site), event in newest.items()
        )
        return True


def _newest(subject_id: UUID) -> dict[tuple[int, int], int]:
    """The newest event of each purpose and site; a site that was deleted has no states."""
    events = ConsentEvent.objects.filter(
        Exists(Site.objects.filter(pk=OuterRef("site_id"))), subject=subject_id
    )
    found = (
        events.order_by()
        .values("site_id", purpose=F("purpose_version__purpose_id"))
        .annotate(newest=Max("pk"))
    )
    return {(row["purpose"], row["site_id"]): row["newest"] for row in found}


def _held(subject_id: UUID) -> dict[tuple[int, int], int]:
    states = ConsentState.objects.filter(subject=subject_id)
    rows = states.values_list("purpose_id", "site_id", "event_id")
    return {(purpose, site): event for purpose, site, event in rows}
