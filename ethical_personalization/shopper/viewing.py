"""Records which categories a shopper looks at, where she allows it and nothing else."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from oscar.apps.catalogue.signals import product_viewed

from ethical_personalization.facts.browsing import PURPOSE, RECORD
from ethical_personalization.facts.categories import categories_of, sensitive_categories
from ethical_personalization.facts.viewed import (
    FACT_KEY,
    MAX_CATEGORIES,
    day_of,
    is_kept,
    retention,
    with_views,
)

from .afterwards import after_response
from .browsing_record import record_while_permitted
from .shopper import Shopper, shopper_for

#: Oscar's own name of the page; a copy of the app that a shop made keeps it.
CATEGORY_PAGE = "catalogue:category"


def connect() -> None:
    """Listen to Oscar's signal; calling it again changes nothing."""
    product_viewed.connect(_on_product, dispatch_uid="ethical_personalization.viewing")


def record_category_page(request: HttpRequest, response: HttpResponse) -> None:
    """Record the category whose page was shown; every other page costs a comparison."""
    match = request.resolver_match
    if match is not None and match.view_name == CATEGORY_PAGE and response.status_code == 200:
        _record(request, lambda: [int(match.kwargs["pk"])])


def _on_product(
    sender: Any, product: Any = None, request: HttpRequest | None = None, **kwargs: Any
) -> None:
    if request is not None:
        _record(request, lambda: categories_of(product))


def _record(request: HttpRequest, find: Callable[[], Sequence[int]]) -> None:
    """The page is shown first, whatever happens to the record."""
    if not _is_seen(request):
        return
    shopper = shopper_for(request)
    if PURPOSE in shopper.permitted:
        after_response(request, lambda: _record_once_a_day(shopper, find), what="view")


def _is_seen(request: HttpRequest) -> bool:
    """Whether a person looks at the answer, and not a browser that fetches it in advance."""
    hints = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose"))
    return request.method == "GET" and not any("prefetch" in hint for hint in hints)


def _record_once_a_day(shopper: Shopper, find: Callable[[], Sequence[int]]) -> None:
    """Each category but the sensitive ones; none at all where she said not to use them."""
    seen, sensitive = find()[:MAX_CATEGORIES], sensitive_categories()
    categories, today = [pk for pk in seen if pk not in sensitive], day_of(shopper.now)
    # Most pages were seen before that day; so her records are looked at before she is locked.
    if FACT_KEY in shopper.instructions.excluded or is_kept(
        shopper.box.open(RECORD), categories, today
    ):
        return
    kept = retention()
    record_while_permitted(
        shopper, FACT_KEY, lambda record: with_views(record, categories, today, kept)
    )
