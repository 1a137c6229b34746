"""What a shop has to say when data got out (GDPR Art. 33 and 34): what, whose, until when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone

from ethical_personalization.core.exceptions import UnknownName
from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.models import Purpose, Subject
from ethical_personalization.shopper.audience_size import given_by_purpose, not_objecting
from ethical_personalization.shopper.holdings import Holding, installed_holdings

from .uses import EVERY, used_for

#: From the moment the shop knows (Art. 33(1)).
CLOCK = timedelta(hours=72)
#: Tables whose content is of no use without the shop's sealing key (Art. 34(3)(a)).
ENCRYPTED = frozenset(
    {"ethical_personalization.SealedRecord", "ethical_personalization.SubjectKey"}
)


@dataclass(frozen=True, kw_only=True)
class AffectedTable:
    """A table: what it holds, in how many rows, and about how many persons."""

    name: str
    title: str
    columns: Sequence[str]
    is_encrypted: bool
    rows: int
    persons: int


@dataclass(frozen=True, kw_only=True)
class Affected:
    """Whose data it is: accounts, addresses of guests, and pseudonyms that lead to nobody."""

    accounts: frozenset[Any]  # primary keys of the shop's user model
    guests: frozenset[str]
    pseudonyms: int


@dataclass(frozen=True, kw_only=True)
class IncidentSheet:
    """``due_at`` is when the authority has to be told; ``purposes`` are (title, shoppers)."""

    aware_at: datetime
    due_at: datetime
    tables: Sequence[AffectedTable]
    purposes: Sequence[tuple[str, int]]
    affected: Affected


def incident_sheet(names: Iterable[str], *, aware_at: datetime) -> IncidentSheet:
    """The sheet for the named tables, or for all of them; raises ``UnknownName``."""
    holdings = _named(list(names))
    return IncidentSheet(
        aware_at=aware_at,
        due_at=aware_at + CLOCK,
        tables=[_table(holding) for holding in holdings],
        purposes=_purposes(holdings, now=timezone.now()),
        affected=_affected(holdings),
    )


def to_notify(affected: Affected) -> Iterator[str]:
    """The e-mail addresses to write to, each once."""
    accounts = get_user_model()._default_manager.filter(pk__in=affected.accounts)
    addresses = {email.casefold(): email for email in accounts.values_list("email", flat=True)}
    addresses |= {email.casefold(): email for email in affected.guests}
    yield from sorted(email for email in addresses.values() if email)


def _named(names: Sequence[str]) -> list[Holding]:
    known = {holding.model: holding for holding in installed_holdings()}
    for name in names:
        if name not in known:
            raise UnknownName("table", name, known)
    return [known[name] for name in names or known]


def _table(holding: Holding) -> AffectedTable:
    ways = _ways(holding)
    about_somebody = reduce(or_, (_is_told(lookup) for lookup in ways), Q())
    rows = holding.model_class._default_manager.filter(about_somebody)
    return AffectedTable(
        name=holding.model,
        title=str(holding.title),
        columns=[name for name in holding.told if "__" not in name],
        is_encrypted=holding.model in ENCRYPTED,
        rows=rows.values("pk").distinct().count(),
        persons=sum(
            rows.filter(_is_told(lookup)).values(lookup).distinct().count() for lookup in ways
        ),
    )


def _affected(holdings: Sequence[Holding]) -> Affected:
    subjects = _each(holdings, "of_subject")
    accounts = _each(holdings, "of_account")
    owned = Subject.objects.filter(user__isnull=False).values_list("pk", "user")
    owners = {key: user for key, user in owned.iterator() if key in subjects}
    return Affected(
        accounts=frozenset(accounts | set(owners.values())),
        guests=frozenset(_each(holdings, "of_guest")),
        pseudonyms=len(subjects) - len(owners),
    )


def _each(holdings: Sequence[Holding], way: str) -> set[Any]:
    """Every person to whom the tables lead in one ``way``."""
    found: set[Any] = set()
    for holding in holdings:
        lookup = _plain(getattr(holding, way))
        if lookup:
            rows = holding.model_class._default_manager.filter(_is_told(lookup))
            found |= set(rows.values_list(lookup, flat=True).distinct().iterator())
    return found


def _ways(holding: Holding) -> list[str]:
    every = (holding.of_subject, holding.of_account, holding.of_guest)
    return [_plain(lookup) for lookup in every if lookup]


def _plain(lookup: str) -> str:
    """The column that a lookup compares."""
    return lookup.removesuffix("__iexact")


def _is_told(lookup: str) -> Q:
    """Whether a row leads to somebody in this way."""
    told = Q(**{f"{lookup}__isnull": False})
    return told & ~Q(**{lookup: ""}) if lookup.endswith("email") else told


def _purposes(holdings: Sequence[Holding], *, now: datetime) -> list[tuple[str, int]]:
    """Each purpose that the tables are used for, with the shoppers it goes on for at ``now``."""
    keys = {key for holding in holdings for key in used_for(holding.model)}
    given = given_by_purpose(now=now)
    stored = Purpose.objects.all()
    every = [purpose for purpose in stored if purpose.key in keys or EVERY in keys]
    return [(str(purpose), _concerned(purpose, given)) for purpose in every]


def _concerned(purpose: Purpose, given: Mapping[str, int]) -> int:
    declared = purpose.declaration
    if declared is None or declared.basis is LawfulBasis.CONSENT:
        return given.get(purpose.key, 0)
    if declared.basis is LawfulBasis.LEGITIMATE_INTEREST:
        return not_objecting(purpose)
    return Subject.objects.filter(closed_at__isnull=True).count()  # a contract asks nobody
