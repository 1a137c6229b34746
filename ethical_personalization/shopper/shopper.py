"""The shopper behind a request: subject, consent and the facts that it permits."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from wagtail.models import Site

from ethical_personalization.conf import conf
from ethical_personalization.core.consent import ASKED_AGAIN, NEGATIVE, Choice, Consent
from ethical_personalization.core.facts import PermittedFacts
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.registry import facts as fact_registry
from ethical_personalization.facts.source import FactSource
from ethical_personalization.models import Subject

from .cookie import DeviceChoices, read_choices
from .ledger import choices_of, load_consent
from .profile import excluded_facts
from .savepoints import undisturbed
from .vault import open_record


class Shopper:
    """Who asks. Nothing is looked up before it is needed, and nothing without a cookie.

    Every look-up fails closed: a database that is down means that nothing is permitted.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.now: datetime = timezone.now()
        self._was_personal = False

    @cached_property
    def device(self) -> DeviceChoices:
        """What this device carries."""
        return read_choices(self.request, now=self.now)

    @cached_property
    def user(self) -> Any:
        """The account, or None. Without a session cookie nobody asks the session."""
        session = getattr(self.request, "session", None)
        if session is None or not session.session_key:
            return None
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def site(self) -> Site | None:
        """The Wagtail site of the request; None where it belongs to none."""
        return Site.find_for_request(self.request)

    @cached_property
    def subject(self) -> Subject | None:
        """The account's subject, or else the anonymous one of this device."""
        return attempt(lambda: find_subject(self), otherwise=None, what="subject")

    @cached_property
    def anonymous_subject(self) -> Subject | None:
        """The subject whose pseudonym this device carries, unless it belongs to an account."""
        if self.device.subject_id is None:
            return None
        with undisturbed():
            anonymous = Subject.objects.filter(user__isnull=True)
            return anonymous.filter(pk=self.device.subject_id).first()

    @cached_property
    def device_choices(self) -> Mapping[str, Choice]:
        """What the anonymous subject of this device chose; empty where there is none."""
        return attempt(lambda: find_device_choices(self), otherwise={}, what="device_choices")

    @cached_property
    def consent(self) -> Consent:
        """What is permitted, and why."""
        return attempt(lambda: _find_consent(self), otherwise=Consent(), what="consent")

    @cached_property
    def permitted(self) -> frozenset[str]:
        """The purposes that may be served now; empty without a query for who never answered."""
        if self.subject is None:
            return frozenset()
        return self.consent.permitted(now=self.now)

    @cached_property
    def excluded(self) -> Mapping[str, str]:
        """The facts she told us not to use. If that can't be read, nothing is used."""
        if self.subject is None:
            return {}
        return excluded_facts(self.subject.pk)

    @cached_property
    def facts(self) -> PermittedFacts:
        """The only way to her facts."""
        self._was_personal = True
        return attempt(lambda: _find_facts(self), otherwise=_no_facts(self), what="facts")

    @property
    def has_answered(self) -> bool:
        """Whether she made choices, on this device or in this account, that still stand.

        A *yes* that ran out, or whose purpose has changed materially, is asked again.
        """
        if self.device.refused:
            return True
        if (self.user is None and self.device.subject_id is None) or self.subject is None:
            return False
        statuses = {self.consent.status(key, now=self.now) for key in self.consent.choices}
        return bool(statuses) and not statuses & ASKED_AGAIN

    def finish(self, response: HttpResponse) -> None:
        """Keep shared caches away from a response that facts went into."""
        if self._was_personal:
            patch_cache_control(response, private=True, no_store=True)
        if self._was_personal or conf.cookie_name in self.request.COOKIES:
            # Who has answered gets the page without the question: not one for everybody.
            patch_cache_control(response, private=True)
            patch_vary_headers(response, ["Cookie"])


class _Records:
    """The sealed records of a subject, each opened at most once."""

    def __init__(self, subject: Subject | None) -> None:
        self._subject = subject
        self._opened: dict[str, Mapping[str, Any]] = {}

    def open(self, name: str) -> Mapping[str, Any]:
        if self._subject is None:
            return {}
        if name not in self._opened:
            self._opened[name] = open_record(self._subject.pk, name)
        return self._opened[name]


def shopper_for(request: HttpRequest) -> Shopper:
    """The shopper of ``request``, the same one each time it is asked."""
    found = getattr(request, "shopper", None)
    if not isinstance(found, Shopper):
        found = Shopper(request)
        request.shopper = found  # type: ignore[attr-defined]  # ours, documented
    return found


def find_subject(shopper: Shopper) -> Subject | None:
    """The subject of ``shopper``; raises where the database fails, for who is about to write."""
    if shopper.user is not None:
        with undisturbed():
            return Subject.objects.filter(user=shopper.user).first()
    return shopper.anonymous_subject


def refused_by(choices: Mapping[str, Choice]) -> dict[str, datetime]:
    """The purposes that ``choices`` say no to, and since when."""
    return {key: choice.at for key, choice in choices.items() if choice.status in NEGATIVE}


def find_device_choices(shopper: Shopper) -> Mapping[str, Choice]:
    """What this device's own subject chose.

    Raises where the database fails: a refusal that is lost would allow something.
    """
    if shopper.anonymous_subject is None or shopper.site is None:
        return {}
    with undisturbed():
        return choices_of(shopper.anonymous_subject, shopper.site)


def _find_consent(shopper: Shopper) -> Consent:
    if shopper.site is None:
        return Consent()
    refused = dict(shopper.device.refused)
    if shopper.user is not None:
        refused |= refused_by(find_device_choices(shopper))
    with undisturbed():
        return load_consent(shopper.subject, shopper.site, refused)


def _find_facts(shopper: Shopper) -> PermittedFacts:
    source = FactSource(
        request=shopper.request,
        subject_id=shopper.subject.pk if shopper.subject else None,
        unsealed=_Records(shopper.subject).open,
        now=shopper.now,
    )
    return PermittedFacts(
        find=fact_registry.finder(),
        consent=shopper.consent,
        excluded=frozenset(shopper.excluded),
        source=source,
        now=shopper.now,
    )


def _no_facts(shopper: Shopper) -> PermittedFacts:
    return PermittedFacts(
        find=lambda key: None,
        consent=Consent(),
        excluded=frozenset(),
        source=None,
        now=shopper.now,
    )
