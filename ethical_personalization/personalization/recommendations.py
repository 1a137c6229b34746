"""The product list: what fits the shopper's own answers, or else simply what is new."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from oscar.core.loading import get_model

from ethical_personalization.core.decisions import Decision, choose_list
from ethical_personalization.core.explanations import Explained
from ethical_personalization.core.instructions import Instructions
from ethical_personalization.core.ranking import Candidate, Criterion
from ethical_personalization.core.readings import Read
from ethical_personalization.facts.categories import below, sensitive_categories
from ethical_personalization.models import PreferenceQuestion, QuestionSource
from ethical_personalization.models.preferences import live_questions
from ethical_personalization.shopper.shopper import shopper_for

from .arrow import decide
from .muted_products import without_muted

#: So many of the newest fitting products are scored; a larger shop's older ones are left out.
MAX_CANDIDATES = 500


@dataclass(frozen=True, kw_only=True)
class ProductList:
    """The products to show, best first, and why; ``is_personal`` False: what is new, for all."""

    products: Sequence[Any]  # Oscar's Product, whichever class the shop uses
    explained: Explained

    @property
    def is_personal(self) -> bool:
        """Whether the list was made for this shopper."""
        return self.explained.decision.is_personal


def recommend(
    request: HttpRequest, placement: str, *, limit: int, leave_out: int | None = None
) -> ProductList:
    """Up to ``limit`` products in stock, without the product whose primary key is ``leave_out``."""

    def rules(read: Read) -> Decision:
        questions = _questions()
        criteria = tuple(
            Criterion(fact=question.fact_key, weight=question.weight) for question in questions
        )
        instructions = shopper_for(request).instructions
        candidates = _candidates(questions, read, leave_out, instructions)
        return choose_list(
            placement, candidates, criteria, read, limit=limit, instructions=instructions
        )

    explained = decide(request, placement, rules)
    keys = [item.key for item in explained.decision.items]
    products = _products(keys) if keys else _newest(limit, leave_out)
    return ProductList(products=products, explained=explained)


def listed_for(request: HttpRequest, product: int) -> dict[str, frozenset[str]]:
    """What a product has of her answers, by fact: for that it stands in her lists."""
    read = shopper_for(request).facts.read
    found: dict[str, set[str]] = defaultdict(set)
    for question in _questions():
        wanted = read(question.fact_key).value or frozenset()
        for key, value in _matches(question, wanted):
            if key == product:
                found[question.fact_key].add(value)
    return {fact: frozenset(values) for fact, values in found.items()}


def _questions() -> list[PreferenceQuestion]:
    """Those whose answers products can have."""
    return [each for each in live_questions.get() if each.ranks_lists]


def _candidates(
    questions: list[PreferenceQuestion],
    read: Read,
    leave_out: int | None,
    instructions: Instructions,
) -> tuple[Candidate, ...]:
    """The products in stock that share a value with an answer, newest first.

    Those that she hid or muted are taken out before the newest are taken.
    """
    values: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for question in questions:
        wanted = read(question.fact_key).value or frozenset()
        for product, value in _matches(question, wanted):
            values[product][question.fact_key].add(value)
    for key in (leave_out or 0, *instructions.hidden):
        values.pop(key, None)
    if not values:
        return ()
    fitting = without_muted(_in_stock().filter(pk__in=values), instructions)
    newest = fitting.order_by("-date_created", "-pk")
    return tuple(
        Candidate(key=pk, values={fact: frozenset(shared) for fact, shared in values[pk].items()})
        for pk in newest.values_list("pk", flat=True)[:MAX_CANDIDATES]
    )


def _matches(question: PreferenceQuestion, wanted: frozenset[str]) -> Iterator[tuple[int, str]]:
    """(product, value) for each listed product that has one of the ``wanted`` values.

    A value of a child, such as its size, counts for its parent while the child is in stock.
    """
    if not wanted:
        return
    if question.source == QuestionSource.CATEGORY:
        for value, categories in below(wanted).items():
            rows = get_model("catalogue", "ProductCategory").objects.filter(
                category_id__in=categories - sensitive_categories()
            )
            for product in rows.values_list("product_id", flat=True):
                yield product, value
        return
    rows = get_model("catalogue", "ProductAttributeValue").objects.filter(
        Q(value_option__option__in=wanted) | Q(value_multi_option__option__in=wanted),
        attribute__code=question.attribute_code,
        product__in=_available(),
    )
    found = rows.annotate(
        listed=Coalesce("product__parent_id", "product_id"),
        text=Coalesce("value_option__option", "value_multi_option__option"),
    )
    yield from found.values_list("listed", "text").distinct()


@cache
def _available() -> QuerySet[Any]:
    """Products that can be bought, and parents (whose children are looked at on their own).

    A query to make others of, put together once: that takes longer than asking it.
    """
    products = get_model("catalogue", "Product").objects.filter(is_public=True)
    available: QuerySet[Any] = products.filter(
        Q(structure="parent")
        | Q(product_class__track_stock=False)
        | Q(parent__product_class__track_stock=False)
        | Q(stockrecords__num_in_stock__gt=Coalesce(F("stockrecords__num_allocated"), 0))
    )
    return available


@cache
def _in_stock() -> Any:  # Oscar's ProductQuerySet, which has no types
    """Listed products of which at least one piece, of one size at least, can be bought."""
    products = get_model("catalogue", "Product").objects.browsable()
    buyable = _available().exclude(structure="parent")
    return products.filter(pk__in=buyable.values_list(Coalesce("parent_id", "pk")))


def _products(keys: list[int]) -> Sequence[Any]:
    found = get_model("catalogue", "Product").objects.base_queryset().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _newest(limit: int, leave_out: int | None) -> Sequence[Any]:
    newest = _in_stock().base_queryset().exclude(pk=leave_out)
    return list(newest.order_by("-date_created", "-pk")[:limit])
