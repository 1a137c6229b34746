"""The parts of the preference center as values, and how each is shown without failing the page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString
from wagtail import hooks

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.text import Words as Text
from ethical_personalization.facts.stated import answers_on_offer
from ethical_personalization.models.controllers import controllers_of_sites
from ethical_personalization.models.savepoints import apart
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.transparency.offers import offered_to
from ethical_personalization.transparency.screens import Words

from .narrowed import narrowed
from .questions import live_questions

#: Each function takes the request and the list of sections, and changes the list.
HOOK = "construct_personalization_center"
FRAME = "ethical_personalization/preferences/section.html"
_NEITHER: Mapping[str, Any] = {"gpc": "", "pause": None}


class CenterPage:
    """What the sections of one page are made from; each thing is asked once.

    ``complaints`` are sentences about what was just sent, by the key of the section; ``ticked``
    are answers that could not be saved, by the key of their question.
    """

    def __init__(
        self,
        shopper: Shopper,
        complaints: Mapping[str, str] | None = None,
        ticked: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.shopper = shopper
        self.complaints = complaints or {}
        self.ticked = ticked or {}
        self.anchors: frozenset[str] = frozenset({"gpc", "paused"})

    @property
    def request(self) -> HttpRequest:
        """The request that opened the page."""
        return self.shopper.request

    @cached_property
    def offered(self) -> list[Words]:
        """The purposes that are offered to her here, in words."""
        return list(offered_to(self.shopper))

    @cached_property
    def controller(self) -> dict[str, str]:
        """Who is responsible here."""
        site_id = self.shopper.site_id
        return controllers_of_sites.get().get(site_id, {}) if site_id is not None else {}

    @cached_property
    def answers(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """What each of the shop's questions can be answered with, by its fact."""
        return answers_on_offer(live_questions())

    @cached_property
    def narrowed(self) -> Mapping[str, Any]:
        """What stands against all of her answers now: ``gpc`` and ``pause``."""
        return attempt(lambda: narrowed(self.shopper), otherwise=_NEITHER, what="narrowed")


Construct = Callable[[HttpRequest, "list[Section]"], None]
Build = Callable[[CenterPage], Mapping[str, Any] | None]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the page, which is also its place in the navigation.

    ``key`` is its id on the page. ``template`` extends ``FRAME`` and is rendered with what
    ``context`` returns; None means that this shopper has nothing there, and the part is left out.
    A ``heading`` in the context takes the place of this one. Lower ``order`` stands first.
    """

    key: str
    heading: Text
    template: str
    context: Build
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A section with what it is rendered with; ``has_failed``: with a sentence instead."""

    key: str
    heading: str
    template: str = FRAME
    context: Mapping[str, Any] = field(default_factory=dict)
    has_failed: bool = False

    def render(self, context: Context) -> SafeString:
        """Its markup in the context of the page; where that fails, a sentence in its place."""
        nothing: SafeString | None = None
        name = f"section:{self.key}"
        markup = attempt(lambda: _rendered(self, context), otherwise=nothing, what=name)
        if markup is not None:
            return markup
        return _rendered(Shown(key=self.key, heading=self.heading, has_failed=True), context)


def sections_of(page: CenterPage, ours: tuple[Section, ...]) -> list[Section]:
    """``ours`` as the hooks have changed them; a hook that fails changes nothing."""
    found = list(ours)
    for function in hooks.get_hooks(HOOK):
        found = _changed(function, page.request, found)
    return sorted(found, key=lambda section: section.order)


def shown_sections(page: CenterPage, sections: list[Section]) -> list[Shown]:
    """Those that have something to show, in order."""
    page.anchors |= {section.key for section in sections}
    made = (_attempted(section, page) for section in sections)
    return [shown for shown in made if shown is not None]


def _changed(function: Construct, request: HttpRequest, before: list[Section]) -> list[Section]:
    """Of two with one key the later stands: so a section is replaced."""

    def change() -> list[Section]:
        after = list(before)
        function(request, after)
        return list({_sound(section).key: section for section in after}.values())

    name = getattr(function, "__qualname__", "")
    return attempt(change, otherwise=before, what=f"{HOOK}:{name}")


def _sound(section: Section) -> Section:
    if not isinstance(section, Section):
        raise TypeError(f"{HOOK} takes sections only.")
    return section


def _attempted(section: Section, page: CenterPage) -> Shown | None:
    key, name = section.key, f"section:{section.key}"
    heading = attempt(lambda: str(section.heading), otherwise=key, what=name)
    failed: Shown | None = Shown(key=key, heading=heading, has_failed=True)
    return attempt(lambda: _made(section, page), otherwise=failed, what=name)


def _made(section: Section, page: CenterPage) -> Shown | None:
    with apart():
        context = section.context(page)
    if context is None:
        return None
    heading = str(context.get("heading", section.heading))
    return Shown(key=section.key, heading=heading, template=section.template, context=context)


def _rendered(shown: Shown, context: Context) -> SafeString:
    """As ``{% include %}`` does it, so that context processors are asked once for the page."""
    assert context.template is not None  # noqa: S101 - a tag runs inside of one
    template = context.template.engine.get_template(shown.template)
    with apart(), context.push(**{**shown.context, "section": shown}):
        return template.render(context)
