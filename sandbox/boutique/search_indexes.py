"""Oscar's search index with the fields by which the boutique's catalogue can be narrowed."""

from typing import Any

from haystack import indexes
from oscar.apps.search import search_indexes

from boutique.filters import price_band


class BoutiqueProductIndex(search_indexes.ProductIndex, indexes.Indexable):
    style = indexes.MultiValueField()
    colour = indexes.MultiValueField()
    size = indexes.MultiValueField()
    material = indexes.MultiValueField()
    brand = indexes.MultiValueField()
    price_band = indexes.MultiValueField()

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
        in_stock = [c for c in obj.children.all() if (self.prepare_num_in_stock(c) or 0) > 0]
        return [size for child in in_stock for size in _options(child, "size")]

    def prepare_price_band(self, obj: Any) -> list[str]:
        price = self.prepare_price(obj)
        return [] if price is None else [price_band(price)]

    def prepare_date_created(self, obj: Any) -> Any:
        """Newest means: last to arrive in the shop."""
        arrived = obj.attribute_values.filter(attribute__code="arrived").first()
        return arrived.value_date if arrived else obj.date_created


def _options(product: Any, code: str) -> list[str]:
    values = product.attribute_values.filter(attribute__code=code, value_option__isnull=False)
    return list(values.values_list("value_option__option", flat=True))
