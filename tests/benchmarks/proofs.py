"""Proves before anything is measured that each mode is the shop it is called after."""

import inspect
from collections.abc import Mapping
from pathlib import Path
from time import monotonic, sleep

import wagtail_personalisation
from django.conf import settings
from django.http import HttpResponse
from wagtail_personalisation.adapters import SessionSegmentsAdapter

from ethical_personalization.conf import conf
from ethical_personalization.shopper.collection import history_cookie
from tests.benchmarks.modes import OURS, PEER_SERVES, Mode, belongs_to, switch_to
from tests.benchmarks.shop import OPENING, MeasuredPage, measured_pages
from tests.benchmarks.shoppers import NO_MATCH, SERVED, Situation, answer

#: How long an editor's change may take to be live everywhere, and some leeway.
SECONDS = 5
TRACES = (b"ethical_personalization", b"<ep-")


class WrongMode(AssertionError):
    """The process is not the shop it should be; every figure would be wrong."""


def prove(
    modes: Mapping[str, Mode],
    asking: list[Situation],
    segments: int,
    rules: str,
) -> None:
    """Raise ``WrongMode`` unless each mode shows what only that shop would show."""
    landing, product = (_named(name) for name in ("landing", "product"))
    shoppers = {situation.name: situation for situation in asking}
    nobody = shoppers["no cookie"]
    for situation in (shoppers[f"allowed: {SERVED}"], shoppers[f"logged in, allowed: {SERVED}"]):
        _wait_for_variant(modes["ours"], situation, landing, segments)
        _wants("bare", OPENING not in _text(modes["bare"], situation, landing, segments))
        if rules == "host":
            _wants(
                "peer",
                f"{OPENING} {segments}" in _text(modes["peer"], situation, landing, segments),
            )
    nothing = shoppers[f"allowed: {NO_MATCH}"]
    for mode in modes.values():
        for situation in (nobody, nothing, shoppers["refused"]):
            _wants(mode.name, OPENING not in _text(mode, situation, landing, segments))
        shown = _ask(mode, nobody, landing, segments)
        _wants(mode.name, any(t in shown.content for t in TRACES) == (mode.name == "ours"))
        _wants(mode.name, conf.cookie_name not in shown.cookies)
        _wants(mode.name, (settings.SESSION_COOKIE_NAME in shown.cookies) == (mode.name == "peer"))
        bought = _ask(mode, nobody, product, segments)
        _wants(mode.name, (history_cookie() in bought.cookies) == (mode.name != "ours"))
    _prove_by_origin(modes)


def _prove_by_origin(modes: Mapping[str, Mode]) -> None:
    """Nothing of ours takes part in bare and peer; the peer runs its own code as released."""
    released = Path(wagtail_personalisation.__file__).parent
    for name in ("bare", "peer"):
        mode = modes[name]
        functions = [entry[0] for entries in mode.hooks.values() for entry in entries]
        _wants(name, not any(belongs_to(found, OURS) for found in [*functions, *mode.middleware]))
        _wants(name, mode.adapter is SessionSegmentsAdapter)
    served = [entry[0] for entry in modes["peer"].hooks["before_serve_page"]]
    _wants("peer", [found for found in served if found in PEER_SERVES] == list(PEER_SERVES))
    parts = [*PEER_SERVES, SessionSegmentsAdapter.refresh, SessionSegmentsAdapter.get_segments]
    _wants("peer", all(Path(inspect.getfile(part)).parent == released for part in parts))


def _wait_for_variant(mode: Mode, situation: Situation, page: MeasuredPage, segments: int) -> None:
    """Ours shows the last segment's variant and its reason, at the latest after ``SECONDS``."""
    until = monotonic() + SECONDS
    while f"{OPENING} {segments}" not in (text := _text(mode, situation, page, segments)):
        _wants(mode.name, monotonic() < until)
        sleep(0.1)
    _wants(mode.name, "<ep-why" in text)


def _text(mode: Mode, situation: Situation, page: MeasuredPage, segments: int) -> str:
    return _ask(mode, situation, page, segments).content.decode()


def _ask(mode: Mode, situation: Situation, page: MeasuredPage, segments: int) -> HttpResponse:
    switch_to(mode)
    response = answer(mode, situation.environ(mode, page, segments))
    situation.take_over(mode, response)
    return response


def _wants(name: str, holds: bool) -> None:
    if not holds:
        line = inspect.stack()[1].code_context
        raise WrongMode(f"{name} is not what it says: {''.join(line or []).strip()}")


def _named(name: str) -> MeasuredPage:
    return next(page for page in measured_pages() if page.name == name)
