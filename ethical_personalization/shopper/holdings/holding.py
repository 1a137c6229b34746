"""What a table may hold about a person, and how to find, export, erase and outlive it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet

from ethical_personalization.core.text import Words


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whose data. An account's e-mail address proves nothing about orders of guests.

    ``guest_email`` is set only where a link that was sent there was opened, ``basket_id`` only for
    the basket that her browser carries without an account.
    """

    subject_id: UUID | None = None
    user_id: Any = None  # whatever the shop's user model has for a primary key
    guest_email: str = ""
    basket_id: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether any table may hold something about her."""
        return any((self.subject_id, self.user_id, self.guest_email, self.basket_id))


class Goes(StrEnum):
    """When the rows are deleted."""

    WITH_ERASURE = "with_erasure"
    WITH_ACCOUNT = "with_account"
    WITH_PROOF = "with_proof"
    STAYS = "stays"


@dataclass(frozen=True, kw_only=True)
class Holding:
    """The rows of one model that may tell something about a person.

    ``told`` are the columns of the export, which may follow a relation; ``silent`` are keys,
    hashes and what else says nothing to her. Together they are all columns, so a new one has to be
    thought about. ``of_…`` are the lookups that find her rows. ``why`` says why rows stay,
    ``kept`` how long. ``ends_by`` names the step of ``enforce_retention`` that ends them; empty
    where the host does.
    """

    model: str
    title: Words
    told: tuple[str, ...]
    goes: Goes
    kept: Words
    silent: tuple[str, ...] = ()
    of_subject: str = ""
    of_account: str = ""
    of_guest: str = ""
    of_basket: str = ""
    why: Words = ""
    ends_by: str = ""

    @property
    def model_class(self) -> type[Model]:
        """The model, a shop's own copy of it included."""
        return apps.get_model(self.model)

    @property
    def is_installed(self) -> bool:
        """Whether the shop has this table at all."""
        app_label, name = self.model.split(".")
        return name.lower() in apps.all_models.get(app_label, {})

    @property
    def exported(self) -> tuple[str, ...]:
        """``told``, as far as the shop's model has it, and what a shop added to the model.

        A column that nobody thought of is rather told than kept back.
        """
        names = {field.name for field in self.model_class._meta.concrete_fields}
        told = (name for name in self.told if name.split("__")[0] in names)
        return (*told, *sorted(names - columns_of(self)))

    def rows(self, person: Person) -> QuerySet[Any]:
        """Her rows; none where nothing that is known of her finds any."""
        every: QuerySet[Any] = self.model_class._default_manager.all()
        lookup = self._lookup(person)
        return every.filter(**lookup) if lookup else every.none()

    def guests(self) -> Iterator[str]:
        """The addresses that lead to rows which are no account's."""
        address = self.of_guest.removesuffix("__iexact")
        if address:
            rows = self.model_class._default_manager.filter(**self._nobodys())
            found = rows.order_by(address).values_list(address, flat=True).distinct()
            yield from (email for email in found if email)

    def told_of(self, person: Person) -> Iterator[dict[str, Any]]:
        """Her rows as they are exported, in the order of their keys."""
        yield from self.rows(person).order_by("pk").values(*self.exported)

    def _lookup(self, person: Person) -> dict[str, Any]:
        if self.of_subject and person.subject_id:
            return {self.of_subject: person.subject_id}
        if self.of_account and person.user_id:
            return {self.of_account: person.user_id}
        if self.of_guest and person.guest_email:
            return {self.of_guest: person.guest_email, **self._nobodys()}
        if self.of_basket and person.basket_id:
            return {self.of_basket: person.basket_id}
        return {}

    def _nobodys(self) -> dict[str, Any]:
        """Where the same row names account and address, an account's row is no guest's."""
        address = self.of_guest.removesuffix("__iexact")
        if self.of_account and _way(self.of_account) == _way(address):
            return {f"{self.of_account}__isnull": True}
        return {}


@dataclass(frozen=True, kw_only=True)
class Impersonal:
    """A model whose columns, each of them named, tell nothing about a shopper."""

    model: str
    columns: tuple[str, ...]
    why: str


def _way(lookup: str) -> str:
    """The relations that a lookup follows."""
    return lookup.rpartition("__")[0]


def columns_of(holding: Holding) -> frozenset[str]:
    """The model's own columns that a holding speaks of."""
    return frozenset(name.split("__")[0] for name in (*holding.told, *holding.silent))
