"""Gates what Oscar collects about shoppers by itself, without forking any of its apps.

Oscar listens to its own signals: its receivers are taken out and put back behind a gate. What
counts products, not people, goes on, and so do the statistics of orders that were placed.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.models import AnonymousUser
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse
from oscar.apps.basket.signals import basket_addition
from oscar.apps.catalogue.signals import product_viewed
from oscar.apps.search.signals import user_search
from oscar.core.loading import get_class

from ethical_personalization.conf import conf
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.facts.browsing import PURPOSE
from ethical_personalization.facts.categories import sensitive_products
from ethical_personalization.models.savepoints import undisturbed

from .cookie import carries_ours
from .keeping import while_permitted
from .neutral import asks_for_parts, is_neutral, normal_part_asked_for
from .oscar_rows import are_agreed_to, longest_query
from .shopper import Shopper, shopper_for

Receiver = Callable[..., Any]
#: Signals, each with what puts a gate before a receiver.
Gates = tuple[tuple[Signal, Callable[[Receiver], Receiver]], ...]


def connect() -> None:
    """Put the gates up; calling it again changes nothing.

    Receivers are connected when the apps that bring them get ready, before us or after us.
    """
    for label, gates in _GATES.items():
        config = apps.get_app_config(label)
        _gate(config, gates)
        _gate_once_ready(config, gates)


def is_permitted(request: HttpRequest | None) -> bool:
    """Whether the shopper allows what she looks at to be used."""
    return request is not None and PURPOSE in shopper_for(request).permitted


def hide_history(request: HttpRequest) -> bool:
    """Take the cookie of viewed products off the request unless it is permitted.

    True if the device still holds it and the response must take it away: not where her yes stands,
    and is only paused or overruled by her browser, nor where another site on this host name, to
    which browsers send it as well, may have her yes.
    """
    if not has_history(request) or is_permitted(request):
        return False
    del request.COOKIES[history_cookie()]
    if is_neutral(request):
        return not carries_ours(request)
    shopper = shopper_for(request)
    if _may_be_known_next_door(shopper):
        return False
    return shopper.subject is None or not shopper.consent.is_agreed(PURPOSE, now=shopper.now)


def _may_be_known_next_door(shopper: Shopper) -> bool:
    if not shopper.cookies.neighbours:
        return False
    is_account_elsewhere = bool(shopper.known.choices.keys() - {shopper.site_id})
    return is_account_elsewhere or bool(shopper.cookies.pseudonyms_elsewhere)


def has_history(request: HttpRequest) -> bool:
    """Whether the request carries the cookie of viewed products."""
    return history_cookie() in request.COOKIES


def forget_history(response: HttpResponse) -> None:
    """Take the cookie of viewed products off the device."""
    written = get_class("customer.history", "CustomerHistoryManager").cookie_kwargs
    where = {name: written[name] for name in ("path", "domain", "samesite") if name in written}
    response.delete_cookie(history_cookie(), **where)


def history_cookie() -> str:
    """The name of Oscar's cookie, as the shop set it."""
    name: str = get_class("customer.history", "CustomerHistoryManager").cookie_name
    return name


def _gate_once_ready(config: AppConfig, gates: Gates) -> None:
    """What the app's own ``ready`` still connects is gated right after it."""
    if "ready" in vars(config):
        return  # this is done
    get_ready = config.ready

    def ready() -> None:
        get_ready()
        _gate(config, gates)

    config.ready = ready  # type: ignore[method-assign]  # of this one config, before its turn


def _gate(config: AppConfig, gates: Gates) -> None:
    """Replace each receiver of the app, or of a shop's own copy of it, by a gated one.

    Only of modules that are loaded: a copy may leave Oscar's receivers out.
    """
    for module in _receiver_modules(config):
        for name, receiver in list(vars(module).items()):
            if not callable(receiver):
                continue
            for signal, gate in gates:
                if signal.disconnect(receiver):
                    uid = f"ethical_personalization.{module.__name__}.{name}"
                    signal.connect(gate(receiver), weak=False, dispatch_uid=uid)


def _receiver_modules(config: AppConfig) -> Iterator[ModuleType]:
    """The copy's module first, then that of each app that it was made from."""
    for made_from in type(config).__mro__:
        module = sys.modules.get(f"{vars(made_from).get('name')}.receivers")
        if module is not None:
            yield module


def _about_account(receiver: Receiver) -> Receiver:
    """Products are counted for everybody; the account is named only where it was agreed to."""

    def gated(sender: Any, user: Any = None, **kwargs: Any) -> None:
        request = kwargs.get("request") or getattr(sender, "request", None)

        def receive(account: Any) -> None:
            if "query" in kwargs:
                kwargs["query"] = kwargs["query"][: longest_query()]
            receiver(sender=sender, user=account, **kwargs)

        is_received = _is_received_for(user, request, receive, about=kwargs.get("product"))
        # The page itself was counted before it asks for a part of it.
        if not is_received and not (request is not None and _was_counted(request)):
            _survives(lambda: receive(AnonymousUser()))

    return gated


def _is_sensitive(product: Any) -> bool:
    """Whether a product stands in a sensitive category; where nobody can tell, it does."""
    if product is None:
        return False

    def inside() -> bool:
        with undisturbed():
            return bool(sensitive_products({product.parent_id or product.pk}))

    return attempt(inside, otherwise=True, what="collection")


def _was_counted(request: HttpRequest) -> bool:
    return asks_for_parts(request) or bool(normal_part_asked_for(request))


def _is_received_for(
    user: Any, request: HttpRequest | None, receive: Callable[[Any], None], *, about: Any
) -> bool:
    """Whether ``receive`` was called with the account, because that is permitted just now.

    It never is where it is ``about`` a sensitive product.
    """
    if not conf.keeps_oscar_rows or request is None or not is_permitted(request):
        return False
    shopper = shopper_for(request)
    if shopper.user is None or shopper.user != user or _is_sensitive(about):
        return False

    def inside() -> bool:
        with undisturbed():
            return are_agreed_to() and while_permitted(shopper, PURPOSE, lambda: receive(user))

    return attempt(inside, otherwise=False, what="collection")


def _on_device(receiver: Receiver) -> Receiver:
    """The cookie of recently viewed products."""

    def gated(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        if is_permitted(request) and not _is_sensitive(kwargs.get("product")):
            _survives(lambda: receiver(sender=sender, request=request, **kwargs))

    return gated


def _survives(receive: Callable[[], object]) -> None:
    """Oscar sends its signals so that a receiver that fails takes the page with it."""

    def inside() -> None:
        with undisturbed(before="INSERT"):
            receive()

    attempt(inside, otherwise=None, what="collection")


#: By the label of Oscar's app.
_GATES: Mapping[str, Gates] = {
    "analytics": (
        (product_viewed, _about_account),
        (user_search, _about_account),
        (basket_addition, _about_account),
    ),
    "customer": ((product_viewed, _on_device),),
}
