"""Who a subject is and what she chose: one query for both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from wagtail.models import Site

from ethical_personalization.core.consent import Choice, ConsentStatus
from ethical_personalization.models import ConsentState, Subject

_OF_SUBJECT = ("id", "user_id", "created_at", "restricted_at", "under_age_until")
_COLUMNS = (
    *(f"subject__{name}" for name in _OF_SUBJECT),
    "site_id",
    "purpose__key",
    "event__status",
    "event__purpose_version__number",
    "event__at",
    "event__valid_until",
    "event__despite_gpc",
)


@dataclass(frozen=True, kw_only=True)
class Known:
    """A subject with her newest choice on each purpose, by the site it was made on."""

    subject: Subject | None = None
    choices: Mapping[int, Mapping[str, Choice]] = field(default_factory=dict)

    def choices_on(self, site_id: int | None) -> Mapping[str, Choice]:
        """What holds on one site; nothing where the request belongs to none."""
        return self.choices.get(site_id, {}) if site_id is not None else {}


def known_by_account(user: Any) -> Known:
    """The account's subject; ``Known()`` before its first yes."""
    return _known(ConsentState.objects.filter(subject__user=user))


def known_by_pseudonym(subject_id: UUID) -> Known:
    """The anonymous subject that a device carries; none where it belongs to an account."""
    return _known(ConsentState.objects.filter(subject=subject_id, subject__user__isnull=True))


def choices_of(subject: Subject, site: Site) -> Mapping[str, Choice]:
    """The newest choice of the subject on each purpose, as it stands in the database now."""
    return _known(ConsentState.objects.filter(subject=subject, site=site)).choices_on(site.pk)


def _known(states: QuerySet[ConsentState]) -> Known:
    """A subject is created together with her first choice, so one without choices is none.

    A closed one is none either, whoever carries her pseudonym.

    Rows as tuples: this is asked on each page of hers, and objects take five times as long.
    """
    choices: dict[int, dict[str, Choice]] = {}
    subject = None
    open_states = states.filter(subject__closed_at__isnull=True)
    for row in open_states.values_list(*_COLUMNS):
        of_subject, (site_id, *said) = row[: len(_OF_SUBJECT)], row[len(_OF_SUBJECT) :]
        subject = subject or Subject.from_db(DEFAULT_DB_ALIAS, _OF_SUBJECT, of_subject)
        purpose, status, version, at, valid_until, despite_gpc = said
        choices.setdefault(site_id, {})[purpose] = Choice(
            purpose=purpose,
            status=ConsentStatus(status),
            version=version,
            at=at,
            valid_until=valid_until,
            despite_gpc=despite_gpc,
        )
    return Known(subject=subject, choices=choices)
