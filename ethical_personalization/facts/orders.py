"""What the shopper bought, from the orders that her account keeps."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from ethical_personalization.conf import conf
from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.instructions import BRAND, CATEGORY
from ethical_personalization.core.readings import Reading

from .categories import GONE, all_categories, ancestors_too, sensitive_products
from .phrases import SetSentences
from .source import FactSource

PURPOSE = "orders"
#: Older orders say little about taste; the purpose's text names this period.
PERIOD = timedelta(days=730)
CHANGE_AT = "orders"
SOURCE = _("From your orders in this shop.")


_order_fact = partial(
    Fact,
    purpose=PURPOSE,
    data_category="Purchase",
    source=SOURCE,
    change_at=CHANGE_AT,
    retention=PERIOD,
)


@dataclass(frozen=True)
class _Line:
    product_id: int
    at: datetime
    quantity: int


def order_facts() -> Sequence[Fact]:
    """The facts that rest on placed orders."""
    return [
        _order_fact(
            key="orders.categories",
            label=_("Categories you bought from"),
            kind=FactKind.SET,
            reader=_categories,
            sentence=_bought_from,
            choices=all_categories,
            gone=GONE,
            values_of=CATEGORY,
        ),
        _order_fact(
            key="orders.brands",
            label=_("Brands you bought"),
            kind=FactKind.SET,
            reader=_brands,
            sentence=_bought_from,
            choices=_all_brands,
            values_of=BRAND,
        ),
        _order_fact(
            key="orders.days_since_last",
            label=_("Days since your last order"),
            kind=FactKind.NUMBER,
            reader=_days_since_last,
            sentence=_last_ordered,
        ),
        *_contract_facts(),
    ]


def _contract_facts() -> Sequence[Fact]:
    """What a price may rest on: facts of the contract."""
    return [
        _order_fact(
            key="orders.count",
            label=_("Number of your orders"),
            kind=FactKind.NUMBER,
            reader=_count,
            sentence=_ordered_times,
            may_price=True,
        ),
        _order_fact(
            key="orders.is_first",
            label=_("Your next order would be your first"),
            kind=FactKind.BOOLEAN,
            reader=_is_first,
            sentence=_ordered_before,
            may_price=True,
            retention=None,  # whether ever, not how long ago
        ),
    ]


def _ever(source: FactSource) -> Any:
    orders = get_model("order", "Order").objects
    if source.user is None:
        return orders.none()
    return orders.filter(user=source.user).exclude(status__iexact="cancelled")


def _orders(source: FactSource) -> Any:
    return _ever(source).filter(date_placed__gte=source.now - PERIOD)


def lines_of(user: Any, now: datetime) -> Any:
    """The lines of the account's orders that facts look at, the newest order first (Oscar's)."""
    lines = get_model("order", "Line").objects
    if user is None:
        return lines.none()
    placed = lines.filter(order__user=user, order__date_placed__gte=now - PERIOD)
    return placed.exclude(order__status__iexact="cancelled").order_by("-order__date_placed", "pk")


def _lines(source: FactSource) -> list[_Line]:
    rows = (
        get_model("order", "Line")
        .objects.filter(order__in=_orders(source), product__isnull=False)
        .exclude(pk__in=source.left_out_lines)
        .values_list("product_id", "product__parent_id", "order__date_placed", "quantity")
    )
    return [_Line(parent or product, at, quantity) for product, parent, at, quantity in rows]


def _categories(source: FactSource) -> Reading | None:
    if source.user is None:
        return None  # an unknown customer, not one who bought nothing
    lines = _lines(source)
    rows = (
        get_model("catalogue", "ProductCategory")
        .objects.filter(product_id__in={line.product_id for line in lines})
        .values_list("product_id", "category_id")
    )
    return _counted(source, lines, ancestors_too(rows))


def _brands(source: FactSource) -> Reading | None:
    """A brand may tell what its category does, so what stands in a sensitive one is left out."""
    if source.user is None:
        return None
    bought = _lines(source)
    sensitive = sensitive_products({line.product_id for line in bought})
    lines = [line for line in bought if line.product_id not in sensitive]
    rows = (
        get_model("catalogue", "ProductAttributeValue")
        .objects.filter(
            product_id__in={line.product_id for line in lines},
            attribute__code=conf.brand_attribute,
        )
        .select_related("attribute", "value_option")
    )
    reading = _counted(source, lines, ((row.product_id, row.value_as_text) for row in rows))
    return replace(reading, is_partial=reading.is_partial or bool(sensitive))


def _counted(
    source: FactSource, lines: list[_Line], values_of: Iterable[tuple[int, str]]
) -> Reading:
    """The values of the bought products, how often each was bought and between which times."""
    by_product: dict[int, set[str]] = {}
    for product_id, value in values_of:
        by_product.setdefault(product_id, set()).add(value)
    counts: Counter[str] = Counter()
    for line in lines:
        for value in by_product.get(line.product_id, ()):
            counts[value] += line.quantity
    times = [line.at for line in lines if line.product_id in by_product]
    return Reading(
        value=frozenset(counts),
        counts=dict(counts),
        as_of=max(times, default=None),
        since=min(times, default=None),
        is_partial=bool(source.left_out_lines),
    )


def _is_whole(source: FactSource, orders: Any) -> bool:
    """Whether no order was left out line by line.

    An order less would be an untrue number, and might open a price that is not hers.
    """
    if not source.left_out_lines:
        return True
    used = get_model("order", "Line").objects.exclude(pk__in=source.left_out_lines)
    left_out = orders.filter(lines__in=source.left_out_lines)
    return not left_out.exclude(pk__in=used.values("order")).exists()


def _count(source: FactSource) -> int | None:
    orders = _orders(source)
    return orders.count() if source.user is not None and _is_whole(source, orders) else None


def _days_since_last(source: FactSource) -> Reading | None:
    orders = _orders(source)
    newest = orders.order_by("-date_placed").first()
    if newest is None or not _is_whole(source, orders):
        return None
    return Reading(value=(source.now - newest.date_placed).days, as_of=newest.date_placed)


def _is_first(source: FactSource) -> bool | None:
    orders = _ever(source)
    return not orders.exists() if source.user is not None and _is_whole(source, orders) else None


def _all_brands() -> Sequence[tuple[str, str]]:
    values = get_model("catalogue", "ProductAttributeValue").objects.filter(
        attribute__code=conf.brand_attribute
    )
    texts = {row.value_as_text for row in values.select_related("attribute", "value_option")}
    return [(text, text) for text in sorted(texts)]


def _bought(evidence: Evidence, values: str) -> str:
    if len(evidence.matched) > 1:
        return gettext("You bought from %(values)s in the last two years.") % {"values": values}
    count = sum(evidence.reading.counts.get(value, 1) for value in evidence.matched)
    return ngettext(
        "You bought %(count)d article from %(values)s in the last two years.",
        "You bought %(count)d articles from %(values)s in the last two years.",
        count,
    ) % {"count": count, "values": values}


_bought_from = SetSentences(
    has=_bought,
    has_none=lambda values: (
        gettext("You have not bought from %(values)s in the last two years.") % {"values": values}
    ),
    lacks_some=lambda values: (
        gettext("You have not bought from each of these in the last two years: %(values)s.")
        % {"values": values}
    ),
    is_empty=lambda: gettext("You have not bought anything here in the last two years."),
    is_not_empty=lambda: gettext("You bought something here in the last two years."),
)


def _ordered_times(evidence: Evidence, values: str) -> str:
    count = int(evidence.reading.value)
    return ngettext(
        "You placed %(count)d order in the last two years.",
        "You placed %(count)d orders in the last two years.",
        count,
    ) % {"count": count}


def _last_ordered(evidence: Evidence, values: str) -> str:
    days = int(evidence.reading.value)
    if not days:
        return gettext("Your last order was today.")
    return ngettext(
        "Your last order was %(days)d day ago.", "Your last order was %(days)d days ago.", days
    ) % {"days": days}


def _ordered_before(evidence: Evidence, values: str) -> str:
    if evidence.reading.value:
        return gettext("You have not ordered here yet, so your next order is your first.")
    return gettext("You have ordered here before.")
