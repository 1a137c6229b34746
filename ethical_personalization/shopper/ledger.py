"""The only writer of consent: events, their chain, and the projection of their state."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db import transaction
from wagtail.models import Site

from ethical_personalization.conf import conf
from ethical_personalization.core.consent import (
    NOT_NARROWED,
    Choice,
    Consent,
    ConsentStatus,
    Narrowing,
    Terms,
    status_of_answer,
)
from ethical_personalization.core.exceptions import AnsweredBefore
from ethical_personalization.core.links import link_hash
from ethical_personalization.core.notices import notice_hash
from ethical_personalization.core.registry import purposes
from ethical_personalization.models import (
    ConsentEvent,
    ConsentMethod,
    Notice,
    Purpose,
    Subject,
)
from ethical_personalization.signals import consent_recorded

from .shared_choices import changing
from .standing import Offer, Standing, lock_and_read, move_on
from .subjects import choices_of


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """Where, how and under which words a choice was made; ``now`` is the server's time.

    ``screen`` and ``style`` are the markup and the style sheet of the page that asked.
    ``request_key`` is the digest of a key that came with the request; empty where none came.
    ``despite_gpc``: in a browser that sent Global Privacy Control, so a yes wins over it.
    """

    site: Site
    language: str
    method: ConsentMethod
    words: Mapping[str, object]
    now: datetime
    screen: str = ""
    style: str = ""
    request_key: str = ""
    despite_gpc: bool = False

    def on(self, site: Site) -> "Occasion":
        """The same for another site."""
        return replace(self, site=site)


def record_answers(
    subject: Subject, answers: Mapping[str, bool], occasion: Occasion
) -> list[ConsentEvent]:
    """Write what changed, in one transaction under a lock on the subject.

    ``answers`` maps purpose keys to yes or no; a purpose that is not offered on the site is left
    out, unless she answered it before and says no. So is a yes to what is withheld from who is
    under age. An answer that changes nothing
    writes nothing, so a repeated request is harmless. A *yes* of a request that was recorded before
    and does not hold any more raises ``AnsweredBefore``; a *no* is always taken.
    """
    with transaction.atomic():
        standing = lock_and_read(
            subject.pk,
            occasion.site.pk,
            language=occasion.language,
            words_hash=notice_hash(occasion.words, occasion.screen, occasion.style),
        )
        changed = _changed(answers, standing, occasion)
        if not changed:
            return []
        changing(subject)
        events = _append(subject, changed, standing, occasion)
        transaction.on_commit(lambda: _announce(subject, events), robust=True)
        return events


def load_consent(
    subject: Subject,
    site_id: int,
    refused_here: Mapping[str, datetime] | None = None,
    narrowing: Narrowing = NOT_NARROWED,
) -> Consent:
    """Everything that ``subject`` chose on the site, against the purposes of this moment.

    For who is about to write; pages take the purposes that were published a second ago.
    ``narrowing`` is what narrows beside what ``subject`` says herself.
    """
    return Consent(
        terms=Purpose.objects.offered_on(site_id).terms(site_id),
        choices=choices_of(subject, site_id),
        refused_here=refused_here or {},
        narrowing=subject.narrowing | narrowing,
    )


def _changed(
    answers: Mapping[str, bool], standing: Standing, occasion: Occasion
) -> dict[str, ConsentStatus]:
    """What each answer leads to, of those that change something."""
    terms = {
        key: Terms(
            purpose=key,
            version=offer.version,
            basis=declared.basis,
            is_profiling=declared.is_profiling,
            yes_counts_since=offer.yes_counts_since,
        )
        for key, offer in standing.offers.items()
        if (declared := purposes.find(key)) is not None
    }
    narrowing = Narrowing(under_age_until=standing.under_age_until)
    held = Consent(terms=terms, choices=standing.choices, narrowing=narrowing)
    changed = {}
    for key, allowed in answers.items():
        offer = standing.offers.get(key)
        if offer is None or (allowed and not offer.is_open):
            continue
        if allowed and held.is_withheld(key, now=occasion.now):
            continue
        before = held.status(key, now=occasion.now)
        status = status_of_answer(allowed=allowed, before=before, basis=held.basis(key))
        if _is_news(standing.choices.get(key), status, offer, occasion):
            changed[key] = status
    return changed


def _is_news(held: Choice | None, status: ConsentStatus, offer: Offer, occasion: Occasion) -> bool:
    if held is None or held.status is not status:
        return True
    if status is not ConsentStatus.GIVEN:
        return False
    has_run_out = held.valid_until is not None and occasion.now >= held.valid_until
    is_stronger = occasion.despite_gpc and not held.despite_gpc
    since = offer.yes_counts_since
    is_from_before = since is not None and held.at < since
    return held.version != offer.version or has_run_out or is_from_before or is_stronger


def _append(
    subject: Subject,
    changed: Mapping[str, ConsentStatus],
    standing: Standing,
    occasion: Occasion,
) -> list[ConsentEvent]:
    """One event for each change, in one statement, and their states in another."""
    notice_id, said = standing.notice_id or _notice(occasion).pk, standing.words_hash
    key = _unused_key(changed, occasion)
    events, previous = [], standing.newest_hash
    for purpose, status in changed.items():
        event = _event(subject, standing.offers[purpose], status, occasion)
        event.notice_id, event.request_key, event.previous_hash = notice_id, key, previous
        event.hash = previous = _hash_of_new(event, standing.offers[purpose], said)
        events.append(event)
    ConsentEvent.objects.bulk_create(events)
    moved = {
        standing.offers[key].purpose_id: event.pk
        for key, event in zip(changed, events, strict=True)
    }
    move_on(subject.pk, occasion.site.pk, moved)
    return events


def _unused_key(changed: Mapping[str, ConsentStatus], occasion: Occasion) -> str:
    """The request's key, or none where it was used before and only refusals are to be written."""
    key = occasion.request_key
    if not key or not ConsentEvent.objects.filter(request_key=key).exists():
        return key
    if ConsentStatus.GIVEN in changed.values():
        raise AnsweredBefore("This answer was recorded before, and does not hold any more.")
    return ""


def _event(
    subject: Subject, offer: Offer, status: ConsentStatus, occasion: Occasion
) -> ConsentEvent:
    at = occasion.now.astimezone(UTC)
    valid_until = at + offer.retention if status is ConsentStatus.GIVEN else None
    return ConsentEvent(
        subject=subject,
        purpose_version_id=offer.version_id,
        status=status.value,
        method=occasion.method,
        language=occasion.language,
        site=occasion.site,
        at=at,
        valid_until=valid_until,
        keep_until=((valid_until or at) + conf.proof_period).replace(microsecond=0),
        despite_gpc=valid_until is not None and occasion.despite_gpc,
    )


def _hash_of_new(event: ConsentEvent, offer: Offer, said: str) -> str:
    return link_hash(
        at=event.at.isoformat(),
        despite_gpc=event.despite_gpc,
        keep_until=event.keep_until.isoformat() if event.keep_until else None,
        language=event.language,
        method=event.method,
        notice=said,
        previous=event.previous_hash,
        purpose=offer.key,
        request=event.request_key,
        site=event.site_id,
        status=event.status,
        subject=str(event.subject_id),
        terms=offer.material_hash,
        valid_until=event.valid_until.isoformat() if event.valid_until else None,
        version=offer.version,
    )


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
