"""What the boutique sells: the articles with their words, read from the files beside this one."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from random import Random

from boutique.demo.fabric import DYES, Look

GARMENT_SIZES = ("XS", "S", "M", "L", "XL")
SHOE_SIZES = ("36", "37", "38", "39", "40", "41", "42")
ONE_SIZE = "One size"
ACCESSORY_CATEGORIES = ("bags", "scarves-accessories")
YEAR_DAYS = 365

Words = dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True, kw_only=True)
class Category:
    """A shelf of the shop."""

    slug: str
    name: str
    text: str
    parent: str | None = None


@dataclass(frozen=True, kw_only=True)
class Stock:
    """How many pieces of one size lie in the storeroom."""

    size: str
    pieces: int


@dataclass(frozen=True, kw_only=True)
class Article:
    """One product as it stands in the catalogue, in all its sizes."""

    code: str
    title: str
    text: str
    category: str
    style: str
    brand: str
    look: Look
    price: Decimal
    age: timedelta
    stock: tuple[Stock, ...]

    @property
    def is_accessory(self) -> bool:
        return self.category in ACCESSORY_CATEGORIES


@lru_cache(maxsize=1)
def words() -> Words:
    """The texts of the catalogue."""
    text = Path(__file__).with_name("assortment.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def categories() -> list[Category]:
    return [Category(slug=slug, **told) for slug, told in words()["categories"].items()]


def options() -> dict[str, tuple[str, ...]]:
    """The values each attribute may have, in the order in which they are offered."""
    brands = sorted({brand for pair in words()["styles"].values() for brand in pair})
    return {
        "style": tuple(style.capitalize() for style in words()["styles"]),
        "colour": tuple(DYES),
        "size": (*GARMENT_SIZES, *SHOE_SIZES, ONE_SIZE),
        "material": tuple(words()["materials"]),
        "brand": tuple(brands),
    }


@lru_cache(maxsize=4)
def articles(seed: int) -> tuple[Article, ...]:
    """All articles; the seed decides on stock, age and brand."""
    dice = Random(seed)
    with Path(__file__).with_name("products.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_article(row, number, dice) for number, row in enumerate(csv.DictReader(file)))


def _article(row: dict[str, str], number: int, dice: Random) -> Article:
    cut, style = words()["cuts"][row["cut"]], row["style"]
    return Article(
        code=f"AN-{number + 101}",
        title=_title(row, cut["noun"]),
        text=f"<p>{cut['text']}</p>\n<p>{words()['materials'][row['material']]}</p>",
        category=cut["category"],
        style=style.capitalize(),
        brand=dice.choice(words()["styles"][style]),
        look=Look(
            cut=row["cut"],
            colour=row["colour"],
            material=row["material"],
            pattern=row["pattern"],
        ),
        price=Decimal(row["price"]),
        age=_age(row, dice),
        stock=_stock(cut["category"], dice),
    )


def _title(row: dict[str, str], noun: str) -> str:
    print_name = words()["patterns"].get(row["pattern"], "")
    material = row["material"].lower() if print_name else row["material"]
    parts = (print_name, "" if noun == "jeans" else material, noun)
    title = " ".join(part for part in parts if part)
    return f"{title[0].upper()}{title[1:]} in {row['colour'].lower()}"


def _age(row: dict[str, str], dice: Random) -> timedelta:
    """How long ago it arrived: four of ten belong to the range of a year ago, the rest followed."""
    oldest = dice.random() < 0.4
    days = dice.randint(330, YEAR_DAYS - 5) if oldest else dice.randint(3, 329)
    return timedelta(days=days)


def _stock(category: str, dice: Random) -> tuple[Stock, ...]:
    """Mostly enough; a few sizes are low or gone, and now and then a whole article."""
    sizes = GARMENT_SIZES
    if category == "shoes":
        sizes = SHOE_SIZES
    elif category in ACCESSORY_CATEGORIES:
        sizes = (ONE_SIZE,)
    if dice.random() < 0.04:
        return tuple(Stock(size=size, pieces=0) for size in sizes)
    return tuple(Stock(size=size, pieces=_pieces(dice)) for size in sizes)


def _pieces(dice: Random) -> int:
    fate = dice.random()
    if fate < 0.08:
        return 0
    return dice.randint(1, 3) if fate < 0.2 else dice.randint(4, 24)
