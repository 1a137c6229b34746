"""Turns planned purchases into Oscar's orders, as its checkout would have left them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.sites.models import Site
from django.db.models import F
from django.utils import timezone
from oscar.core.loading import get_model

from boutique.demo.catalogue import CURRENCY, size_code
from boutique.demo.customers import postal
from boutique.demo.purchases import Line, Purchase

Basket = get_model("basket", "Basket")
BasketLine = get_model("basket", "Line")
Order = get_model("order", "Order")
OrderLine = get_model("order", "Line")
LinePrice = get_model("order", "LinePrice")
ProductRecord = get_model("analytics", "ProductRecord")
ShippingAddress = get_model("order", "ShippingAddress")
StockRecord = get_model("partner", "StockRecord")
UserAddress = get_model("address", "UserAddress")
UserRecord = get_model("analytics", "UserRecord")

FIRST_NUMBER = 100_000  # as in Oscar's OrderNumberGenerator: this plus the basket's id
NOTHING = Decimal("0.00")


def load_orders(purchases: Sequence[Purchase], *, now: datetime) -> None:
    """Create baskets, orders, lines and the statistics Oscar keeps about orders."""
    users = {user.email: user for user in get_user_model().objects.all()}
    records = {record.partner_sku: record for record in _stock_records()}
    baskets = submitted_baskets(purchases, users)
    addresses = ShippingAddress.objects.bulk_create(
        [ShippingAddress(**postal(purchase.person)) for purchase in purchases]
    )
    site = Site.objects.get_current()
    orders = Order.objects.bulk_create(
        [
            _order(purchase, basket, address, site, now)
            for purchase, basket, address in zip(purchases, baskets, addresses, strict=True)
        ]
    )
    lines = OrderLine.objects.bulk_create(
        [
            _line(order, line, records[size_code(line.article, line.size)])
            for purchase, order in zip(purchases, orders, strict=True)
            for line in purchase.lines
        ]
    )
    LinePrice.objects.bulk_create([_line_price(line) for line in lines])
    BasketLine.objects.bulk_create(
        [
            basket_line(basket, line, records[size_code(line.article, line.size)])
            for purchase, basket in zip(purchases, baskets, strict=True)
            for line in purchase.lines
        ]
    )
    _allocate(lines)
    _count(purchases, lines, users)


def _stock_records() -> Any:
    return StockRecord.objects.select_related("product", "partner")


def submitted_baskets(purchases: Sequence[Purchase], users: dict[str, Any]) -> list[Any]:
    """The baskets the orders came from, with their dates set back."""
    baskets = Basket.objects.bulk_create(
        [
            Basket(
                owner=users[purchase.person.email],
                status=Basket.SUBMITTED,
                date_submitted=purchase.placed,
            )
            for purchase in purchases
        ]
    )
    for basket, purchase in zip(baskets, purchases, strict=True):
        basket.date_created = purchase.placed - timedelta(minutes=12)
    Basket.objects.bulk_update(baskets, ["date_created"], batch_size=400)
    return list(baskets)


def status_at(placed: datetime, now: datetime) -> str:
    """How far an order has come by now, counted in days of the calendar."""
    days = (timezone.localdate(now) - timezone.localdate(placed)).days
    if days <= 1:
        return "Pending"
    return "Being processed" if days <= 5 else "Complete"


def _order(purchase: Purchase, basket: Any, address: Any, site: Any, now: datetime) -> Any:
    return Order(
        number=str(FIRST_NUMBER + basket.pk),
        site=site,
        basket=basket,
        user=basket.owner,
        currency=CURRENCY,
        total_incl_tax=purchase.total,
        total_excl_tax=purchase.total,
        shipping_incl_tax=NOTHING,
        shipping_excl_tax=NOTHING,
        shipping_address=address,
        shipping_method="Free shipping",
        shipping_code="free-shipping",
        status=status_at(purchase.placed, now),
        date_placed=purchase.placed,
        analytics_tracked=True,
    )


def _line(order: Any, line: Line, record: Any) -> Any:
    """Oscar's default strategy knows no tax: prices with and without are the same."""
    return OrderLine(
        order=order,
        partner=record.partner,
        partner_name=record.partner.name,
        partner_sku=record.partner_sku,
        stockrecord=record,
        product=record.product,
        title=record.product.title,
        upc=record.product.upc,
        quantity=line.quantity,
        line_price_incl_tax=line.price,
        line_price_excl_tax=line.price,
        line_price_before_discounts_incl_tax=line.price,
        line_price_before_discounts_excl_tax=line.price,
        unit_price_incl_tax=line.article.price,
        unit_price_excl_tax=line.article.price,
        status=order.status,
        num_allocated=0 if order.status == "Complete" else line.quantity,
    )


def _line_price(line: Any) -> Any:
    return LinePrice(
        order=line.order,
        line=line,
        quantity=line.quantity,
        price_incl_tax=line.unit_price_incl_tax,
        price_excl_tax=line.unit_price_excl_tax,
    )


def basket_line(basket: Any, line: Line, record: Any) -> Any:
    return BasketLine(
        basket=basket,
        line_reference=f"{record.product_id}_{record.pk}",
        product=record.product,
        stockrecord=record,
        quantity=line.quantity,
        price_currency=CURRENCY,
        price_incl_tax=line.article.price,
        price_excl_tax=line.article.price,
    )


def _allocate(lines: Sequence[Any]) -> None:
    """Pieces of orders on their way lie in the storeroom, but are promised."""
    promised = Counter[int]()
    for line in lines:
        promised[line.stockrecord_id] += line.num_allocated
    for record_id, pieces in promised.items():
        if pieces:
            StockRecord.objects.filter(pk=record_id).update(
                num_allocated=pieces, num_in_stock=F("num_in_stock") + pieces
            )


def _count(purchases: Sequence[Purchase], lines: Sequence[Any], users: dict[str, Any]) -> None:
    """Statistics of orders as Oscar keeps them; nothing about looking or searching."""
    sold = Counter[int]()
    for line in lines:
        sold[line.product_id] += line.quantity
    ProductRecord.objects.bulk_create(
        [
            ProductRecord(product_id=product, num_purchases=number, num_basket_additions=number)
            for product, number in sold.items()
        ]
    )
    by_email: dict[str, list[Purchase]] = defaultdict(list)
    for purchase in purchases:
        by_email[purchase.person.email].append(purchase)
    UserRecord.objects.bulk_create(
        [_user_record(users[email], bought) for email, bought in by_email.items()]
    )
    for email, bought in by_email.items():
        UserAddress.objects.filter(user=users[email]).update(
            num_orders_as_shipping_address=len(bought)
        )


def _user_record(user: Any, bought: Sequence[Purchase]) -> Any:
    lines = [line for purchase in bought for line in purchase.lines]
    return UserRecord(
        user=user,
        num_orders=len(bought),
        num_order_lines=len(lines),
        num_order_items=sum(line.quantity for line in lines),
        total_spent=sum((purchase.total for purchase in bought), NOTHING),
        date_last_order=max(purchase.placed for purchase in bought),
    )
