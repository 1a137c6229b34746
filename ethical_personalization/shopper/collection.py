"""Gates what Oscar collects about shoppers by itself, without forking any of its apps.

Oscar listens to its own signals: its receivers are taken out and put back behind a gate. What
counts products, not people, goes on, and so do the statistics of orders that were placed.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse
from oscar.apps.basket.signals import basket_addition
from oscar.apps.catalogue.signals import product_viewed
from oscar.apps.search.signals import user_search
from oscar.core.loading import get_class

from ethical_personalization.facts.browsing import PURPOSE

from .shopper import shopper_for

Receiver = Callable[..., Any]

#: Oscar's app label, name of its receiver, signal: rows about the account.
_ABOUT_ACCOUNTS: tuple[tuple[str, str, Signal], ...] = (
    ("analytics", "receive_product_view", product_viewed),
    ("analytics", "receive_product_search", user_search),
    ("analytics", "receive_basket_addition", basket_addition),
)
#: The same for what is kept on the device: the cookie of recently viewed products.
_ON_DEVICE = ("customer", "receive_product_view", product_viewed)


def connect() -> None:
    """Put the gates up; calling it again changes nothing."""
    for label, name, signal in _ABOUT_ACCOUNTS:
        _gate(label, name, signal, _without_account)
    _gate(*_ON_DEVICE, _only_if_permitted)


def is_permitted(request: HttpRequest | None) -> bool:
    """Whether the shopper allows what she looks at to be used."""
    return request is not None and PURPOSE in shopper_for(request).permitted


def hide_history(request: HttpRequest) -> bool:
    """Take the cookie of viewed products off the request unless it is permitted.

    True if the device still holds it, so that the response must take it away.
    """
    name = history_cookie()
    if name not in request.COOKIES or is_permitted(request):
        return False
    del request.COOKIES[name]
    return True


def forget_history(response: HttpResponse) -> None:
    """Take the cookie of viewed products off the device."""
    response.delete_cookie(history_cookie(), samesite="Lax")


def history_cookie() -> str:
    """The name of Oscar's cookie, as the shop set it."""
    name: str = get_class("customer.history", "CustomerHistoryManager").cookie_name
    return name


def _gate(label: str, name: str, signal: Signal, gate: Callable[[Receiver], Receiver]) -> None:
    """Replace Oscar's receiver, or that of a shop's own copy of the app, by a gated one."""
    module = import_module(f"{apps.get_app_config(label).name}.receivers")
    receiver = getattr(module, name, None)
    if receiver is not None and signal.disconnect(receiver):
        uid = f"ethical_personalization.{label}.{name}"
        signal.connect(gate(receiver), weak=False, dispatch_uid=uid)


def _without_account(receiver: Receiver) -> Receiver:
    """Products are counted; the account stays out, whatever it allowed."""

    def gated(sender: Any, user: Any = None, **kwargs: Any) -> Any:
        return receiver(sender=sender, user=AnonymousUser(), **kwargs)

    return gated


def _only_if_permitted(receiver: Receiver) -> Receiver:
    def gated(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> Any:
        if is_permitted(request):
            return receiver(sender=sender, request=request, **kwargs)
        return None

    return gated
