"""Who bought what and when: planned as plain values, from the seed and today's date alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from boutique.demo.assortment import ONE_SIZE, Article
from boutique.demo.customers import SHOPPER, Person, Taste

ORDERS = 450
OLDEST_DAYS = 352
# Days ago on which the shopper of the demonstration bought, and whether a linen dress was in it.
SHOPPER_VISITS = (
    (338, False),
    (281, True),
    (204, False),
    (152, True),
    (96, True),
    (47, False),
    (19, True),
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One article in one size."""

    article: Article
    size: str
    quantity: int = 1

    @property
    def price(self) -> Decimal:
        return self.article.price * self.quantity


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """One order, long before it becomes a row."""

    person: Person
    placed: datetime
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        return sum((line.price for line in self.lines), Decimal(0))


def purchases(
    persons: Sequence[Person], articles: Sequence[Article], *, seed: int, today: date
) -> list[Purchase]:
    """All orders of the last twelve months, oldest first."""
    dice = Random(seed)
    shopper = next(person for person in persons if person.email == SHOPPER)
    bought = Bought()
    planned = [
        bought.note(_visit(shopper, bought.new_to(shopper, articles), days, linen, dice, today))
        for days, linen in SHOPPER_VISITS
    ]
    weights = [person.eagerness for person in persons]
    for person in dice.choices(persons, weights=weights, k=ORDERS - len(planned)):
        fresh = bought.new_to(person, articles)
        planned.append(bought.note(_order(person, fresh, dice, today)))
    return sorted(planned, key=lambda purchase: purchase.placed)


class Bought:
    """What everybody has bought so far: nobody buys the same article twice."""

    def __init__(self) -> None:
        self._codes: dict[str, set[str]] = defaultdict(set)

    def new_to(self, person: Person, articles: Sequence[Article]) -> list[Article]:
        return [a for a in articles if a.code not in self._codes[person.email]]

    def note(self, purchase: Purchase) -> Purchase:
        self._codes[purchase.person.email] |= {line.article.code for line in purchase.lines}
        return purchase


def _order(person: Person, articles: Sequence[Article], dice: Random, today: date) -> Purchase:
    days = 1 + int((OLDEST_DAYS - 1) * dice.random() ** 1.15)  # the shop grows a little
    count = dice.choices((1, 2, 3, 4), weights=(40, 34, 18, 8))[0]
    chosen = choose(person.taste, articles, dice, count=count, days=days)
    lines = tuple(in_size(person.taste, article, dice) for article in chosen)
    return Purchase(person=person, placed=_moment(today, days, dice), lines=lines)


def _visit(
    person: Person, articles: Sequence[Article], days: int, linen: bool, dice: Random, today: date
) -> Purchase:
    """An order of the shopper of the demonstration: some hold a linen dress, some do not."""
    dresses = [a for a in articles if _is_linen_dress(a) and a.age.days >= days]
    others = [a for a in articles if a.category != "dresses"]
    chosen = choose(person.taste, others, dice, count=1, days=days)
    if linen:
        chosen = [*choose(person.taste, dresses, dice, count=1, days=days), *chosen]
    lines = tuple(in_size(person.taste, article, dice, sure=True) for article in chosen)
    return Purchase(person=person, placed=_moment(today, days, dice), lines=lines)


def _is_linen_dress(article: Article) -> bool:
    return article.category == "dresses" and article.look.material == "Linen"


def choose(
    taste: Taste, articles: Sequence[Article], dice: Random, *, count: int, days: int
) -> list[Article]:
    """Different articles that had arrived ``days`` ago, the liked ones far more often."""
    here = [article for article in articles if article.age.days >= days]
    chosen: list[Article] = []
    for _ in range(min(count, len(here))):
        weights = [liking(taste, article) for article in here]
        article = dice.choices(here, weights=weights)[0]
        here.remove(article)
        chosen.append(article)
    return chosen


def liking(taste: Taste, article: Article) -> float:
    """How likely somebody of this taste buys an article, compared with others."""
    weight = 6.0 if article.style in taste.styles else 1.0
    weight *= 5.0 if article.category in taste.categories else 1.0
    weight *= 3.0 if article.look.colour in taste.colours else 1.0
    return weight * (2.0 if article.look.material in taste.materials else 1.0)


def in_size(taste: Taste, article: Article, dice: Random, *, sure: bool = False) -> Line:
    """The article in the person's size; now and then the next one, or two of an accessory."""
    sizes = [stock.size for stock in article.stock]
    if sizes == [ONE_SIZE]:
        return Line(article=article, size=ONE_SIZE, quantity=dice.choices((1, 2), (92, 8))[0])
    own = sizes.index(taste.shoe_size if taste.shoe_size in sizes else taste.size)
    step = 0 if sure or dice.random() < 0.9 else dice.choice((-1, 1))
    return Line(article=article, size=sizes[max(0, min(len(sizes) - 1, own + step))])


def _moment(today: date, days: int, dice: Random) -> datetime:
    """A time between breakfast and late evening on a day ``days`` ago."""
    clock = time(dice.randint(7, 22), dice.randint(0, 59), dice.randint(0, 59))
    return timezone.make_aware(datetime.combine(today - timedelta(days=days), clock))
