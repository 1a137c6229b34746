"""What lies in the basket now; read from the basket, never kept."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model
from oscar.templatetags.currency_filters import currency

from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.instructions import CATEGORY
from ethical_personalization.core.readings import Reading

from .categories import GONE, all_categories, ancestors_too
from .phrases import SetSentences
from .source import FactSource

PURPOSE = "browsing"
CHANGE_AT = "basket"
SOURCE = _("From your basket, at this moment.")


def basket_facts() -> Sequence[Fact]:
    """The facts that rest on the open basket."""
    return [
        Fact(
            key="basket.categories",
            label=_("Categories in your basket"),
            kind=FactKind.SET,
            purpose=PURPOSE,
            data_category="PurchasesAndSpendingHabit",
            source=SOURCE,
            reader=_categories,
            sentence=_holds,
            change_at=CHANGE_AT,
            choices=all_categories,
            gone=GONE,
            values_of=CATEGORY,
        ),
        Fact(
            key="basket.total",
            label=_("Total of your basket"),
            kind=FactKind.NUMBER,
            purpose=PURPOSE,
            data_category="PurchasesAndSpendingHabit",
            source=SOURCE,
            reader=_total,
            sentence=_amounts_to,
            in_words=currency,
            change_at=CHANGE_AT,
        ),
    ]


def _basket(source: FactSource) -> Any:
    return getattr(source.request, "basket", None)


def _categories(source: FactSource) -> Reading | None:
    basket = _basket(source)
    if basket is None:
        return None
    products = {line.product.parent_id or line.product_id for line in basket.all_lines()}
    rows = (
        get_model("catalogue", "ProductCategory")
        .objects.filter(product_id__in=products)
        .values_list("product_id", "category_id")
    )
    return Reading(value=frozenset(value for _product, value in ancestors_too(rows)))


def _total(source: FactSource) -> Any:
    basket = _basket(source)
    if basket is None:
        return None
    return basket.total_incl_tax if basket.is_tax_known else basket.total_excl_tax


_holds = SetSentences(
    has=lambda evidence, values: (
        gettext("Your basket holds something from %(values)s.") % {"values": values}
    ),
    has_none=lambda values: (
        gettext("Your basket holds nothing from %(values)s.") % {"values": values}
    ),
    lacks_some=lambda values: (
        gettext("Your basket does not hold something from each of these: %(values)s.")
        % {"values": values}
    ),
    is_empty=lambda: gettext("Your basket is empty."),
    is_not_empty=lambda: gettext("Your basket is not empty."),
)


def _amounts_to(evidence: Evidence, values: str) -> str:
    return gettext("Your basket amounts to %(total)s.") % {
        "total": currency(evidence.reading.value)
    }
