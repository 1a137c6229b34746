"""Which products are of a category or brand that the shopper muted."""

from typing import Any

from django.db.models import Q
from oscar.core.loading import get_model

from ethical_personalization.conf import conf
from ethical_personalization.core.instructions import BRAND, CATEGORY, Instructions


def without_muted(products: Any, instructions: Instructions) -> Any:
    """``products`` (a query of Oscar's) without those; a garment counts with all of its sizes."""
    categories = instructions.muted.get(CATEGORY)
    if categories:
        rows = get_model("catalogue", "ProductCategory").objects
        muted = rows.filter(category_id__in=list(map(int, categories)))
        products = products.exclude(pk__in=muted.values("product_id"))
    brands = instructions.muted.get(BRAND)
    if brands:
        of_brand = _of_brands(brands)
        products = products.exclude(pk__in=of_brand.values("product_id")).exclude(
            pk__in=of_brand.filter(product__parent__isnull=False).values("product__parent_id")
        )
    return products


def _of_brands(brands: frozenset[str]) -> Any:
    rows = get_model("catalogue", "ProductAttributeValue").objects
    return rows.filter(
        Q(value_option__option__in=brands)
        | Q(value_multi_option__option__in=brands)
        | Q(value_text__in=brands),
        attribute__code=conf.brand_attribute,
    )
