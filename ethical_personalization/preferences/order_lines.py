"""What rests on which order line: where a shopper corrects what her orders say about her."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ethical_personalization.facts.orders import PURPOSE, lines_of
from ethical_personalization.shopper.shopper import Shopper, shopper_for
from ethical_personalization.shopper.who import who_of
from ethical_personalization.transparency.saved import saved_message

from .replies import endpoint

#: The newest; a page of more would not be read.
MAX_LINES = 200


@endpoint("GET", "HEAD")
def order_lines_page(request: HttpRequest) -> HttpResponse:
    """Her order lines that facts look at, each used or not; nothing is read without her yes."""
    shopper = shopper_for(request)
    is_permitted = PURPOSE in shopper.permitted
    context = {
        "is_permitted": is_permitted,
        "lines": _lines(shopper) if is_permitted else [],
        "message": saved_message(request),
        "here": request.path,
        "who": who_of(request),
    }
    return render(request, "ethical_personalization/preferences/order_lines.html", context)


def _lines(shopper: Shopper) -> list[dict[str, Any]]:
    left_out = shopper.instructions.left_out_lines
    columns = ("pk", "title", "quantity", "order__number", "order__date_placed")
    rows = lines_of(shopper.user, shopper.now).values_list(*columns)[:MAX_LINES]
    return [
        {
            "key": pk,
            "title": title,
            "quantity": quantity,
            "order": number,
            "at": at,
            "is_left_out": pk in left_out,
        }
        for pk, title, quantity, number, at in rows
    ]
