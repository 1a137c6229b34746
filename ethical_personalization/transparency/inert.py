"""Markup as a picture of itself: what a page showed, without anything that acts or leads away."""

import re

from bs4 import BeautifulSoup, Comment, Tag

#: Everything else is taken out, and its text stays.
_ELEMENTS = frozenset(
    {
        *("b", "br", "button", "dd", "details", "div", "dl", "dt", "em", "fieldset"),
        *("h1", "h2", "h3", "h4", "input", "label", "legend", "li", "ol", "p", "section"),
        *("small", "span", "strong", "summary", "ul"),
    }
)
#: Taken out with all that is in them.
_GONE = ("iframe", "link", "math", "object", "script", "style", "svg", "template", "textarea")
_ATTRIBUTES = frozenset({"aria-label", "checked", "class", "dir", "lang", "open", "type"})
#: Marks what is about one shopper, such as the date of her earlier choice.
OWN = "data-ep-own"
#: The class of what was a link.
LINK = "ep-screen__link"
_STANDS_FOR = {"a": "span", "form": "div"}
_CONTROLS = frozenset({"button", "fieldset", "input"})


def inert(html: str) -> str:
    """``html`` with what it says, the labels of its controls and how they stood; the same twice.

    Controls are disabled, links are text, what was hidden and ids are gone. Safe to show, whoever
    wrote ``html``.
    """
    soup = BeautifulSoup(html, "html.parser")
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for element in soup.find_all():
        if not element.decomposed:
            _make_inert(element)
    return re.sub(r"\s+", " ", soup.decode(formatter="minimal")).strip()


def unfolded(screen: str) -> str:
    """``screen`` with everything open that could be opened, for paper."""
    return screen.replace("<details", '<details open=""').replace('open="" open=""', 'open=""')


def _make_inert(element: Tag) -> None:
    if element.name in _GONE or element.has_attr(OWN) or _is_hidden(element):
        element.decompose()
        return
    element.name = _STANDS_FOR.get(element.name, element.name)
    if element.name not in _ELEMENTS:
        element.unwrap()
        return
    is_link = element.has_attr("href")
    element.attrs = {name: value for name, value in element.attrs.items() if name in _ATTRIBUTES}
    if is_link:
        own = (name for name in element.get_attribute_list("class") if name)
        element["class"] = " ".join((*own, LINK))
    if element.name in _CONTROLS:
        element["disabled"] = ""
    if element.name == "button":
        element["type"] = "button"


def _is_hidden(element: Tag) -> bool:
    is_field = element.name == "input" and element.get("type") not in ("checkbox", "radio")
    return is_field or element.has_attr("hidden")
