"""Puts the reason beside content that somebody else's template made."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ethical_personalization.core.explanations import Explained

#: Elements that hold nothing, so nothing closes them.
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
#: Elements beside which neither a paragraph nor our widget may stand.
_ALONE = frozenset(
    "area base body caption col colgroup dd dt figcaption frame head html legend li link meta "  # noqa: SIM905
    "noscript optgroup option param rp rt script source style summary tbody td template tfoot th "
    "thead title tr track".split()
)


def with_reason(content: str, explained: Explained, request: HttpRequest) -> SafeString:
    """``content`` (safe HTML) with the widget that says why it is shown."""
    return render_to_string(
        "ethical_personalization/personalized_block.html",
        {"content": content, "decision": explained},
        request=request,
    )


def stands_by_itself(content: str) -> bool:
    """Whether ``content`` is whole elements, beside which another may stand.

    Plain text may be part of an attribute, and half an element is completed somewhere else.
    """
    outline = _Outline()
    outline.feed(content)
    outline.close()
    return bool(outline.first) and outline.first not in _ALONE and outline.is_whole


def request_of(context: Any) -> HttpRequest | None:
    """The request that a block is rendered for; None outside of one, and in Wagtail's preview."""
    request: HttpRequest | None = (context or {}).get("request")
    return None if getattr(request, "is_dummy", False) else request


class _Outline(HTMLParser):
    """The first element, and whether every element that begins also ends."""

    def __init__(self) -> None:
        super().__init__()
        self.first = ""
        self.is_whole = True
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.first = self.first or tag
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.first = self.first or tag

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self._open or self._open.pop() != tag:
            self.is_whole = False

    def close(self) -> None:
        super().close()
        self.is_whole = self.is_whole and not self._open
