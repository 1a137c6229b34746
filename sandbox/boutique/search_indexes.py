"""Oscar's search index with the fields by which the boutique's catalogue can be narrowed."""

from typing import Any

from django.db.models import Prefetch
from haystack import indexes
from oscar.apps.search import search_indexes
from oscar.core.loading import get_model

from boutique.filters import price_band

Product = get_model("catalogue", "Product")
ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")


class BoutiqueProductIndex(search_indexes.ProductIndex, indexes.Indexable):
    style = indexes.MultiValueField()
    colour = indexes.MultiValueField()
    size = indexes.MultiValueField()
    material = indexes.MultiValueField()
    brand = indexes.MultiValueField()
    price_band = indexes.MultiValueField()

    def index_queryset(self, using: str | None = None) -> Any:
        """Everything the fields are made of, in a few queries for all products."""
        values = Prefetch(
            "attribute_values",
            ProductAttributeValue.objects.select_related("attribute", "value_option"),
        )
        children = Product.objects.public().prefetch_related("stockrecords", values)
        products = super().index_queryset(using).select_related("product_class")
        return (
            products.prefetch_related("stockrecords", values)
            .prefetch_public_children(children)
            .prefetch_browsable_categories()
        )

    def prepare_category(self, obj: Any) -> list[int]:
        return [category.pk for category in obj.get_categories()]

    def prepare_style(self, obj: Any) -> list[str]:
        return _options(obj, "style")

    def prepare_colour(self, obj: Any) -> list[str]:
        return _options(obj, "colour")

    def prepare_material(self, obj: Any) -> list[str]:
        return _options(obj, "material")

    def prepare_brand(self, obj: Any) -> list[str]:
        return _options(obj, "brand")

    def prepare_size(self, obj: Any) -> list[str]:
        """Sizes that can be bought now."""
        in_stock = [c for c in obj.get_public_children() if (self.prepare_num_in_stock(c) or 0) > 0]
        return [size for child in in_stock for size in _options(child, "size")]

    def prepare_price_band(self, obj: Any) -> list[str]:
        price = self.prepare_price(obj)
        return [] if price is None else [price_band(price)]

    def prepare_date_created(self, obj: Any) -> Any:
        """Newest means: last to arrive in the shop."""
        arrived = [value.value_date for value in _values(obj, "arrived")]
        return arrived[0] if arrived else obj.date_created


def _options(product: Any, code: str) -> list[str]:
    return [value.value_option.option for value in _values(product, code) if value.value_option]


def _values(product: Any, code: str) -> list[Any]:
    return [value for value in product.attribute_values.all() if value.attribute.code == code]
