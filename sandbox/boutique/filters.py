"""By what the catalogue can be narrowed: the attributes of its products and bands of price."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")

ATTRIBUTES = {
    "style": _("Style"),
    "colour": _("Colour"),
    "size": _("Size"),
    "material": _("Material"),
    "brand": _("Brand"),
}
PRICE_BANDS = {
    "under50": (Decimal(0), Decimal(50), _("Up to €50")),
    "50to100": (Decimal(50), Decimal(100), _("€50 to €100")),
    "100to200": (Decimal(100), Decimal(200), _("€100 to €200")),
    "from200": (Decimal(200), Decimal("Infinity"), _("€200 and more")),
}


@dataclass(frozen=True, kw_only=True)
class Option:
    """One box to tick."""

    label: str
    facet: str
    is_selected: bool


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One question, with its boxes."""

    key: str
    title: str
    options: list[Option]

    @property
    def number_selected(self) -> int:
        return sum(option.is_selected for option in self.options)


def price_band(price: Decimal) -> str:
    return next(key for key, (low, high, _label) in PRICE_BANDS.items() if low <= price < high)


def catalogue_filters(selected: list[str], category: Any | None) -> list[Filter]:
    """The filters that can change something in this category; ``selected`` as in the address."""
    values = _attribute_values(category)
    filters = [
        _filter(key, title, [(value, value) for value in values.get(key, [])], selected)
        for key, title in ATTRIBUTES.items()
    ]
    bands = [(key, band[2]) for key, band in PRICE_BANDS.items()]
    filters.append(_filter("price_band", _("Price"), bands, selected))
    return [f for f in filters if len(f.options) > 1 or f.number_selected]


def _filter(key: str, title: Any, choices: list[tuple[str, Any]], selected: list[str]) -> Filter:
    options = [
        Option(label=label, facet=f"{key}:{value}", is_selected=f"{key}:{value}" in selected)
        for value, label in choices
    ]
    return Filter(key=key, title=title, options=options)


def _attribute_values(category: Any | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    rows = (
        _values_in(category)
        .filter(attribute__code__in=ATTRIBUTES, value_option__isnull=False)
        .order_by("value_option__group", "value_option__pk")
        .values_list("attribute__code", "value_option__option")
        .distinct()
    )
    for code, value in rows:
        options = found.setdefault(code, [])
        if value not in options:
            options.append(value)
    return found


def _values_in(category: Any | None) -> QuerySet[Any]:
    values = ProductAttributeValue.objects.filter(product__is_public=True)
    if category is None:
        return values
    categories = list(category.get_descendants_and_self().values_list("pk", flat=True))
    return values.filter(
        Q(product__categories__in=categories) | Q(product__parent__categories__in=categories)
    )
