"""What follows when a shopper says that she is under age, and when she says that she no longer is.

No birthday is asked for. A row about her takes the note; a visitor without one keeps it on her
device, with no id.
"""

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.core.consent import NEGATIVE, Consent, ConsentStatus, Terms
from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.models import Purpose, Subject

from .answers import Outcome, forget_refused
from .collection import has_history
from .ledger import Occasion, record_answers
from .restriction import subjects_of
from .shared_choices import changing
from .shopper import Shopper
from .subjects import choices_of

#: Until she says otherwise: she did not tell in which year she reaches the age.
OPEN_END = datetime(4000, 1, 1, tzinfo=UTC)


def until_end_of(year: int | None) -> datetime:
    """The end of the year in which she reaches the age; her day and month are not asked for."""
    if year is None:
        return OPEN_END
    return timezone.make_aware(datetime(year + 1, 1, 1))


def declare_under_age(shopper: Shopper, until: datetime, occasion: Occasion) -> Outcome:
    """Withdraw what makes a profile of her, on every site, and offer no more of it until then.

    Afterwards all of it is offered again, and off: only a new yes opens it.
    """
    with transaction.atomic():
        subjects = subjects_of(shopper)
        for subject in subjects:
            changing(Subject.objects.select_for_update().get(pk=subject.pk))
            for site in Site.objects.all():
                _withdraw(subject, site, occasion)
            Subject.objects.filter(pk=subject.pk).update(under_age_until=until)
    is_on_device = not subjects or shopper.device.under_age_until is not None
    carried = until if is_on_device else None
    return _outcome(shopper, subjects, under_age_until=carried, is_under_age=True)


def declare_of_age(shopper: Shopper) -> Outcome:
    """Take the note away; nothing is allowed by that."""
    with transaction.atomic():
        subjects = subjects_of(shopper)
        for subject in subjects:
            changing(subject)
        keys = [subject.pk for subject in subjects]
        Subject.objects.filter(pk__in=keys).update(under_age_until=None)
    return _outcome(shopper, subjects, under_age_until=None, is_under_age=False)


def _withdraw(subject: Subject, site: Site, occasion: Occasion) -> None:
    consent = _ever_chosen(subject, site)
    refused = [
        key
        for key, terms in consent.terms.items()
        if terms.is_profiling and _could_come_back(consent, terms, occasion.now)
    ]
    record_answers(subject, dict.fromkeys(refused, False), occasion.on(site))
    forget_refused(subject, refused)


def _ever_chosen(subject: Subject, site: Site) -> Consent:
    """Also what is not offered now: it may be again, before or after her birthday."""
    return Consent(
        terms=Purpose.objects.terms(site.pk),
        choices=choices_of(subject, site.pk),
        narrowing=subject.narrowing,
    )


def _could_come_back(consent: Consent, terms: Terms, now: datetime) -> bool:
    """Whether it would be permitted on her birthday without a new choice."""
    if terms.basis is LawfulBasis.CONTRACT:
        return False
    status = consent.status(terms.purpose, now=now)
    if terms.basis is LawfulBasis.LEGITIMATE_INTEREST:
        return status not in NEGATIVE
    return status not in NEGATIVE | {ConsentStatus.UNKNOWN}


def _outcome(
    shopper: Shopper,
    subjects: list[Subject],
    *,
    under_age_until: datetime | None,
    is_under_age: bool,
) -> Outcome:
    """The device goes on carrying what it carried, beside the age."""
    return Outcome(
        cookies=shopper.cookies,
        subject=subjects[0] if subjects else None,
        pseudonym=shopper.anonymous_subject,
        refused=shopper.device.refused,
        under_age_until=under_age_until,
        forgets_history=is_under_age and has_history(shopper.request),
        ends_age=not is_under_age,
    )
