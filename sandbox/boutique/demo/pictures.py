"""Draws a picture for every article and hangs it on its product."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from oscar.core.loading import get_model

from boutique.demo.assortment import Article, articles
from boutique.demo.drawings import draw_article

Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")

FOLDER = "images/products/demo"
QUALITY = 88
STEP = 20


def draw_pictures(seed: int, *, scale: float = 1.0, tell: Callable[[str], object]) -> None:
    """One picture per article; tells its progress every few pictures."""
    goods = articles(seed)
    products = {product.upc: product for product in Product.objects.browsable()}
    images = []
    for number, article in enumerate(goods, start=1):
        images.append(
            ProductImage(
                product=products[article.code],
                original=_saved(article, scale),
                caption=article.title,
            )
        )
        if number % STEP == 0 or number == len(goods):
            tell(f"Drawing pictures {number}/{len(goods)}")
    ProductImage.objects.bulk_create(images)


def _saved(article: Article, scale: float) -> str:
    """Store the picture under a name that stays the same, and return that name."""
    stream = BytesIO()
    draw_article(article.look, scale).save(stream, "JPEG", quality=QUALITY)
    name = f"{FOLDER}/{article.code.lower()}.jpg"
    default_storage.delete(name)
    return str(default_storage.save(name, ContentFile(stream.getvalue())))
