"""The whole demo shop in one go: load it, recognise it, delete it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from oscar.core.loading import get_model

from boutique.demo.assortment import articles
from boutique.demo.catalogue import PARTNER, load_catalogue
from boutique.demo.customers import load_customers, people
from boutique.demo.orders import load_orders
from boutique.demo.purchases import purchases
from boutique.demo.wishes import load_wishes, wishes

# In this order: each refers to those after it.
DEMO_TABLES = (
    ("order", "Order"),
    ("order", "ShippingAddress"),
    ("basket", "Basket"),
    ("wishlists", "WishList"),
    ("partner", "Partner"),
    ("catalogue", "Product"),
    ("catalogue", "ProductClass"),
    ("catalogue", "AttributeOptionGroup"),
    ("catalogue", "Category"),
)


def is_loaded() -> bool:
    return bool(get_model("partner", "Partner").objects.filter(name=PARTNER).exists())


def load_shop(*, seed: int, now: datetime, tell: Callable[[str], object]) -> None:
    """Catalogue, customers, orders, wish lists and baskets; pictures and pages come after."""
    today = timezone.localdate(now)
    goods, persons = articles(seed), people(seed)
    tell(f"Filling the catalogue with {len(goods)} products")
    load_catalogue(goods, today=today)
    tell(f"Inviting {len(persons)} customers")
    load_customers(persons, now=now)
    bought = purchases(persons, goods, seed=seed, today=today)
    tell(f"Placing {len(bought)} orders")
    load_orders(bought, now=now)
    load_wishes(wishes(persons, goods, seed=seed), now=now)


@transaction.atomic
def clear_shop() -> None:
    """Delete the catalogue, all orders and baskets, and every account at example.com."""
    for app, model in DEMO_TABLES:
        get_model(app, model).objects.all().delete()
    get_user_model().objects.filter(email__endswith="@example.com").delete()
