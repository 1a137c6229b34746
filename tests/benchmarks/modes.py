"""Three shops in one process: bare, with wagtail-personalisation, and with us.

Processes differ by more than 3 % for reasons of their own, so all three run in this one and take
turns. What makes the difference between them lies in a few global places, which ``switch_to``
exchanges between two requests:

- Wagtail's table of hooks: **bare** has neither ours nor wagtail-personalisation's, **peer** has
  those of wagtail-personalisation that we take out, **ours** is as installed;
- the receivers of every Django signal: bare and peer have none of ours, and Oscar's own in place
  of those that we gate;
- the template engines: those of bare and peer know neither our templates nor our tags, which
  ``silent_tags`` stands in for;
- the adapter and the rule classes of wagtail-personalisation: the peer has its own alone;
- the middleware, which each mode's request handler has loaded for itself.

A mode is made of whatever belongs to our package by its module's name, so it stays right when we
grow another hook, receiver or middleware. ``proofs`` shows that each mode is what it says.
"""

import gc
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.dispatch import Signal
from django.template import engines
from django.template.engine import Engine
from django.template.utils import EngineHandler, get_app_template_dirs
from django.test import override_settings
from oscar.apps.analytics import receivers as analytics
from oscar.apps.basket.signals import basket_addition
from oscar.apps.catalogue.signals import product_viewed
from oscar.apps.customer import receivers as customer
from oscar.apps.search.signals import user_search
from wagtail import hooks
from wagtail_personalisation import adapters
from wagtail_personalisation import wagtail_hooks as peer_hooks
from wagtail_personalisation.rules import AbstractBaseRule

import ethical_personalization

OURS = "ethical_personalization"
PEER = "wagtail_personalisation"
#: What wagtail-personalisation does when a page is served, in its own order.
PEER_SERVES = (peer_hooks.set_visit_count, peer_hooks.segment_user, peer_hooks.serve_variant)
#: What Oscar collects by itself.
OSCAR_COLLECTS = (
    (product_viewed, analytics.receive_product_view),
    (user_search, analytics.receive_product_search),
    (basket_addition, analytics.receive_basket_addition),
    (product_viewed, customer.receive_product_view),
)

_descendant_models = AbstractBaseRule.__dict__["get_descendant_models"]


@dataclass(frozen=True, kw_only=True)
class Mode:
    """One of the three shops, ready to be switched to."""

    name: str
    hooks: Mapping[str, list[tuple[Callable[..., Any], int]]]
    receivers: Mapping[Signal, list[Any]]
    engines: EngineHandler
    adapter: type
    rule_models: Any
    middleware: tuple[str, ...]
    handler: WSGIHandler


def load_modes() -> dict[str, Mode]:
    """The three modes by name. The process must be as installed, as after ``django.setup()``."""
    hooks.search_for_hooks()
    engines.all()
    as_installed = {name: list(entries) for name, entries in hooks._hooks.items()}
    of_the_hosts = _receivers_of_the_hosts()
    return {
        "bare": _without_us("bare", _without(as_installed, OURS, PEER), of_the_hosts),
        "peer": _without_us("peer", _with_peer(as_installed), of_the_hosts),
        "ours": Mode(
            name="ours",
            hooks=as_installed,
            receivers={signal: list(signal.receivers) for signal in of_the_hosts},
            engines=_copy_of(engines),
            adapter=adapters.SEGMENT_ADAPTER_CLASS,
            rule_models=_descendant_models,
            middleware=tuple(settings.MIDDLEWARE),
            handler=handler_for(settings.MIDDLEWARE),
        ),
    }


def switch_to(mode: Mode) -> None:
    """Make the process the shop of ``mode``; no request may be under way."""
    hooks._hooks.clear()
    hooks._hooks.update(mode.hooks)
    for signal, receivers in mode.receivers.items():
        signal.receivers = receivers
        signal.sender_receivers_cache.clear()
    engines.__dict__.update(mode.engines.__dict__)
    Engine.get_default.cache_clear()
    adapters.SEGMENT_ADAPTER_CLASS = mode.adapter
    AbstractBaseRule.get_descendant_models = mode.rule_models


def handler_for(middleware: Iterable[str]) -> WSGIHandler:
    """What answers a request through ``middleware``, as a web server would call it."""
    with override_settings(MIDDLEWARE=list(middleware)):
        return WSGIHandler()


def belongs_to(found: Any, *packages: str) -> bool:
    """Whether a function, class or dotted path was written in one of ``packages``."""
    module = found if isinstance(found, str) else getattr(found, "__module__", "")
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _without_us(name: str, table: Mapping[str, Any], receivers: Mapping[Signal, Any]) -> Mode:
    middleware = tuple(path for path in settings.MIDDLEWARE if not belongs_to(path, OURS))
    return Mode(
        name=name,
        hooks=table,
        receivers=receivers,
        engines=_silent_engines(),
        adapter=adapters.SessionSegmentsAdapter,
        rule_models=classmethod(_rule_models_of_the_peer),
        middleware=middleware,
        handler=handler_for(middleware),
    )


def _without(table: Mapping[str, list[Any]], *packages: str) -> dict[str, list[Any]]:
    return {
        name: [entry for entry in entries if not belongs_to(entry[0], *packages)]
        for name, entries in table.items()
    }


def _with_peer(table: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    made = _without(table, OURS)
    kept = [entry for entry in made.get("before_serve_page", []) if entry[0] not in PEER_SERVES]
    made["before_serve_page"] = [*kept, *((function, 0) for function in PEER_SERVES)]
    return made


def _receivers_of_the_hosts() -> dict[Signal, list[Any]]:
    """For each signal where we listen: all receivers but ours, and Oscar's own among them."""
    made = {}
    # isinstance() would ask lazy objects of requests long gone, which then ask the database.
    for signal in [found for found in gc.get_objects() if issubclass(type(found), Signal)]:
        entries = list(signal.receivers)
        foreign = [entry for entry in entries if not belongs_to(_receiver(entry[1]), OURS)]
        collecting = [own for sent, own in OSCAR_COLLECTS if sent is signal]
        if len(foreign) < len(entries) or collecting:
            made[signal] = [*foreign, *_connected(collecting, foreign)]
    return made


def _connected(collecting: list[Callable[..., Any]], already: list[Any]) -> list[Any]:
    """Entries of a signal's table for Oscar's receivers that are not in it."""
    probe = Signal()
    for receiver in collecting:
        if receiver not in [_receiver(entry[1]) for entry in already]:
            probe.connect(receiver, weak=False)
    return probe.receivers


def _receiver(reference: Any) -> Any:
    """The function behind an entry, which most signals hold weakly."""
    found = (
        reference() if type(reference).__name__ in ("ReferenceType", "WeakMethod") else reference
    )
    return getattr(found, "__func__", found)


def _rule_models_of_the_peer(cls: type) -> list[type]:
    return [m for m in _descendant_models.__func__(cls) if not belongs_to(m, OURS)]


def _silent_engines() -> EngineHandler:
    ours = Path(ethical_personalization.__file__).parent
    folders = [f for f in get_app_template_dirs("templates") if not f.is_relative_to(ours)]
    made = EngineHandler(
        [
            {
                **configured,
                "APP_DIRS": False,
                "DIRS": [*configured.get("DIRS", []), *folders],
                "OPTIONS": {
                    **configured.get("OPTIONS", {}),
                    "libraries": {OURS: "tests.benchmarks.silent_tags"},
                },
            }
            for configured in settings.TEMPLATES
        ]
    )
    made.all()
    return made


def _copy_of(handler: EngineHandler) -> EngineHandler:
    made = EngineHandler()
    made.__dict__.update(handler.__dict__)
    return made
