"""Puts the articles into Oscar's catalogue: categories, attributes, products, sizes and stock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from oscar.core.loading import get_model

from boutique.demo.assortment import Article, Stock, categories, options

AttributeOption = get_model("catalogue", "AttributeOption")
AttributeOptionGroup = get_model("catalogue", "AttributeOptionGroup")
Category = get_model("catalogue", "Category")
Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
ProductAttribute = get_model("catalogue", "ProductAttribute")
ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")
ProductCategory = get_model("catalogue", "ProductCategory")
ProductClass = get_model("catalogue", "ProductClass")
StockRecord = get_model("partner", "StockRecord")

PARTNER = "Atelier Nord"
CURRENCY = "EUR"
LOW_STOCK = 3
ATTRIBUTE_NAMES = {
    "style": "Style",
    "colour": "Colour",
    "size": "Size",
    "material": "Material",
    "brand": "Brand",
}


class Shelves:
    """What products refer to: classes, attributes, options, categories and the partner."""

    def __init__(self) -> None:
        self.partner = Partner.objects.create(name=PARTNER)
        self.options = {code: _options(code) for code in ATTRIBUTE_NAMES}
        self.garment = ProductClass.objects.create(name="Garment")
        self.accessory = ProductClass.objects.create(name="Accessory")
        self.attributes = {
            kind.pk: {attribute.code: attribute for attribute in self._attributes(kind)}
            for kind in (self.garment, self.accessory)
        }
        self.categories = _category_tree()

    def _attributes(self, kind: Any) -> list[Any]:
        made = [
            ProductAttribute(
                product_class=kind,
                name=name,
                code=code,
                type=ProductAttribute.OPTION,
                option_group=next(iter(self.options[code].values())).group,
            )
            for code, name in ATTRIBUTE_NAMES.items()
        ]
        arrived = ProductAttribute(
            product_class=kind, name="Arrived", code="arrived", type=ProductAttribute.DATE
        )
        return list(ProductAttribute.objects.bulk_create([*made, arrived]))

    def kind_of(self, article: Article) -> Any:
        return self.accessory if article.is_accessory else self.garment


def load_catalogue(articles: Sequence[Article], *, today: date) -> None:
    """Create everything the shop sells; the database must not hold it yet."""
    shelves = Shelves()
    listed = Product.objects.bulk_create([_listed(article, shelves) for article in articles])
    by_code = {product.upc: product for product in listed}
    sizes = Product.objects.bulk_create(
        [
            _in_size(by_code[article.code], stock)
            for article in articles
            if not article.is_accessory
            for stock in article.stock
        ]
    )
    by_code |= {product.upc: product for product in sizes}
    ProductCategory.objects.bulk_create(
        [
            ProductCategory(
                product=by_code[article.code], category=shelves.categories[article.category]
            )
            for article in articles
        ]
    )
    values = [value for article in articles for value in _values(article, by_code, shelves, today)]
    ProductAttributeValue.objects.bulk_create(values)
    records = [
        _record(article, stock, by_code, shelves) for article in articles for stock in article.stock
    ]
    StockRecord.objects.bulk_create(records)
    _backdate(articles, today)


def size_code(article: Article, size: str) -> str:
    """The product code of one size; an accessory has one size and one code."""
    return article.code if article.is_accessory else f"{article.code}-{size}"


def _options(code: str) -> dict[str, Any]:
    group = AttributeOptionGroup.objects.create(name=ATTRIBUTE_NAMES[code])
    made = AttributeOption.objects.bulk_create(
        [AttributeOption(group=group, option=option) for option in options()[code]]
    )
    return {option.option: option for option in made}


def _category_tree() -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for told in categories():
        values = {"name": told.name, "slug": told.slug, "description": f"<p>{told.text}</p>"}
        if told.parent is None:
            tree[told.slug] = Category.add_root(**values)
        else:
            parent = Category.objects.get(pk=tree[told.parent].pk)
            tree[told.slug] = parent.add_child(**values)
    return tree


def _listed(article: Article, shelves: Shelves) -> Any:
    structure = Product.STANDALONE if article.is_accessory else Product.PARENT
    return Product(
        structure=structure,
        product_class=shelves.kind_of(article),
        upc=article.code,
        title=article.title,
        slug=slugify(article.title),
        description=article.text,
    )


def _in_size(parent: Any, stock: Stock) -> Any:
    title = f"{parent.title}, size {stock.size}"
    return Product(
        structure=Product.CHILD,
        parent=parent,
        upc=f"{parent.upc}-{stock.size}",
        title=title,
        slug=slugify(title),
    )


def _values(
    article: Article, products: dict[str, Any], shelves: Shelves, today: date
) -> Iterator[Any]:
    attributes = shelves.attributes[shelves.kind_of(article).pk]
    said = {
        "style": article.style,
        "colour": article.look.colour,
        "material": article.look.material,
        "brand": article.brand,
    }
    for code, value in said.items():
        yield ProductAttributeValue(
            product=products[article.code],
            attribute=attributes[code],
            value_option=shelves.options[code][value],
        )
    for stock in article.stock:
        yield ProductAttributeValue(
            product=products[size_code(article, stock.size)],
            attribute=attributes["size"],
            value_option=shelves.options["size"][stock.size],
        )
    yield ProductAttributeValue(
        product=products[article.code],
        attribute=attributes["arrived"],
        value_date=today - article.age,
    )


def _record(article: Article, stock: Stock, products: dict[str, Any], shelves: Shelves) -> Any:
    code = size_code(article, stock.size)
    return StockRecord(
        product=products[code],
        partner=shelves.partner,
        partner_sku=code,
        price_currency=CURRENCY,
        price=article.price,
        num_in_stock=stock.pieces,
        low_stock_threshold=LOW_STOCK,
    )


def _backdate(articles: Sequence[Article], today: date) -> None:
    """A product was created on the day it arrived: catalogues show the newest first."""
    for article in articles:
        arrived = timezone.make_aware(datetime.combine(today - article.age, time(9)))
        codes = {article.code, *(size_code(article, stock.size) for stock in article.stock)}
        Product.objects.filter(upc__in=codes).update(date_created=arrived)
