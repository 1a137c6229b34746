"""Whether a shopper allowed a purpose, and what follows from it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .purposes import LawfulBasis


class ConsentStatus(StrEnum):
    """The consent states of the W3C Data Privacy Vocabulary 2, and one that is none of them.

    OBJECTED is the no to a purpose that rests on no yes (GDPR Art. 21).
    """

    UNKNOWN = "unknown"
    REQUESTED = "requested"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    INVALIDATED = "invalidated"
    OBJECTED = "objected"


class Bar(StrEnum):
    """What stands against a use, whatever she answered."""

    RESTRICTED = "restricted"
    UNDER_AGE = "under_age"
    GPC = "gpc"


NEGATIVE = frozenset({ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN, ConsentStatus.OBJECTED})


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A purpose as it stands today: its basis, the number of its material version, its policy.

    ``honours_gpc``: a browser that sends Global Privacy Control says no to it. A yes from before
    ``yes_counts_since`` (aware), when it was not offered for a while, counts no more.
    """

    purpose: str
    version: int
    basis: LawfulBasis = LawfulBasis.CONSENT
    is_profiling: bool = True
    honours_gpc: bool = True
    yes_counts_since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a shopper last said on a purpose, under which version, at which (aware) time.

    ``despite_gpc``: she said yes in a browser that sent Global Privacy Control.
    """

    purpose: str
    status: ConsentStatus
    version: int
    at: datetime
    valid_until: datetime | None = None
    despite_gpc: bool = False


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What narrows all of her answers, and takes none of them back.

    ``is_restricted``: she paused everything until she says otherwise (GDPR Art. 18);
    ``restricted_until``: until then (aware). ``under_age_until``: she is below the shop's age
    until then (aware). ``sends_gpc``: the browser of this request says no for her.
    """

    is_restricted: bool = False
    restricted_until: datetime | None = None
    under_age_until: datetime | None = None
    sends_gpc: bool = False

    def is_under_age(self, *, now: datetime) -> bool:
        """Whether she is below the age at ``now``."""
        return self.under_age_until is not None and now < self.under_age_until

    def is_paused(self, *, now: datetime) -> bool:
        """Whether everything is paused at ``now``."""
        until = self.restricted_until
        return self.is_restricted or (until is not None and now < until)

    def __or__(self, other: "Narrowing") -> "Narrowing":
        """What narrows where both do: an account and the device that she uses."""
        return Narrowing(
            is_restricted=self.is_restricted or other.is_restricted,
            restricted_until=_later(self.restricted_until, other.restricted_until),
            under_age_until=_later(self.under_age_until, other.under_age_until),
            sends_gpc=self.sends_gpc or other.sends_gpc,
        )


NOT_NARROWED = Narrowing()


def _later(*times: datetime | None) -> datetime | None:
    return max((time for time in times if time is not None), default=None)


@dataclass(frozen=True, kw_only=True)
class Permission:
    """The answer to "may this purpose be served now?" with its ground.

    ``barred_by`` stands against it, be it allowed or not.
    """

    purpose: str
    is_given: bool
    status: ConsentStatus
    since: datetime | None = None
    barred_by: Bar | None = None


@dataclass(frozen=True, kw_only=True)
class Consent:
    """Everything a shopper chose, against the purposes as they stand today.

    ``refused_here`` are refusals that this device holds without an identity. They narrow what
    the account allows, on this device only.
    """

    terms: Mapping[str, Terms] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)
    refused_here: Mapping[str, datetime] = field(default_factory=dict)
    narrowing: Narrowing = NOT_NARROWED

    def status(self, purpose: str, *, now: datetime) -> ConsentStatus:
        """Status at ``now`` (aware). EXPIRED from the choice's ``valid_until`` on.

        INVALIDATED if the purpose changed materially since (GDPR Art. 4(11): informed), or was
        not offered for a while.
        """
        if purpose in self.refused_here:
            return status_of_answer(
                allowed=False, before=ConsentStatus.UNKNOWN, basis=self.basis(purpose)
            )
        choice = self.choices.get(purpose)
        if choice is None:
            return ConsentStatus.UNKNOWN
        if choice.status is ConsentStatus.GIVEN:
            return self._given(choice, now)
        return choice.status

    def permission(self, purpose: str, *, now: datetime) -> Permission:
        """Whether ``purpose`` may be served at ``now``; an unregistered purpose never may."""
        terms = self.terms.get(purpose)
        if terms is None:
            return Permission(purpose=purpose, is_given=False, status=ConsentStatus.UNKNOWN)
        status = self.status(purpose, now=now)
        is_yes, choice = status is ConsentStatus.GIVEN, self.choices.get(purpose)
        bar = self._bar(terms, is_yes=is_yes, now=now)
        return Permission(
            purpose=purpose,
            is_given=bar is None and _ALLOWS[terms.basis](status),
            status=status,
            since=choice.at if is_yes and choice is not None else None,
            barred_by=bar,
        )

    def is_agreed(self, purpose: str, *, now: datetime) -> bool:
        """Whether a yes to ``purpose`` stands at ``now``, be it barred or not."""
        return self.status(purpose, now=now) is ConsentStatus.GIVEN

    def is_from_before_a_break(self, purpose: str) -> bool:
        """Whether her yes is from before a time in which ``purpose`` was not offered."""
        choice, terms = self.choices.get(purpose), self.terms.get(purpose)
        if choice is None or terms is None or terms.yes_counts_since is None:
            return False
        return choice.status is ConsentStatus.GIVEN and choice.at < terms.yes_counts_since

    def is_withheld(self, purpose: str, *, now: datetime) -> bool:
        """Whether it is not even offered to her, because she is under age.

        What the contract needs is no offer, and is not withheld.
        """
        terms = self.terms.get(purpose)
        return (
            terms is not None
            and terms.is_profiling
            and terms.basis is not LawfulBasis.CONTRACT
            and self.narrowing.is_under_age(now=now)
        )

    def permitted(self, *, now: datetime) -> frozenset[str]:
        """The purposes that may be served at ``now``."""
        return frozenset(key for key in self.terms if self.permission(key, now=now).is_given)

    def basis(self, purpose: str) -> LawfulBasis:
        """The basis of ``purpose``; consent, the strictest, where it is not known."""
        terms = self.terms.get(purpose)
        return terms.basis if terms is not None else LawfulBasis.CONSENT

    def _bar(self, terms: Terms, *, is_yes: bool, now: datetime) -> Bar | None:
        if self.narrowing.is_paused(now=now):
            return Bar.RESTRICTED
        if self.is_withheld(terms.purpose, now=now):
            return Bar.UNDER_AGE
        return Bar.GPC if self._says_gpc_no(terms, is_yes=is_yes) else None

    def _says_gpc_no(self, terms: Terms, *, is_yes: bool) -> bool:
        """A yes that was said in a browser that sends it is the later word, and wins."""
        if not self.narrowing.sends_gpc or not terms.honours_gpc:
            return False
        if terms.basis is LawfulBasis.CONTRACT:
            return False
        return not (is_yes and self.choices[terms.purpose].despite_gpc)

    def _given(self, choice: Choice, now: datetime) -> ConsentStatus:
        terms = self.terms.get(choice.purpose)
        if terms is None or terms.version != choice.version:
            return ConsentStatus.INVALIDATED
        if self.is_from_before_a_break(choice.purpose):
            return ConsentStatus.INVALIDATED
        if choice.valid_until is not None and now >= choice.valid_until:
            return ConsentStatus.EXPIRED
        return ConsentStatus.GIVEN


#: Whether a status allows a use on a basis.
_ALLOWS: Mapping[LawfulBasis, Callable[[ConsentStatus], bool]] = {
    LawfulBasis.CONSENT: lambda status: status is ConsentStatus.GIVEN,
    LawfulBasis.CONTRACT: lambda status: True,
    LawfulBasis.LEGITIMATE_INTEREST: lambda status: status not in NEGATIVE,
}


def status_of_answer(
    *, allowed: bool, before: ConsentStatus, basis: LawfulBasis = LawfulBasis.CONSENT
) -> ConsentStatus:
    """The state that an answer leads to: a no after a yes is a withdrawal.

    A no to what rests on legitimate interest is an objection, whatever was before.
    """
    if allowed:
        return ConsentStatus.GIVEN
    if basis is LawfulBasis.LEGITIMATE_INTEREST:
        return ConsentStatus.OBJECTED
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
