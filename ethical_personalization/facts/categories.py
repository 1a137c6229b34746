"""The shop's categories as values of facts, and those of them that no fact may tell."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from ethical_personalization.models import SensitiveCategory
from ethical_personalization.models.fingerprints import Rows
from ethical_personalization.models.published import Published
from ethical_personalization.models.release import code_signature

#: What a category is called that was deleted after she chose it or looked at it.
GONE = _("a category that is no longer in the shop")


@dataclass(frozen=True, kw_only=True)
class CategoryTree:
    """Where each category stands (a materialised path), by primary key.

    ``sensitive`` are those that an editor marked, with everything below them.
    """

    paths: Mapping[int, str]
    sensitive: frozenset[int]

    @cached_property
    def sensitive_values(self) -> frozenset[str]:
        """The same as values of facts."""
        return frozenset(map(str, self.sensitive))


def category_rows() -> Iterator[Rows]:
    """What the tree is made of."""
    yield Rows(label="category", queryset=_stored(), fields=("path",))
    marks = SensitiveCategory.objects.all()
    yield Rows(label="sensitive_category", queryset=marks, fields=("category",))


def read_tree() -> CategoryTree:
    """The tree as it is stored, for what is filed under a hash of its rows; one query."""
    marks = SensitiveCategory.objects.filter(category=OuterRef("pk"))
    rows = list(_stored().order_by().values_list("pk", "path", Exists(marks)))
    marked = tuple(path for _pk, path, is_marked in rows if is_marked)
    return CategoryTree(
        paths={pk: path for pk, path, _is_marked in rows},
        sensitive=frozenset(pk for pk, path, _is_marked in rows if path.startswith(marked)),
    )


#: A move changes paths without a signal, and is noticed like every change that an editor makes in
#: another worker.
category_tree: Published[CategoryTree] = Published(
    "categories",
    rows=category_rows,
    compile_rows=read_tree,
    signature=code_signature,
)


def all_categories() -> Sequence[tuple[str, str]]:
    """Every category as value and label, in the order of the tree.

    Those that are not public any more too: what was bought from them keeps its name.
    """
    categories = get_model("catalogue", "Category").objects.all()
    return [(str(category.pk), category.name) for category in categories]


def main_categories() -> Sequence[tuple[str, str]]:
    """The categories of the first two levels, without those that only hold other categories.

    Nor those that are sensitive: nobody is asked for them.
    """
    found = get_model("catalogue", "Category").objects.browsable().filter(depth__lte=2)
    sensitive = sensitive_categories()
    return [
        (str(category.pk), category.name)
        for category in found
        if category.pk not in sensitive and (category.depth > 1 or not category.numchild)
    ]


def sensitive_categories() -> frozenset[int]:
    """What an editor marked as telling what the law protects most, with everything below it."""
    return category_tree.get().sensitive


def sensitive_products(products: Collection[int]) -> frozenset[int]:
    """Those of ``products`` (garments, not their sizes) that stand in a sensitive category."""
    sensitive = sensitive_categories() if products else frozenset()
    if not sensitive:
        return frozenset()
    rows = get_model("catalogue", "ProductCategory").objects.filter(
        product_id__in=products, category_id__in=sensitive
    )
    return frozenset(rows.values_list("product_id", flat=True))


def categories_of(product: Any) -> Sequence[int]:
    """The categories that ``product`` stands in, by primary key; those of a size's garment."""
    rows = get_model("catalogue", "ProductCategory").objects.filter(
        product_id=product.parent_id or product.pk
    )
    return list(rows.order_by("category_id").values_list("category_id", flat=True))


def ancestors_too(rows: Iterable[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """For (product, category) pairs: the product with the category and each one above it."""
    pairs = list(rows)
    if not pairs:
        return
    step, standing = get_model("catalogue", "Category").steplen, category_tree.get().paths
    by_path = {path: pk for pk, path in standing.items()}
    for product_id, category_id in pairs:
        path = standing.get(category_id, "")
        for end in range(step, len(path) + 1, step):
            if path[:end] in by_path:
                yield product_id, str(by_path[path[:end]])


def below(values: Iterable[str]) -> dict[str, set[int]]:
    """For each category value: the primary keys of the category and of everything below it."""
    standing = category_tree.get().paths
    return {
        value: {pk for pk, path in standing.items() if path.startswith(start)}
        for value in values
        if value.isdecimal() and (start := standing.get(int(value)))
    }


def _stored() -> Any:
    """The rows of Oscar's model, or of a fork of it."""
    return get_model("catalogue", "Category").objects.all()
