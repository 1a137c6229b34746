"""The parts of a page that may be personal, in the cache mode *fragment*.

The page that everybody gets holds their defaults between two comments with a name. The request for
the parts renders the same page for the shopper and keeps what turned out to be personal. Comments,
because an element more could break a list, a table or the shop's layout.
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

from ethical_personalization.shopper.neutral import asks_for_parts, is_neutral

_ATTRIBUTE = "_ethical_personalization_parts"


@dataclass(kw_only=True)
class _Open:
    """A part that is being rendered."""

    name: str
    is_personal: bool = False


class Parts:
    """The parts of one page, by names that a second rendering of the page gives again."""

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
            made = render()
        finally:
            del self._open[inside_of:]
        if self._is_version and not inside_of and not is_region:
            self.found = earlier  # its place may be another one on everybody's page
        elif opened.is_personal:
            self.found = earlier | {name: made}
        return made

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
    """What ``render`` makes (safe HTML), so that the shopper's own can take its place.

    ``is_region``: it is written for this, and may stand for the same region of a page's version.
    """
    if request is None:
        return mark_safe(render())  # noqa: S308 - rendered by Django's templates
    if asks_for_parts(request):
        parts = parts_of(request)
        made = parts.render(parts.name(name), render, is_region=is_region)
        return mark_safe(made)  # noqa: S308 - rendered by Django's templates
    if is_neutral(request):
        mark = parts_of(request).name(name)
        return mark_safe(f"<!--ep-part:{mark}-->{render()}<!--/ep-part:{mark}-->")  # noqa: S308
    return mark_safe(render())  # noqa: S308 - rendered by Django's templates


def begins_with_element(contents: Iterable[NodeList]) -> bool:
    """Whether a comment may stand before it: plain text may be part of an attribute or a title."""
    for node in (node for content in contents for node in content):
        if isinstance(node, CommentNode) or (isinstance(node, TextNode) and not node.s.strip()):
            continue
        if isinstance(node, TextNode):
            return node.s.lstrip().startswith("<")
        return not isinstance(node, VariableNode)
    return False
