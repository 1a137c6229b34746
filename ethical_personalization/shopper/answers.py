"""What happens when a shopper answers: who keeps it, and what her device carries on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.translation import get_language, gettext

from ethical_personalization.core.consent import proposals
from ethical_personalization.core.exceptions import AnsweredBefore, PersonalizationError
from ethical_personalization.facts.browsing import PURPOSE as BROWSING
from ethical_personalization.facts.stated import PURPOSE as STATED
from ethical_personalization.models import ConsentMethod, Purpose, Subject

from .absences import end_absence
from .collection import forget_history, has_history
from .cookie import Cookies, forget_ages, write_refusals, write_subject
from .erasure import erase_subject
from .feedback import hand_over_questions
from .gpc import sends_gpc
from .ledger import Occasion, record_answers
from .profile import forget_purpose, hand_over
from .request_keys import digest_of, subject_of_first_answer
from .shopper import Shopper, find_known, find_refused_here


class NoSite(PersonalizationError):
    """A choice on a host that no Wagtail site answers for; create the site first."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Where an answer was kept, to be told to the device with the response.

    ``pseudonym`` is the anonymous subject that the device goes on carrying; without one it carries
    ``refused`` and ``under_age_until``, which hold no id. Of an account the device carries nothing
    else. ``ends_age`` takes the note from the cookies of the other sites on this host name, too.
    """

    cookies: Cookies
    subject: Subject | None
    pseudonym: Subject | None
    refused: Mapping[str, datetime]
    under_age_until: datetime | None = None
    forgets_history: bool = False
    ends_age: bool = False

    def tell(self, response: HttpResponse) -> None:
        """Set the site's cookie: a pseudonym, refusals or none; take Oscar's where it must go."""
        if self.forgets_history:
            forget_history(response)
        if self.pseudonym is not None:
            write_subject(response, self.pseudonym.pk, cookie=self.cookies.own)
        else:
            until = self.under_age_until
            write_refusals(response, self.refused, under_age_until=until, cookie=self.cookies.own)
        if self.ends_age:
            forget_ages(response, self.cookies)


@dataclass(frozen=True, kw_only=True)
class Said:
    """How and under which words; ``request_key`` is a digest, or empty."""

    method: ConsentMethod
    words: Mapping[str, object]
    screen: str = ""
    style: str = ""
    request_key: str = ""


def answer(
    shopper: Shopper,
    answers: Mapping[str, bool],
    *,
    method: ConsentMethod,
    words: Mapping[str, object],
    screen: str = "",
    style: str = "",
    takes_over: bool = False,
    request_key: str = "",
) -> Outcome:
    """Record ``answers`` (purpose key to yes or no) of ``shopper``.

    A visitor who only refuses gets no subject: her device keeps the refusal. The first *yes*
    creates the subject. Purposes that are not offered are left out, and so is a yes to what is not
    offered to her. ``words``, ``screen`` and ``style`` are what asked her. ``takes_over`` says that
    the account confirms what this device had allowed, and so takes what she told there. Under one
    ``request_key`` the same answers are recorded once; raises ``AnsweredBefore`` for a *yes* that
    was taken back since.
    """
    offered = _offered(shopper, answers)
    said = Said(
        method=method,
        words=words,
        screen=screen,
        style=style,
        request_key=digest_of(request_key, offered),
    )
    try:
        return _record(shopper, offered, said, takes_over=takes_over)
    except (AnsweredBefore, IntegrityError):
        # Perhaps sent twice at once: the other one has been committed by now, and is found.
        return _record(shopper, offered, said, takes_over=takes_over)
    except Subject.DoesNotExist:
        # Her proof was over, and has just gone: she is somebody new, and her choice is not lost.
        return _record(Shopper(shopper.request), offered, said, takes_over=takes_over)


def _record(
    shopper: Shopper, offered: Mapping[str, bool], said: Said, *, takes_over: bool
) -> Outcome:
    with transaction.atomic():
        subject = _keeper(shopper, offered, said.request_key)
        if subject is None:
            refused = {**shopper.device.refused, **dict.fromkeys(offered, shopper.now)}
            return Outcome(
                cookies=shopper.cookies,
                subject=None,
                pseudonym=None,
                refused=refused,
                under_age_until=shopper.device.under_age_until,
            )
        occasion, refused_here = occasion_of(shopper, said), find_refused_here(shopper)
        if subject.user_id is None:
            _record_earlier_refusals(shopper, subject, offered, occasion)
        record_answers(subject, offered, occasion)
        forget_refused(subject, [key for key, allowed in offered.items() if not allowed])
        is_overruled = any(offered.get(key) for key in refused_here)
        pseudonym = _settle(
            shopper, subject, offered, takes_over=takes_over, is_overruled=is_overruled
        )
    if subject.user_id is not None:
        end_absence(shopper.request, subject.user_id)
    return Outcome(
        cookies=shopper.cookies,
        subject=subject,
        pseudonym=pseudonym,
        refused={key: at for key, at in refused_here.items() if not offered.get(key)},
        under_age_until=shopper.device.under_age_until,
        forgets_history=offered.get(BROWSING) is False and has_history(shopper.request),
    )


def proposed_purposes(shopper: Shopper) -> tuple[str, ...]:
    """What a logged-in shopper had allowed on this device and her account never answered.

    It is asked, never taken over: somebody else may have used the device. While the device is
    paused, nothing of it is used, not even to ask.
    """
    if shopper.user is None or _is_held_back(shopper):
        return ()
    found = proposals(shopper.consent.choices, shopper.device_choices.values())
    return tuple(choice.purpose for choice in found)


def forget_refused(subject: Subject, refused: Iterable[str]) -> None:
    """Delete what was kept for the purposes that she said no to."""
    for purpose in refused:
        forget_purpose(subject.pk, purpose)


def _offered(shopper: Shopper, answers: Mapping[str, bool]) -> dict[str, bool]:
    keys = set(Purpose.objects.offered_on(shopper.site_id).values_list("key", flat=True))
    consent, now = shopper.consent, shopper.now
    return {
        key: allowed
        for key, allowed in answers.items()
        if key in keys and not (allowed and consent.is_withheld(key, now=now))
    }


def _keeper(shopper: Shopper, offered: Mapping[str, bool], request_key: str) -> Subject | None:
    """Whose ledger the answers belong to; None where they are only refusals of nobody known."""
    subject = find_known(shopper).subject
    if subject is not None:
        return subject
    if not any(offered.values()):
        return shopper.anonymous_subject
    if shopper.user is None:
        again = subject_of_first_answer(request_key, now=shopper.now)
        return again or Subject.objects.create(
            created_at=shopper.now, under_age_until=shopper.consent.narrowing.under_age_until
        )
    return Subject.objects.get_or_create(user=shopper.user)[0]


def occasion_of(shopper: Shopper, said: Said) -> Occasion:
    """The request, as the place and the time of a choice."""
    if shopper.site is None:
        raise NoSite(
            f"No Wagtail site answers for {shopper.request.get_host()}; create one or mark one "
            "as the default site."
        )
    return Occasion(
        site=shopper.site,
        language=get_language() or "",
        method=said.method,
        words=said.words,
        screen=said.screen,
        style=said.style,
        now=shopper.now,
        request_key=said.request_key,
        despite_gpc=sends_gpc(shopper.request),
    )


def _record_earlier_refusals(
    shopper: Shopper, subject: Subject, offered: Mapping[str, bool], occasion: Occasion
) -> None:
    """What this device refused here before it had a subject is part of what she said."""
    if not shopper.device.refused:
        return
    words = {"text": gettext("Refused on this device before; the device kept no words.")}
    before = replace(occasion, words=words, screen="", style="", request_key="")
    earlier = [key for key in shopper.device.refused if key not in offered]
    record_answers(subject, dict.fromkeys(earlier, False), before)


def _settle(
    shopper: Shopper,
    subject: Subject,
    offered: Mapping[str, bool],
    *,
    takes_over: bool,
    is_overruled: bool,
) -> Subject | None:
    """The anonymous subject that the device goes on carrying.

    It is erased when the account takes over what it had allowed, or says yes here to what the
    device refused: this later choice wins. So whoever kept its cookie gets nothing any more. A
    pause and an age hold on the device until she takes them back herself, and it stays meanwhile.
    """
    device = shopper.anonymous_subject
    if device is None or device == subject:
        return device if subject.user_id is not None else subject
    if not (takes_over or is_overruled) or _is_held_back(shopper):
        return device
    if takes_over:
        hand_over_questions(device.pk, subject.pk)
        hand_over(device.pk, subject.pk, with_answers=bool(offered.get(STATED)))
    erase_subject(device.pk, now=shopper.now)
    return None


def _is_held_back(shopper: Shopper) -> bool:
    """Whether the device was paused, or said to be of somebody under age, before login."""
    device = shopper.anonymous_subject
    if device is None:
        return False
    narrowing, now = device.narrowing, shopper.now
    return narrowing.is_paused(now=now) or narrowing.is_under_age(now=now)
