"""The shop's categories as values of facts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from ethical_personalization.models.fingerprints import Rows
from ethical_personalization.models.published import Published
from ethical_personalization.models.release import code_signature

#: What a category is called that was deleted after she chose it or looked at it.
GONE = _("a category that is no longer in the shop")

#: Where each category stands in the tree (a materialised path), by primary key. A move changes
#: paths without a signal, and is noticed like every change that an editor makes in another worker.
paths: Published[dict[int, str]] = Published(
    "categories",
    rows=lambda: [Rows(label="category", queryset=_stored(), fields=("path",))],
    compile_rows=lambda: dict(_stored().order_by().values_list("pk", "path")),
    signature=code_signature,
)


def all_categories() -> Sequence[tuple[str, str]]:
    """Every category as value and label, in the order of the tree.

    Those that are not public any more too: what was bought from them keeps its name.
    """
    categories = get_model("catalogue", "Category").objects.all()
    return [(str(category.pk), category.name) for category in categories]


def main_categories() -> Sequence[tuple[str, str]]:
    """The categories of the first two levels, without those that only hold other categories."""
    found = get_model("catalogue", "Category").objects.browsable().filter(depth__lte=2)
    return [
        (str(category.pk), category.name)
        for category in found
        if category.depth > 1 or not category.numchild
    ]


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
    step, standing = get_model("catalogue", "Category").steplen, paths.get()
    by_path = {path: pk for pk, path in standing.items()}
    for product_id, category_id in pairs:
        path = standing.get(category_id, "")
        for end in range(step, len(path) + 1, step):
            if path[:end] in by_path:
                yield product_id, str(by_path[path[:end]])


def below(values: Iterable[str]) -> dict[str, set[int]]:
    """For each category value: the primary keys of the category and of everything below it."""
    standing = paths.get()
    return {
        value: {pk for pk, path in standing.items() if path.startswith(start)}
        for value in values
        if value.isdecimal() and (start := standing.get(int(value)))
    }


def _stored() -> Any:
    """The rows of Oscar's model, or of a fork of it."""
    return get_model("catalogue", "Category").objects.all()
