"""Takes back again, in a restored backup, what was taken back after it was made."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language, gettext
from wagtail.models import Site

from ethical_personalization.core.consent import NEGATIVE
from ethical_personalization.models import ConsentMethod, ConsentState, Purpose, Subject

from .ledger import Occasion, record_answers
from .subjects import choices_of
from .tombstones import Erased, marks_of


def marks_of_refusals(since: datetime | None) -> Iterator[tuple[str, datetime]]:
    """Mark and time of every refusal, withdrawal and objection that stands, from ``since`` on."""
    negative = ConsentState.objects.filter(event__status__in=[each.value for each in NEGATIVE])
    if since is not None:
        negative = negative.filter(event__at__gte=since)
    rows = negative.values_list("subject_id", "purpose__key", "site_id", "event__at")
    for subject_id, purpose, site_id, at in rows.iterator(chunk_size=2000):
        yield next(marks_of(Erased.YES, _key(subject_id, purpose, site_id))), at


def take_back_again(marks: Mapping[str, datetime], subject_id: UUID, *, now: datetime) -> int:
    """Record the refusals of one subject that ``marks`` knows; how many were news here."""
    keys = list(Purpose.objects.values_list("key", flat=True))
    return sum(_on_site(marks, subject_id, site, keys, now) for site in Site.objects.all())


def _on_site(
    marks: Mapping[str, datetime], subject_id: UUID, site: Site, keys: list[str], now: datetime
) -> int:
    refused = {
        key: at
        for key in keys
        for mark in marks_of(Erased.YES, _key(subject_id, key, site.pk))
        if (at := marks.get(mark)) is not None
    }
    if not refused:
        return 0
    subject = Subject.objects.get(pk=subject_id)
    choices = choices_of(subject, site.pk)
    older = [key for key, at in refused.items() if key not in choices or choices[key].at < at]
    occasion = Occasion(
        site=site,
        language=get_language() or "",
        method=ConsentMethod.API,
        words={"text": gettext("You said no to this before; the shop's data was restored since.")},
        now=now,
    )
    return len(record_answers(subject, dict.fromkeys(older, False), occasion))


def _key(subject_id: UUID, purpose: str, site_id: int) -> str:
    return f"{subject_id}:{purpose}:{site_id}"
