"""Products for pages and lists, each with all that is shown of it in few queries."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from oscar.core.loading import get_model

Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")
ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")

IN_STOCK = Q(stockrecords__num_in_stock__gt=0) | Q(children__stockrecords__num_in_stock__gt=0)


def products_to_show(*, category: Any | None = None, option: str = "") -> QuerySet[Any]:
    """Products to buy now; ``option`` narrows to one value of an attribute ("material:Linen")."""
    products = Product.objects.browsable().filter(IN_STOCK)
    if category is not None:
        products = products.filter(categories__in=category.get_descendants_and_self())
    if option:
        code, _colon, name = option.partition(":")
        products = products.filter(
            attribute_values__attribute__code=code, attribute_values__value_option__option=name
        )
    return with_card_data(Product.objects.filter(pk__in=products.values("pk")).base_queryset())


def with_card_data(products: QuerySet[Any]) -> QuerySet[Any]:
    """All that a card shows, in a fixed number of queries; newest first."""
    children = Product.objects.public().prefetch_related("stockrecords")
    return (
        products.prefetch_public_children(children)
        .prefetch_related(_attribute_values())
        .order_by("-date_created", "-pk")
    )


def with_details(product: Any) -> Any:
    """The same product with what its own page shows: sizes, stock and attributes."""
    children = Product.objects.public().prefetch_attribute_values()
    sizes = Prefetch(
        "children",
        queryset=children.prefetch_related("stockrecords"),
        to_attr="_prefetched_public_children",  # where Oscar looks first
    )
    prefetch_related_objects([product], sizes, _attribute_values())
    return product


def attribute_values_of(product: Any) -> list[Any]:
    """Its attribute values: what its list has loaded already, else one query."""
    if hasattr(product, "_prefetched_attribute_values"):
        return list(product._prefetched_attribute_values)
    prefetch_related_objects([product], _attribute_values())
    return list(product.attribute_values.all())


def in_order(products: Iterable[Any]) -> list[Any]:
    """The products behind search results, loaded together; a result without one is left out."""
    keys = [int(result.pk) for result in products]
    found = with_card_data(Product.objects.filter(pk__in=keys).base_queryset()).in_bulk()
    return [found[key] for key in keys if key in found]


def newest_pictures() -> dict[int, str]:
    """For each category that holds products, by its key: the picture of the newest one."""
    rows = (
        ProductImage.objects.filter(product__is_public=True, display_order=0)
        .order_by("product__date_created", "product")
        .values_list("product__categories", "original")
    )
    return dict(rows)


def _attribute_values() -> Prefetch:
    values = ProductAttributeValue.objects.select_related("attribute", "value_option")
    return Prefetch("attribute_values", queryset=values.order_by("attribute_id"))
