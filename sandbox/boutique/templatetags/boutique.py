"""What the boutique's templates ask about products, filters and addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from oscar.core.loading import get_model
from oscar.templatetags.category_tags import get_annotated_list

from boutique.filters import Filter, catalogue_filters
from boutique.selections import attribute_values_of, in_order, newest_pictures, with_details

register = template.Library()

Product = get_model("catalogue", "Product")
LANGUAGE_CODES = ("en", "de", "fr")
NEW_FOR = timedelta(days=21)
AUTOCOMPLETE = {
    "first_name": "given-name",
    "last_name": "family-name",
    "line1": "address-line1",
    "line2": "address-line2",
    "line3": "address-line3",
    "line4": "address-level2",
    "state": "address-level1",
    "postcode": "postal-code",
    "country": "country",
    "phone_number": "tel",
    "email": "email",
    "username": "email",
    "password": "current-password",
    "password1": "new-password",
    "password2": "new-password",
}


@dataclass(frozen=True, kw_only=True)
class Size:
    """One size of a garment."""

    product_id: int
    label: str
    is_available: bool


@register.simple_tag(takes_context=True)
def language_links(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The languages with the address that switches to each and comes back to this page."""
    request = context["request"]
    page = request.get_full_path() if request.method == "GET" else request.path
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "url": f"{reverse('switch_language', args=[code])}?{urlencode({'next': page})}",
            "is_current": code == context.get("LANGUAGE_CODE"),
        }
        for code in LANGUAGE_CODES
    ]


@register.simple_tag
def shelves() -> list[Any]:
    """The categories that hold products themselves, in the order of the tree."""
    return [entry for entry in get_annotated_list() if not entry.get("has_children")]


@register.simple_tag(takes_context=True)
def filters_of_page(context: dict[str, Any]) -> list[Filter]:
    return catalogue_filters(context.get("selected_facets") or [], context.get("category"))


@register.simple_tag(takes_context=True)
def address_without(context: dict[str, Any], facet: str) -> str:
    """This page with one filter less, from its first page."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    query.setlist("selected_facets", [f for f in query.getlist("selected_facets") if f != facet])
    return f"{request.path}?{query.urlencode()}"


@register.simple_tag
def products_of(results: Iterable[Any]) -> list[Any]:
    """The products behind a page of search results, in its order."""
    return in_order(results)


@register.simple_tag(takes_context=True)
def sizes_of(context: dict[str, Any], product: Any) -> list[Size]:
    """The sizes of a garment from small to large; those that are sold out are told, not hidden."""
    strategy = context["request"].strategy
    children = sorted(with_details(product).get_public_children(), key=_place_of_size)
    return [
        Size(
            product_id=child.pk,
            label=attribute(child, "size") or child.get_title(),
            is_available=strategy.fetch_for_product(child).availability.is_available_to_buy,
        )
        for child in children
    ]


def _place_of_size(child: Any) -> int:
    """Oscar keeps the options of a group in the order of their keys."""
    return next((value.value_option_id or 0 for value in _values(child, "size")), 0)


@register.simple_tag
def details_of(product: Any) -> list[dict[str, Any]]:
    """The attributes of a product by name, for its own page."""
    values = with_details(product).attribute_values.all()
    return [{"name": value.attribute.name, "value": value.value} for value in values]


@register.filter
def attribute(product: Any, code: str) -> Any:
    """The value of one attribute as text or date, or None."""
    value = next((value.value for value in _values(product, code)), None)
    return value if isinstance(value, date) or value is None else str(value)


def _values(product: Any, code: str) -> Iterator[Any]:
    return (value for value in attribute_values_of(product) if value.attribute.code == code)


@register.filter
def autocomplete(field: BoundField) -> str:
    """What a browser may fill in here, in the words of the HTML standard."""
    return AUTOCOMPLETE.get(field.name, "on")


@register.filter
def is_new(product: Any) -> bool:
    arrived = attribute(product, "arrived")
    return isinstance(arrived, date) and timezone.localdate() - arrived <= NEW_FOR


@register.simple_tag
def category_tiles() -> list[dict[str, Any]]:
    """The shelves, each with the picture of its newest product."""
    pictures = newest_pictures()
    missing = Product().get_missing_image().name
    return [{"category": c, "image": pictures.get(c.pk, missing)} for c in shelves()]
