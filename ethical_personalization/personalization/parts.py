"""The parts of a page that may be personal, by names that each rendering of the page gives again.

In the cache mode *fragment* the page that everybody gets holds their defaults between two comments
with a name, and the request for the parts renders the same page for the shopper and keeps what
turned out to be personal. In both modes such comments stand around what is hers, and a request for
the normal version renders the page for nobody and keeps what stands there. Comments, because an
element more could break a list, a table or the shop's layout.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from django.http import HttpRequest
from django.template.base import NodeList, TextNode, VariableNode
from django.template.defaulttags import CommentNode
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from ethical_personalization.shopper.neutral import (
    asks_for_parts,
    is_neutral,
    normal_part_asked_for,
)
from ethical_personalization.shopper.shopper import shopper_for

#: Where no reason stands, nobody asks for the normal version.
_WIDGET = "<ep-why"
_ATTRIBUTE = "_ethical_personalization_parts"


@dataclass(kw_only=True)
class _Open:
    """A part that is being rendered."""

    name: str
    is_personal: bool = False


class Parts:
    """The parts of one page as it is being rendered."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._is_version = False
        self._open: list[_Open] = []
        self._names: Counter[str] = Counter()
        self._scope = ""

    def note_personal(self) -> None:
        """What was just decided is not for everybody: the part around it is personal."""
        if self._open:
            self._open[-1].is_personal = True

    def note_version(self) -> None:
        """The whole page is a version of its own; of that, only regions can be put into another."""
        self._is_version = True

    def name(self, name: str) -> str:
        """``name``, told apart from the parts of that name before it."""
        scoped = f"{self._scope}{slugify(name)}"
        self._names[scoped] += 1
        number = self._names[scoped]
        return scoped if number == 1 else f"{scoped}.{number}"

    def render(self, name: str, render: Callable[[], str], *, is_region: bool) -> str:
        """``render()``, kept if it is personal; with it go the parts inside it."""
        inside_of, earlier = len(self._open), dict(self.found)
        opened = _Open(name=name, is_personal=self._is_version and is_region)
        self._open.append(opened)
        try:
            made = self.inside(name, render, is_region=is_region)
        finally:
            del self._open[inside_of:]
        if self._is_version and not inside_of and not is_region:
            self.found = earlier  # its place may be another one on everybody's page
        elif opened.is_personal:
            self.found = earlier | {name: made}
        return made

    def inside(self, name: str, render: Callable[[], str], *, is_region: bool) -> str:
        """``render()``, with names of their own for the parts inside of a placement.

        Two versions of it may hold different ones, which must not shift the names after it.
        """
        before = self._scope
        if not is_region:
            self._scope = f"{name}/"
        try:
            return render()
        finally:
            self._scope = before

    def has_normal_version(self, name: str, *, is_region: bool) -> bool:
        """Whether everybody's page has something in the place of this part, which is personal."""
        return name in self.found and (is_region or not self._is_version)

    @contextmanager
    def scoped(self, key: str) -> Iterator[None]:
        """Names of their own for a fragment that several pages take from one cache."""
        before = self._scope
        self._scope = f"{sha256(key.encode()).hexdigest()[:8]}-"
        try:
            yield
        finally:
            self._scope = before


def parts_of(request: HttpRequest) -> Parts:
    """The parts of the page that answers ``request``."""
    found: Parts | None = getattr(request, _ATTRIBUTE, None)
    if found is None:
        found = Parts()
        setattr(request, _ATTRIBUTE, found)
    return found


def as_part(
    request: HttpRequest | None, name: str, render: Callable[[], str], *, is_region: bool = False
) -> SafeString:
    """What ``render`` makes (safe HTML), so that something else can take its place or be compared.

    ``is_region``: it is written for this, and may stand for the same region of a page's version.
    """
    if request is None or not _has_parts(request):
        return mark_safe(render())  # noqa: S308 - rendered by Django's templates
    parts = parts_of(request)
    named = parts.name(name)
    if is_neutral(request):
        made = parts.inside(named, render, is_region=is_region)
        if normal_part_asked_for(request):
            parts.found[named] = made
            return mark_safe(made)  # noqa: S308 - rendered by Django's templates
        return _marked(named, made)
    made = parts.render(named, render, is_region=is_region)
    is_compared = _WIDGET in made and parts.has_normal_version(named, is_region=is_region)
    if asks_for_parts(request) or not is_compared:
        return mark_safe(made)  # noqa: S308 - rendered by Django's templates
    return _marked(named, made)


def _has_parts(request: HttpRequest) -> bool:
    return is_neutral(request) or asks_for_parts(request) or shopper_for(request).may_be_known


def _marked(name: str, html: str) -> SafeString:
    return mark_safe(f"<!--ep-part:{name}-->{html}<!--/ep-part:{name}-->")  # noqa: S308 - rendered by Django's templates


def begins_with_element(contents: Iterable[NodeList]) -> bool:
    """Whether a comment may stand before it: plain text may be part of an attribute or a title."""
    for node in (node for content in contents for node in content):
        if isinstance(node, CommentNode) or (isinstance(node, TextNode) and not node.s.strip()):
            continue
        if isinstance(node, TextNode):
            return node.s.lstrip().startswith("<")
        return not isinstance(node, VariableNode)
    return False
