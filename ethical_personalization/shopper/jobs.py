"""What is permitted for a subject at this moment, for code that has no request: jobs, commands."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.instructions import Instructions
from ethical_personalization.models import Subject
from ethical_personalization.models.savepoints import undisturbed

from .instructions import INSTRUCTIONS, instructions_in
from .ledger import load_consent
from .vault import open_record


def permitted_now(subject_id: UUID, site: Site, *, now: datetime | None = None) -> frozenset[str]:
    """The purposes that may be served for the subject, read from the database at this moment.

    Pauses, objections, withdrawals and her age count; nothing is permitted where she is gone or the
    database fails. What a browser or a device says for her, no job can know. Ask right before each
    use, not when the job begins, and keep something only by ``keeping.while_permitted_now``.
    """
    nothing: frozenset[str] = frozenset()
    at = now or timezone.now()
    return attempt(lambda: _permitted(subject_id, site, at), otherwise=nothing, what="standing")


def is_permitted_now(
    subject_id: UUID, purpose: str, site: Site, *, now: datetime | None = None
) -> bool:
    """Whether ``purpose`` is among them."""
    return purpose in permitted_now(subject_id, site, now=now)


def instructions_now(subject_id: UUID) -> Instructions | None:
    """What she told us to leave out, read at this moment; None means: use nothing at all.

    That is where the record can't be read. Ask together with the permission, right before each use.
    """
    nothing: Instructions | None = None

    def read() -> Instructions | None:
        with undisturbed():
            return instructions_in(open_record(subject_id, INSTRUCTIONS))

    return attempt(read, otherwise=nothing, what="instructions")


def _permitted(subject_id: UUID, site: Site, now: datetime) -> frozenset[str]:
    with undisturbed():
        subject = Subject.objects.filter(pk=subject_id).first()
        if subject is None or subject.closed_at is not None:
            return frozenset()
        return load_consent(subject, site.pk).permitted(now=now)
