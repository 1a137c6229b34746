"""The shopper behind a request: subject, consent and the facts that it permits."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from wagtail.models import Site

from ethical_personalization.conf import conf
from ethical_personalization.core.consent import (
    NEGATIVE,
    NOT_NARROWED,
    Choice,
    Consent,
    Narrowing,
)
from ethical_personalization.core.facts import PermittedFacts
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.instructions import Instructions
from ethical_personalization.facts.permitted import facts_under
from ethical_personalization.facts.source import FactSource
from ethical_personalization.models import Subject
from ethical_personalization.models.published import forget_published
from ethical_personalization.models.purposes import offered_on, offered_purposes, terms_of
from ethical_personalization.models.savepoints import undisturbed

from .absences import forget_absences, is_absent, remember_absence
from .cookie import NOTHING_CARRIED, Cookies, DeviceChoices, carries_ours, read_cookies
from .gpc import sends_gpc
from .instructions import INSTRUCTIONS, instructions_in
from .mark import depends_on_device, tell_mark
from .neutral import is_neutral
from .sites import place_at_hand, place_of, places
from .subjects import (
    Known,
    known_by_account,
    known_by_account_for_page,
    known_by_pseudonym,
    known_by_pseudonym_for_page,
    open_among,
)
from .vault import SealedBox, read_box
from .visit_pause import is_paused_for_visit


class Shopper:
    """Who asks. Nothing is looked up before it is needed, and nothing without a cookie.

    Every look-up fails closed: a database that is down means that nothing is permitted.
    """

    #: The page says for which account it was made, so it is not for everybody.
    is_named = False

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.now: datetime = timezone.now()
        self._was_personal = False
        if connection.in_atomic_block:  # outside tests no request begins inside a transaction
            forget_published()
            forget_absences()

    @cached_property
    def device(self) -> DeviceChoices:
        """What this device carries for this site."""
        return self.cookies.device if carries_ours(self.request) else DeviceChoices()

    @cached_property
    def cookies(self) -> Cookies:
        """The cookies of this site and of the others on its host name; no query.

        None where the page must not show who asks.
        """
        if is_neutral(self.request):
            return NOTHING_CARRIED
        place = place_at_hand(self.request)
        found = places.at_hand() if place is not None else ()
        return read_cookies(self.request, place=place, found=found, now=self.now)

    @cached_property
    def user(self) -> Any:
        """The account, or None. Without a session cookie nobody asks the session."""
        session = getattr(self.request, "session", None)
        if session is None or not session.session_key or is_neutral(self.request):
            return None
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def site(self) -> Site | None:
        """The Wagtail site of the request; None where it belongs to none."""
        return Site.find_for_request(self.request)

    @property
    def site_id(self) -> int | None:
        """The site's primary key, which no request has to ask for. Raises with the database."""
        place = place_of(self.request, places.get())
        return place.pk if place is not None else None

    @property
    def may_be_known(self) -> bool:
        """Whether it makes sense to look for a subject; no query."""
        return self.user is not None or self.device.subject_id is not None

    @cached_property
    def known(self) -> Known:
        """The account's subject and choices, or else those of this device."""
        return attempt(lambda: _find_known_for_page(self), otherwise=Known(), what="subject")

    @property
    def subject(self) -> Subject | None:
        """The account's subject, or else the anonymous one of this device."""
        return self.known.subject

    @cached_property
    def carried(self) -> Known:
        """The anonymous subject whose pseudonym this device carries. Raises with the database."""
        if self.device.subject_id is None:
            return Known()
        with undisturbed():
            return known_by_pseudonym_for_page(self.device.subject_id)

    @cached_property
    def elsewhere(self) -> list[Subject]:
        """Those whose pseudonyms it carries for other sites on this host name.

        What they chose holds there alone. A pause, an age and erasing are about the person, and
        hold here as well. Raises with the database.
        """
        keys = self.cookies.pseudonyms_elsewhere
        with undisturbed():
            return open_among(keys) if keys else []

    @property
    def anonymous_subject(self) -> Subject | None:
        """The subject that this device carries, unless it belongs to an account."""
        return self.carried.subject

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
        if not self.may_be_known or self.subject is None:
            return frozenset()
        if self.consent.narrowing != NOT_NARROWED:
            # The same cookies are answered otherwise elsewhere, or later: for no cache.
            self._was_personal = True
        return self.consent.permitted(now=self.now)

    @cached_property
    def instructions(self) -> Instructions:
        """What she told us to leave out. Raises where it can't be read: then nothing is used."""
        return instructions_in(self.box.open(INSTRUCTIONS))

    @cached_property
    def box(self) -> SealedBox:
        """Her sealed records, none of them opened."""
        return read_box(self.subject.pk) if self.subject is not None else SealedBox()

    @cached_property
    def facts(self) -> PermittedFacts:
        """The only way to her facts."""
        self._was_personal = True
        nothing = facts_under(Consent(), now=self.now)
        return attempt(self._find_facts, otherwise=nothing, what="facts")

    def _find_facts(self) -> PermittedFacts:
        source = FactSource(
            request=self.request,
            subject_id=self.subject.pk if self.subject else None,
            unsealed=self.box.open,
            now=self.now,
            left_out_lines=self.instructions.left_out_lines,
        )
        return facts_under(
            self.consent, instructions=self.instructions, source=source, now=self.now
        )

    def finish(self, response: HttpResponse) -> None:
        """Keep shared caches away from a response that facts went into."""
        if self._was_personal:
            patch_cache_control(response, private=True, no_store=True)
        if self._was_personal or depends_on_device(self.request):
            # Who has answered gets the page without the question: not one for everybody.
            patch_cache_control(response, private=True)
            patch_vary_headers(response, ["Cookie"])
        elif self.is_named:  # as by every page that asks who is logged in
            patch_vary_headers(response, ["Cookie"])
        tell_mark(self.request, response)


def shopper_for(request: HttpRequest) -> Shopper:
    """The shopper of ``request``, the same one each time it is asked."""
    found = getattr(request, "shopper", None)
    if not isinstance(found, Shopper):
        found = Shopper(request)
        request.shopper = found  # type: ignore[attr-defined]  # ours, documented
    return found


def find_known(shopper: Shopper) -> Known:
    """Who ``shopper`` is; raises where the database fails, for who is about to write."""
    if shopper.user is not None:
        with undisturbed():
            return known_by_account(shopper.user)
    if conf.shared_cache and shopper.device.subject_id is not None:
        return known_by_pseudonym(shopper.device.subject_id)
    return shopper.carried


def _find_known_for_page(shopper: Shopper) -> Known:
    if shopper.user is None:
        return shopper.carried
    if is_absent(shopper.request, shopper.user):
        return Known()
    with undisturbed():
        known = known_by_account_for_page(shopper.user.pk)
    if known.subject is None:
        remember_absence(shopper.user)
    return known


def find_device_choices(shopper: Shopper) -> Mapping[str, Choice]:
    """What this device's own subject chose.

    Raises where the database fails: a refusal that is lost would allow something.
    """
    if shopper.anonymous_subject is None:
        return {}
    return shopper.carried.choices_on(shopper.site_id)


def find_refused_here(shopper: Shopper) -> dict[str, datetime]:
    """What this device says no to, whoever is logged in, and since when."""
    said = find_device_choices(shopper).items()
    refused = {key: choice.at for key, choice in said if choice.status in NEGATIVE}
    return {**shopper.device.refused, **refused}


def _find_consent(shopper: Shopper) -> Consent:
    with undisturbed():
        refused = dict(shopper.device.refused)
        narrowing = Narrowing(
            is_restricted=is_paused_for_visit(shopper.request),
            under_age_until=shopper.device.under_age_until,
            sends_gpc=sends_gpc(shopper.request),
        )
        if shopper.subject is not None:
            narrowing |= shopper.subject.narrowing
        if shopper.user is not None and shopper.anonymous_subject is not None:
            refused = find_refused_here(shopper)
            narrowing |= shopper.anonymous_subject.narrowing
        for subject in shopper.elsewhere:
            narrowing |= subject.narrowing
        site_id = shopper.site_id
        return Consent(
            terms=terms_of(
                offered_on(site_id, offered_purposes.get()),
                lambda purpose: purpose.yes_counts_since(site_id),
            ),
            choices=shopper.known.choices_on(site_id),
            refused_here=refused,
            narrowing=narrowing,
        )
