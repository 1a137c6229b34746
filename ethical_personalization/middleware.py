"""Puts the shopper on the request, and keeps personal responses out of shared caches."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .shopper.shopper import shopper_for


class ShopperMiddleware:
    """``request.shopper``. Costs nothing where no cookie came and no placement asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        shopper = shopper_for(request)
        response = self.get_response(request)
        shopper.finish(response)
        return response
