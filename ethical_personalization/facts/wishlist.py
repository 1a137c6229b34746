"""What the account's wish lists hold; read from the lists, never kept."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.instructions import CATEGORY
from ethical_personalization.core.readings import Reading

from .categories import GONE, all_categories, ancestors_too
from .phrases import SetSentences
from .source import FactSource


def wishlist_facts() -> Sequence[Fact]:
    """The facts that rest on wish lists."""
    return [
        Fact(
            key="wishlist.categories",
            label=_("Categories on your wish lists"),
            kind=FactKind.SET,
            purpose="browsing",
            data_category="Interest",
            source=_("From your wish lists, at this moment."),
            reader=_categories,
            sentence=_wishes,
            change_at="wishlist",
            choices=all_categories,
            gone=GONE,
            values_of=CATEGORY,
        )
    ]


def _categories(source: FactSource) -> Reading | None:
    if source.user is None:
        return None  # wish lists belong to accounts
    lines = get_model("wishlists", "Line").objects.filter(
        wishlist__owner=source.user, product__isnull=False
    )
    products = {
        parent or product for product, parent in lines.values_list("product", "product__parent")
    }
    rows = (
        get_model("catalogue", "ProductCategory")
        .objects.filter(product_id__in=products)
        .values_list("product_id", "category_id")
    )
    return Reading(value=frozenset(value for _product, value in ancestors_too(rows)))


_wishes = SetSentences(
    has=lambda evidence, values: (
        gettext("Your wish lists hold something from %(values)s.") % {"values": values}
    ),
    has_none=lambda values: (
        gettext("Your wish lists hold nothing from %(values)s.") % {"values": values}
    ),
    lacks_some=lambda values: (
        gettext("Your wish lists do not hold something from each of these: %(values)s.")
        % {"values": values}
    ),
    is_empty=lambda: gettext("Your wish lists are empty."),
    is_not_empty=lambda: gettext("Your wish lists are not empty."),
)
