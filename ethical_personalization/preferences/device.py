"""What a browser carries besides our cookie: an anonymous basket, and Oscar's viewed products."""

from collections.abc import Iterator

from django.http import HttpRequest, parse_cookie
from oscar.core.loading import get_class, get_model

from ethical_personalization.shopper.holdings import Person
from ethical_personalization.shopper.shopper import Shopper

#: More than Oscar writes into its cookie; a forged one costs no more.
MAX_VIEWED, MAX_ID = 100, 2**31


def basket_of(shopper: Shopper) -> Iterator[Person]:
    """Whose the basket without an account is; an account's basket is found by the account."""
    basket = getattr(shopper.request, "basket", None) if shopper.user is None else None
    if basket is not None and basket.pk:
        yield Person(basket_id=basket.pk)


def viewed_on_device(request: HttpRequest) -> list[str]:
    """Titles of the products in Oscar's cookie, also while they are not used.

    The cookie is read from the header: it is taken off the request where nothing may use it, which
    is no reason to keep from her what her browser holds.
    """
    sent = HttpRequest()
    sent.COOKIES = parse_cookie(request.META.get("HTTP_COOKIE", ""))
    keys = get_class("customer.history", "CustomerHistoryManager").extract(sent)
    wanted = [key for key in keys if type(key) is int and 0 < key < MAX_ID][:MAX_VIEWED]
    titles = get_model("catalogue", "Product").objects.in_bulk(wanted) if wanted else {}
    return [str(titles[key].get_title()) for key in wanted if key in titles]
