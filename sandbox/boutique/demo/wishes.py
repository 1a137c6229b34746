"""What customers think about: wish lists and baskets that are still open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from oscar.core.loading import get_model

from boutique.demo.assortment import Article
from boutique.demo.catalogue import size_code
from boutique.demo.customers import Person
from boutique.demo.orders import basket_line
from boutique.demo.purchases import Line, choose, in_size

Basket = get_model("basket", "Basket")
BasketLine = get_model("basket", "Line")
Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
WishList = get_model("wishlists", "WishList")
WishListLine = get_model("wishlists", "Line")


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """One person's wish list and open basket; each may be empty."""

    person: Person
    age: timedelta
    wished: tuple[Article, ...]
    basket: tuple[Line, ...]


def wishes(persons: Sequence[Person], articles: Sequence[Article], *, seed: int) -> list[Wishes]:
    """About half the customers keep a wish list, about a third left something in a basket."""
    dice = Random(seed)
    return [_wishes(person, articles, dice) for person in persons]


def _wishes(person: Person, articles: Sequence[Article], dice: Random) -> Wishes:
    age = timedelta(days=dice.randint(1, 60), minutes=dice.randint(0, 1200))
    number = dice.randint(2, 6) if dice.random() < 0.5 else 0
    wished = choose(person.taste, articles, dice, count=number, days=age.days)
    number = dice.randint(1, 3) if dice.random() < 0.35 else 0
    chosen = choose(person.taste, articles, dice, count=number, days=age.days)
    lines = [in_size(person.taste, article, dice, sure=True) for article in chosen]
    return Wishes(
        person=person,
        age=age,
        wished=tuple(wished),
        basket=tuple(line for line in lines if _can_be_bought(line)),
    )


def _can_be_bought(line: Line) -> bool:
    pieces = {stock.size: stock.pieces for stock in line.article.stock}
    return pieces[line.size] >= line.quantity


def load_wishes(planned: Sequence[Wishes], *, now: datetime) -> None:
    """Create the wish lists and the open baskets."""
    users = {user.email: user for user in get_user_model().objects.all()}
    products = {product.upc: product for product in Product.objects.exclude(upc=None)}
    for wish in planned:
        if wish.wished:
            _wish_list(wish, users[wish.person.email], products, now)
    records = {
        record.partner_sku: record for record in StockRecord.objects.select_related("product")
    }
    baskets = [
        (wish, _open_basket(users[wish.person.email], now - wish.age))
        for wish in planned
        if wish.basket
    ]
    BasketLine.objects.bulk_create(
        [line for wish, basket in baskets for line in _basket_lines(wish, basket, records)]
    )


def _wish_list(wish: Wishes, user: Any, products: dict[str, Any], now: datetime) -> None:
    kept = WishList.objects.create(owner=user, name="Wish list")
    WishList.objects.filter(pk=kept.pk).update(date_created=now - wish.age)
    WishListLine.objects.bulk_create(
        [
            WishListLine(wishlist=kept, product=products[article.code], title=article.title)
            for article in wish.wished
        ]
    )


def _open_basket(user: Any, started: datetime) -> Any:
    basket = Basket.objects.create(owner=user, status=Basket.OPEN)
    Basket.objects.filter(pk=basket.pk).update(date_created=started)
    return basket


def _basket_lines(wish: Wishes, basket: Any, records: dict[str, Any]) -> Iterator[Any]:
    for line in wish.basket:
        yield basket_line(basket, line, records[size_code(line.article, line.size)])
