"""Whether a shopper allowed a purpose, and what follows from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .purposes import LawfulBasis


class ConsentStatus(StrEnum):
    """The consent states of the W3C Data Privacy Vocabulary 2."""

    UNKNOWN = "unknown"
    REQUESTED = "requested"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    INVALIDATED = "invalidated"


NEGATIVE = frozenset({ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN})


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A purpose as it stands today: its basis and the number of its material version."""

    purpose: str
    version: int
    basis: LawfulBasis = LawfulBasis.CONSENT


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a shopper last said on a purpose, under which version, at which (aware) time."""

    purpose: str
    status: ConsentStatus
    version: int
    at: datetime
    valid_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Permission:
    """The answer to "may this purpose be served now?" with its ground."""

    purpose: str
    is_given: bool
    status: ConsentStatus
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Consent:
    """Everything a shopper chose, against the purposes as they stand today.

    ``refused_here`` are refusals that this device holds without an identity. They narrow what
    the account allows, on this device only.
    """

    terms: Mapping[str, Terms] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)
    refused_here: Mapping[str, datetime] = field(default_factory=dict)

    def status(self, purpose: str, *, now: datetime) -> ConsentStatus:
        """Status at ``now`` (aware). EXPIRED from the choice's ``valid_until`` on.

        INVALIDATED if the purpose changed materially since (GDPR Art. 4(11): informed).
        """
        if purpose in self.refused_here:
            return ConsentStatus.REFUSED
        choice = self.choices.get(purpose)
        if choice is None:
            return ConsentStatus.UNKNOWN
        if choice.status is ConsentStatus.GIVEN:
            return self._given(choice, now)
        return choice.status

    def permission(self, purpose: str, *, now: datetime) -> Permission:
        """Whether ``purpose`` may be served at ``now``; an unregistered purpose never may."""
        status = self.status(purpose, now=now)
        terms = self.terms.get(purpose)
        if terms is None:
            return Permission(purpose=purpose, is_given=False, status=ConsentStatus.UNKNOWN)
        if terms.basis is LawfulBasis.CONTRACT:
            return Permission(purpose=purpose, is_given=True, status=status)
        choice = self.choices.get(purpose)
        since = choice.at if choice is not None else None
        if terms.basis is LawfulBasis.LEGITIMATE_INTEREST:
            return Permission(purpose=purpose, is_given=status not in NEGATIVE, status=status)
        return Permission(
            purpose=purpose,
            is_given=status is ConsentStatus.GIVEN,
            status=status,
            since=since,
        )

    def permitted(self, *, now: datetime) -> frozenset[str]:
        """The purposes that may be served at ``now``."""
        return frozenset(key for key in self.terms if self.permission(key, now=now).is_given)

    def _given(self, choice: Choice, now: datetime) -> ConsentStatus:
        terms = self.terms.get(choice.purpose)
        if terms is None or terms.version != choice.version:
            return ConsentStatus.INVALIDATED
        if choice.valid_until is not None and now >= choice.valid_until:
            return ConsentStatus.EXPIRED
        return ConsentStatus.GIVEN


def status_of_answer(*, allowed: bool, before: ConsentStatus) -> ConsentStatus:
    """The state that an answer leads to: a no after a yes is a withdrawal."""
    if allowed:
        return ConsentStatus.GIVEN
    held = {ConsentStatus.GIVEN, ConsentStatus.EXPIRED, ConsentStatus.INVALIDATED}
    if before in held or before is ConsentStatus.WITHDRAWN:
        return ConsentStatus.WITHDRAWN
    return ConsentStatus.REFUSED


def withdrawn_by_device(
    account: Mapping[str, Choice], refused_here: Mapping[str, datetime]
) -> frozenset[str]:
    """The purposes whose *given* in the account is older than a refusal on this device.

    A newer *given* stays: there the refusal narrows this device only.
    """
    return frozenset(
        purpose
        for purpose, refused_at in refused_here.items()
        if (choice := account.get(purpose)) is not None
        and choice.status is ConsentStatus.GIVEN
        and choice.at < refused_at
    )


def proposals(account: Mapping[str, Choice], device: Iterable[Choice]) -> tuple[Choice, ...]:
    """What this device allowed before login and the account never answered: ask, don't take."""
    return tuple(
        choice
        for choice in device
        if choice.status is ConsentStatus.GIVEN and choice.purpose not in account
    )
