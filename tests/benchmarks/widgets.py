"""What six reasons add to a page: the same page with them and without them, in turn.

Both shops decide alike, and know why; only the tags that tell it are silent in one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.template.utils import EngineHandler
from wagtail.models import Site

from ethical_personalization.testing import published_segment
from tests.benchmarks.counting import count
from tests.benchmarks.modes import OURS, Mode, switch_to
from tests.benchmarks.proofs import SECONDS, WrongMode
from tests.benchmarks.shop import ANSWER, QUESTION, MeasuredPage
from tests.benchmarks.shoppers import NO_MATCH, Situation, answer
from tests.benchmarks.timing import Timed, time_in_turn

WIDGETS = 6
WITH, WITHOUT = "ours", "without reasons"
HOME = MeasuredPage(name="home", path="/")


@dataclass(frozen=True, kw_only=True)
class Widgets:
    """Queries and time of the home page with six reasons, over the same without them."""

    added_queries: int
    timed: Timed

    @property
    def ratio(self) -> float:
        """The median of the rounds' own ratios."""
        return self.timed.ratio(WITH, over=WITHOUT)


def measure_widgets(ours: Mode, asking: Sequence[Situation], *, rounds: int) -> Widgets:
    """The last part of a run: it leaves six personal blocks on the home page."""
    switch_to(ours)
    _personalize_home()
    modes = [ours, replace(ours, name=WITHOUT, engines=_engines_without_reasons())]
    shopper = _shopper(asking)
    _prove(modes, shopper)
    where: dict[str, Any] = {"segments": 1, "rules": "facts"}
    counted = count(modes, HOME, shopper, **where).by_mode
    timed = time_in_turn(modes, HOME, shopper, rounds=rounds, **where)
    switch_to(ours)
    return Widgets(added_queries=counted[WITH].queries - counted[WITHOUT].queries, timed=timed)


def _personalize_home() -> None:
    """Six blocks with a version for who gave the answer of the benchmark's shoppers."""
    segment = published_segment("Six", [(f"stated.{QUESTION}", "any_of", [ANSWER])])
    home = Site.objects.get(is_default_site=True).root_page.specific
    version = {"segment": segment, "content": "<p>For you</p>"}
    block = ("personalized", {"default": "<p>For all</p>", "versions": [version]})
    home.body = [*((child.block_type, child.value) for child in home.body), *[block] * WIDGETS]
    home.save()


def _shopper(asking: Sequence[Situation]) -> Situation:
    (found,) = [each for each in asking if each.name == f"allowed: {NO_MATCH}"]
    cookies = {name: dict(found.cookies[WITH]) for name in (WITH, WITHOUT)}
    return replace(found, name="allowed: six reasons", cookies=cookies)


def _engines_without_reasons() -> EngineHandler:
    silent = {OURS: "tests.benchmarks.reasonless_tags"}
    made = EngineHandler(
        [
            {**each, "OPTIONS": {**each.get("OPTIONS", {}), "libraries": silent}}
            for each in settings.TEMPLATES
        ]
    )
    made.all()
    return made


def _prove(modes: Sequence[Mode], shopper: Situation) -> None:
    """Raise ``WrongMode`` unless the two pages differ in their reasons alone."""
    until = monotonic() + SECONDS
    for mode in modes:
        wanted = (WIDGETS, WIDGETS if mode.name == WITH else 0)
        while (found := _shown(mode, shopper)) != wanted:
            if monotonic() > until:
                raise WrongMode(f"{mode.name}: {found} versions and reasons, not {wanted}")
            sleep(0.1)


def _shown(mode: Mode, shopper: Situation) -> tuple[int, int]:
    switch_to(mode)
    page = answer(mode, shopper.environ(mode, HOME, 1)).content.decode()
    return page.count("For you"), page.count("<ep-why")
