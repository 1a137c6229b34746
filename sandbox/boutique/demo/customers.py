"""Who buys at the boutique: invented people with a taste, their accounts and addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from oscar.core.loading import get_model

from boutique.demo.assortment import GARMENT_SIZES, SHOE_SIZES, YEAR_DAYS, options, words

Country = get_model("address", "Country")
UserAddress = get_model("address", "UserAddress")
User = get_user_model()

DEMO_PASSWORD = "demo-shop-2026"
SHOPPER, EDITOR, ADMIN = "shopper@example.com", "editor@example.com", "admin@example.com"
EDITOR_GROUPS = ("Editors", "Moderators")
DESK = ("segmentpolicy", "purpose", "preferencequestion")
FAMILY_NAME = "Example"

# Plants, so that nobody could be meant.
FIRST_NAMES = (
    "Alder Aster Birch Bramble Campion Cedar Clover Cypress Dahlia Elder Fennel Fern Foxglove "
    "Gentian Ginkgo Hawthorn Heather Juniper Larch Laurel Lavender Linden Lovage Lupin Magnolia "
    "Maple Marigold Mimosa Myrtle Nettle Olive Peony Pine Poplar Primrose Quince Rowan Saffron "
    "Sorrel Spruce Sumac Tansy Thistle Thyme Verbena Willow Woodruff Yarrow"
)

# ISO code: three letters, number, name, town and postcode of nowhere, share of the customers
COUNTRIES = {
    "DE": ("DEU", "276", "Germany", "Musterstadt", "12345", 6),
    "FR": ("FRA", "250", "France", "Villexemple", "00100", 5),
    "GB": ("GBR", "826", "United Kingdom", "Sampleton", "ZZ99 9ZZ", 3),
    "NL": ("NLD", "528", "Netherlands", "Voorbeelddorp", "1234 AB", 3),
    "AT": ("AUT", "040", "Austria", "Beispielbach", "1234", 2),
    "BE": ("BEL", "056", "Belgium", "Exempleville", "1234", 2),
    "US": ("USA", "840", "United States", "Anytown", "12345", 1),
}
STREETS = ("Sample Street", "Specimen Lane", "Pattern Row", "Placeholder Road", "Fabric Yard")


@dataclass(frozen=True, kw_only=True)
class Taste:
    """What somebody tends to buy."""

    styles: tuple[str, ...]
    colours: tuple[str, ...]
    categories: tuple[str, ...]
    materials: tuple[str, ...]
    size: str
    shoe_size: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """An invented customer; ``eagerness`` is how often she comes compared with others."""

    email: str
    first_name: str
    country: str
    street: str
    taste: Taste
    eagerness: float
    joined: timedelta


def people(seed: int) -> list[Person]:
    """The shopper of the demonstration first, then the others; each seed gives its own town."""
    dice = Random(seed)
    return [_shopper(), *(_person(name, dice) for name in FIRST_NAMES.split())]


def _shopper() -> Person:
    taste = Taste(
        styles=("Minimal", "Classic"),
        colours=("Sage", "Sky", "White", "Sand"),
        categories=("dresses", "shirts-blouses", "shoes"),
        materials=("Linen",),
        size="M",
        shoe_size="39",
    )
    return Person(
        email=SHOPPER,
        first_name="Demo",
        country="DE",
        street="Sample Street 1",
        taste=taste,
        eagerness=0,
        joined=timedelta(days=YEAR_DAYS - 10),
    )


def _person(name: str, dice: Random) -> Person:
    countries = [code for code, told in COUNTRIES.items() for _ in range(told[-1])]
    return Person(
        email=f"{name.lower()}@example.com",
        first_name=name,
        country=dice.choice(countries),
        street=f"{dice.choice(STREETS)} {dice.randint(2, 98)}",
        taste=_taste(dice),
        eagerness=dice.choice((0, 0.3, 0.6, 0.8, 1, 1, 1, 1.3, 1.6, 2)),
        joined=timedelta(days=dice.randint(YEAR_DAYS - 5, 3 * YEAR_DAYS)),
    )


def _taste(dice: Random) -> Taste:
    offered = options()
    shelves = [slug for slug in words()["categories"] if slug != "clothing"]
    return Taste(
        styles=tuple(dice.sample(offered["style"], dice.choice((1, 1, 2)))),
        colours=tuple(dice.sample(offered["colour"], 3)),
        categories=tuple(dice.sample(shelves, dice.choice((2, 3)))),
        materials=tuple(dice.sample(offered["material"][:6], 2)),
        size=dice.choices(GARMENT_SIZES, weights=(2, 4, 5, 4, 2))[0],
        shoe_size=dice.choices(SHOE_SIZES, weights=(1, 3, 5, 5, 4, 3, 1))[0],
    )


def load_customers(persons: Sequence[Person], *, now: datetime) -> None:
    """Create countries, customers with one address each, the editor and the administrator."""
    for order, (code, (three, number, name, *_rest)) in enumerate(COUNTRIES.items()):
        Country.objects.update_or_create(
            iso_3166_1_a2=code,
            defaults={
                "iso_3166_1_a3": three,
                "iso_3166_1_numeric": number,
                "printable_name": name,
                "name": name,
                "display_order": order,
                "is_shipping_country": True,
            },
        )
    password = make_password(DEMO_PASSWORD)  # once: hashing is slow on purpose
    customers = [_account(person, password, now) for person in persons]
    editor = User(username="editor", email=EDITOR, password=password, first_name="Demo Editor")
    admin = User(
        username="admin",
        email=ADMIN,
        password=password,
        first_name="Demo Administrator",
        is_staff=True,
        is_superuser=True,
    )
    User.objects.bulk_create([*customers, editor, admin])
    editor.groups.set(Group.objects.filter(name__in=EDITOR_GROUPS))
    _open_the_desk(Group.objects.get(name=EDITOR_GROUPS[0]))
    UserAddress.objects.bulk_create(
        [_address(person, user) for person, user in zip(persons, customers, strict=True)]
    )


def _open_the_desk(group: Group) -> None:
    """Let the group make segments, word purposes and ask questions, as an administrator would."""
    group.permissions.add(
        *Permission.objects.filter(
            content_type__app_label="ethical_personalization", content_type__model__in=DESK
        )
    )


def _account(person: Person, password: str, now: datetime) -> Any:
    return User(
        username=person.email.partition("@")[0],
        email=person.email,
        first_name=person.first_name,
        last_name=FAMILY_NAME,
        password=password,
        date_joined=now - person.joined,
    )


def postal(person: Person) -> dict[str, str]:
    """Name and address as Oscar's address models take them."""
    *_names, town, postcode, _share = COUNTRIES[person.country]
    return {
        "first_name": person.first_name,
        "last_name": FAMILY_NAME,
        "line1": person.street,
        "line4": town,
        "postcode": postcode,
        "country_id": person.country,
        "search_text": f"{person.first_name} {FAMILY_NAME} {person.street} {town} {postcode}",
    }


def _address(person: Person, user: Any) -> Any:
    address = UserAddress(
        user=user,
        is_default_for_shipping=True,
        is_default_for_billing=True,
        **postal(person),
    )
    address.hash = address.generate_hash()
    return address
