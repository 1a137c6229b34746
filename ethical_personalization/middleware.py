"""Puts the shopper on the request; keeps her responses out of caches and Oscar's cookie off."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .preferences.registered import keep_answers
from .shopper.collection import forget_history, hide_history
from .shopper.error_reports import hide_cookie
from .shopper.neutral import (
    asks_for_parts,
    normal_part_asked_for,
    notice_asking_for_parts,
)
from .shopper.shopper import shopper_for
from .shopper.viewing import record_category_page
from .transparency.only_parts import only_normal_part, only_parts


class ShopperMiddleware:
    """``request.shopper``. Costs nothing where no cookie came and no placement asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        notice_asking_for_parts(request)
        shopper = shopper_for(request)
        hide_cookie(request)
        holds_history = hide_history(request)
        response = self.get_response(request)
        if holds_history:
            forget_history(response)
        record_category_page(request, response)
        keep_answers(request, response)
        if asks_for_parts(request):
            response = only_parts(request, response)
        elif normal_part_asked_for(request):
            response = only_normal_part(request, response)
        shopper.finish(response)
        return response
