"""The shopper behind a request: subject, consent and the facts that it permits."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from wagtail.models import Site

from ethical_personalization.core.consent import NEGATIVE, Choice, Consent
from ethical_personalization.core.facts import PermittedFacts
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.registry import facts as fact_registry
from ethical_personalization.facts.source import FactSource
from ethical_personalization.models import Subject

from .cookie import DeviceChoices, read_choices
from .ledger import choices_of, load_consent
from .profile import excluded_facts
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
        from_session = getattr(self.request, "session", None) is not None
        if not from_session or not self._has_session_cookie():
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
        return attempt(self._find_subject, otherwise=None, what="subject")

    @cached_property
    def anonymous_subject(self) -> Subject | None:
        """The subject whose pseudonym this device carries, unless it belongs to an account."""
        if self.device.subject_id is None:
            return None
        return Subject.objects.filter(pk=self.device.subject_id, user__isnull=True).first()

    @cached_property
    def device_choices(self) -> Mapping[str, Choice]:
        """What the anonymous subject of this device chose; empty where there is none."""
        return attempt(self._find_device_choices, otherwise={}, what="device_choices")

    @cached_property
    def consent(self) -> Consent:
        """What is permitted, and why."""
        return attempt(self._find_consent, otherwise=Consent(), what="consent")

    @cached_property
    def permitted(self) -> frozenset[str]:
        """The purposes that may be served now; empty without a query for who never answered."""
        if self.subject is None:
            return frozenset()
        return self.consent.permitted(now=self.now)

    @cached_property
    def excluded(self) -> Mapping[str, str]:
        """The facts she told us not to use. If that can't be read, nothing is used."""
        return excluded_facts(self.subject.pk) if self.subject is not None else {}

    @cached_property
    def facts(self) -> PermittedFacts:
        """The only way to her facts."""
        self._was_personal = True
        return attempt(self._permitted_facts, otherwise=self._no_facts(), what="facts")

    @property
    def has_answered(self) -> bool:
        """Whether she made a choice on this device or in this account."""
        if self.device.has_answered:
            return True
        return self.user is not None and bool(self.consent.choices)

    def finish(self, response: HttpResponse) -> None:
        """Keep shared caches away from a response that facts went into."""
        if self._was_personal:
            patch_cache_control(response, private=True, no_store=True)
            patch_vary_headers(response, ["Cookie"])

    def _has_session_cookie(self) -> bool:
        return bool(self.request.session.session_key)

    def _find_subject(self) -> Subject | None:
        if self.user is not None:
            return Subject.objects.filter(user=self.user).first()
        return self.anonymous_subject

    def _find_device_choices(self) -> Mapping[str, Choice]:
        if self.anonymous_subject is None or self.site is None:
            return {}
        return choices_of(self.anonymous_subject, self.site)

    def _find_consent(self) -> Consent:
        if self.site is None:
            return Consent()
        return load_consent(self.subject, self.site, self._refused_here())

    def _refused_here(self) -> Mapping[str, datetime]:
        refused = dict(self.device.refused)
        if self.user is not None:
            for choice in self.device_choices.values():
                if choice.status in NEGATIVE:
                    refused[choice.purpose] = choice.at
        return refused

    def _permitted_facts(self) -> PermittedFacts:
        source = FactSource(
            request=self.request,
            subject_id=self.subject.pk if self.subject else None,
            unsealed=self._unsealed,
            now=self.now,
        )
        return PermittedFacts(
            find=fact_registry.finder(),
            consent=self.consent,
            excluded=frozenset(self.excluded),
            source=source,
            now=self.now,
        )

    def _no_facts(self) -> PermittedFacts:
        return PermittedFacts(
            find=lambda key: None,
            consent=Consent(),
            excluded=frozenset(),
            source=None,
            now=self.now,
        )

    @cached_property
    def _records(self) -> dict[str, Mapping[str, Any]]:
        return {}

    def _unsealed(self, name: str) -> Mapping[str, Any]:
        if self.subject is None:
            return {}
        if name not in self._records:
            self._records[name] = open_record(self.subject.pk, name)
        return self._records[name]


def shopper_for(request: HttpRequest) -> Shopper:
    """The shopper of ``request``, the same one each time it is asked."""
    found = getattr(request, "shopper", None)
    if not isinstance(found, Shopper):
        found = Shopper(request)
        request.shopper = found  # type: ignore[attr-defined]  # ours, documented
    return found
