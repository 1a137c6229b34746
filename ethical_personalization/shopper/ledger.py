"""The only writer of consent: events, their chain, and the projection of their state."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from wagtail.models import Site

from ethical_personalization.core.consent import Choice, Consent, ConsentStatus, status_of_answer
from ethical_personalization.core.notices import notice_hash
from ethical_personalization.models import (
    ConsentEvent,
    ConsentMethod,
    ConsentState,
    Notice,
    Purpose,
    PurposeVersion,
    Subject,
)
from ethical_personalization.signals import consent_recorded

from .subjects import choices_of


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """Where, how and under which words a choice was made; ``now`` is the server's time.

    ``screen`` and ``style`` are the markup and the style sheet of the page that asked.
    """

    site: Site
    language: str
    method: ConsentMethod
    words: Mapping[str, object]
    now: datetime
    screen: str = ""
    style: str = ""


def record_answers(
    subject: Subject, answers: Mapping[str, bool], occasion: Occasion
) -> list[ConsentEvent]:
    """Write what changed, in one transaction under a lock on the subject.

    ``answers`` maps purpose keys to yes or no; a purpose that is not offered is left out. An
    answer that changes nothing writes nothing, so a repeated request is harmless.
    """
    with transaction.atomic():
        Subject.objects.select_for_update().get(pk=subject.pk)
        held = load_consent(subject, occasion.site)
        versions = _current_versions()
        events = []
        for key, allowed in answers.items():
            if key not in versions:
                continue
            status = status_of_answer(allowed=allowed, before=held.status(key, now=occasion.now))
            if not _is_news(held.choices.get(key), status, versions[key], occasion.now):
                continue
            events.append(_append(subject, versions[key], status, occasion))
        if events:
            transaction.on_commit(lambda: _announce(subject, events), robust=True)
    return events


def load_consent(
    subject: Subject, site: Site, refused_here: Mapping[str, datetime] | None = None
) -> Consent:
    """Everything that ``subject`` chose on ``site``, against the purposes of this moment.

    For who is about to write; pages take the purposes that were published a second ago.
    """
    return Consent(
        terms=Purpose.objects.all().terms(),
        choices=choices_of(subject, site),
        refused_here=refused_here or {},
    )


def chain_hash(event: ConsentEvent) -> str:
    """SHA-256 over what the event says and the hash before it, in a fixed order."""
    said = {
        "at": event.at.isoformat(),
        "language": event.language,
        "method": event.method,
        "notice": event.notice.words_hash,
        "previous": event.previous_hash,
        "purpose": event.purpose_version.purpose.key,
        "site": event.site_id,
        "status": event.status,
        "subject": str(event.subject_id),
        "terms": event.purpose_version.material_hash,
        "valid_until": event.valid_until.isoformat() if event.valid_until else None,
        "version": event.purpose_version.number,
    }
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def first_broken_event(subject: Subject) -> ConsentEvent | None:
    """The first event of the subject's chain that was changed or lost its predecessor."""
    previous = ""
    events = ConsentEvent.objects.filter(subject=subject).select_related(
        "notice", "purpose_version__purpose"
    )
    for event in events.order_by("pk"):
        if event.previous_hash != previous or chain_hash(event) != event.hash:
            return event
        previous = event.hash
    return None


def _current_versions() -> dict[str, PurposeVersion]:
    versions = PurposeVersion.objects.filter(purpose__is_offered=True).select_related("purpose")
    return {version.purpose.key: version for version in versions.order_by("number")}


def _is_news(
    held: Choice | None, status: ConsentStatus, version: PurposeVersion, now: datetime
) -> bool:
    if held is None or held.status is not status:
        return True
    if status is not ConsentStatus.GIVEN:
        return False
    has_run_out = held.valid_until is not None and now >= held.valid_until
    return held.version != version.number or has_run_out


def _append(
    subject: Subject, version: PurposeVersion, status: ConsentStatus, occasion: Occasion
) -> ConsentEvent:
    given = status is ConsentStatus.GIVEN
    newest = ConsentEvent.objects.filter(subject=subject).order_by("-pk").first()
    event = ConsentEvent(
        subject=subject,
        purpose_version=version,
        notice=_notice(occasion),
        status=status.value,
        method=occasion.method,
        language=occasion.language,
        site=occasion.site,
        at=occasion.now,
        valid_until=occasion.now + version.purpose.retention if given else None,
        previous_hash=newest.hash if newest else "",
    )
    event.hash = chain_hash(event)
    event.save()
    ConsentState.objects.update_or_create(
        subject=subject,
        purpose=version.purpose,
        site=occasion.site,
        defaults={"event": event},
    )
    return event


def _notice(occasion: Occasion) -> Notice:
    notice, _created = Notice.objects.get_or_create(
        site=occasion.site,
        language=occasion.language,
        words_hash=notice_hash(occasion.words, occasion.screen, occasion.style),
        defaults={
            "words": occasion.words,
            "screen": occasion.screen,
            "style": occasion.style,
            "created_at": occasion.now,
        },
    )
    return notice


def _announce(subject: Subject, events: list[ConsentEvent]) -> None:
    for event in events:
        consent_recorded.send_robust(sender=ConsentEvent, subject=subject, event=event)
