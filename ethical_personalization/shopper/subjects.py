"""Who a subject is and what she chose: one query for both, or none with a shared cache."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import DateTimeField, QuerySet

from ethical_personalization.core.consent import NOT_NARROWED, Choice, ConsentStatus
from ethical_personalization.models import Subject

from .shared_choices import Rows, place_of_account, place_of_subject, shared_rows

_OF_SUBJECT = (
    "id",
    "user_id",
    "created_at",
    "restricted_at",
    "restricted_until",
    "under_age_until",
)
_OF_CHOICE = (
    "states__site_id",
    "states__purpose__key",
    "states__event__status",
    "states__event__purpose_version__number",
    "states__event__at",
    "states__event__valid_until",
    "states__event__despite_gpc",
)
_TIME = DateTimeField()
_FIELDS = [next(f for f in Subject._meta.concrete_fields if f.attname == n) for n in _OF_SUBJECT]


@dataclass(frozen=True, kw_only=True)
class Known:
    """A subject with her newest choice on each purpose, by the site it was made on."""

    subject: Subject | None = None
    choices: Mapping[int, Mapping[str, Choice]] = field(default_factory=dict)

    def choices_on(self, site_id: int | None) -> Mapping[str, Choice]:
        """What holds on one site; nothing where the request belongs to none."""
        return self.choices.get(site_id, {}) if site_id is not None else {}


def known_by_account(user: Any) -> Known:
    """The account's subject; ``Known()`` where it neither chose nor narrows anything."""
    return _known(_of_account(user.pk))


def known_by_pseudonym(subject_id: UUID) -> Known:
    """The anonymous subject that a device carries; none where it belongs to an account."""
    return _known(_anonymous(subject_id))


def known_by_account_for_page(user_pk: Any) -> Known:
    """The same as ``known_by_account``, for who only reads: from the shared cache, if any."""
    return _known(shared_rows(place_of_account(user_pk), lambda: _of_account(user_pk)))


def known_by_pseudonym_for_page(subject_id: UUID) -> Known:
    """The same as ``known_by_pseudonym``, for who only reads."""
    return _known(shared_rows(place_of_subject(subject_id), lambda: _anonymous(subject_id)))


def open_among(pseudonyms: Iterable[UUID]) -> list[Subject]:
    """Those of them that belong to no account and are not closed."""
    return list(
        Subject.objects.filter(pk__in=pseudonyms, user__isnull=True, closed_at__isnull=True)
    )


def choices_of(subject: Subject, site_id: int) -> Mapping[str, Choice]:
    """The newest choice of the subject on each purpose, as it stands in the database now."""
    return _known(_rows(Subject.objects.filter(pk=subject.pk))).choices_on(site_id)


def _of_account(user_pk: Any) -> Rows:
    return _rows(Subject.objects.filter(user=user_pk))


def _anonymous(subject_id: UUID) -> Rows:
    return _rows(Subject.objects.filter(pk=subject_id, user__isnull=True))


def _rows(subjects: QuerySet[Subject]) -> Rows:
    """One for each choice, or a single one without. A closed subject is none, whoever carries her.

    Tuples: this is asked on each page of hers, and objects take five times as long.
    """
    found = subjects.filter(closed_at__isnull=True)
    return list(found.values_list(*_OF_SUBJECT, *_OF_CHOICE))


def _known(rows: Rows) -> Known:
    """Who neither chose nor narrows anything is nobody: her proof is over, or she never began.

    A pause and an age outlive the proof of the choices.
    """
    if not rows:
        return Known()
    subject, choices = _subject(rows[0][: len(_OF_SUBJECT)]), _choices(rows)
    is_somebody = choices or subject.narrowing != NOT_NARROWED
    return Known(subject=subject, choices=choices) if is_somebody else Known()


def _choices(rows: Rows) -> dict[int, dict[str, Choice]]:
    choices: dict[int, dict[str, Choice]] = {}
    for row in rows:
        site_id, purpose, status, version, at, valid_until, despite_gpc = row[len(_OF_SUBJECT) :]
        if site_id is None:
            continue
        choices.setdefault(site_id, {})[purpose] = Choice(
            purpose=purpose,
            status=ConsentStatus(status),
            version=version,
            at=_TIME.to_python(at),
            valid_until=_TIME.to_python(valid_until),
            despite_gpc=despite_gpc,
        )
    return choices


def _subject(values: Sequence[Any]) -> Subject:
    """From the database's values, or from the texts that the shared cache has in their place."""
    read = [field.to_python(value) for field, value in zip(_FIELDS, values, strict=True)]
    return Subject.from_db(DEFAULT_DB_ALIAS, _OF_SUBJECT, read)
