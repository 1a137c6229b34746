"""A page as a shopper has it before her, and what of it stands for what."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup, Tag
from django.test import Client

from ethical_personalization.conf import conf
from ethical_personalization.personalization.arrow import NORMAL

#: How our own scripts ask: from the page itself.
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}
#: All that may differ between two renderings of a page, besides the widget and the space it takes.
DECLARED_DIFFERENCES: Mapping[str, str] = {
    "nonce": r'nonce="[^"]*"',
    "csrf": r'name="csrfmiddlewaretoken" value="[^"]*"',
}
_MARKS = r"<!--/?ep-part:[^>]*-->"
_WIDGETS = r'<ep-why.*?</ep-why>|<p class="ep-why ep-why--normal">.*?</p>'


@dataclass(frozen=True, kw_only=True)
class Control:
    """A button of a widget; ``data`` is what its form sends.

    ``is_warned``: it said before the click that the same would still be shown.
    """

    action: str
    data: Mapping[str, str]
    is_warned: bool

    def __str__(self) -> str:
        return ", ".join(self.data.values())


class ShopPage:
    """The response to a ``GET`` of ``client``, with her parts in it in the mode *fragment*."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        response = client.get(address, headers=SAME_ORIGIN)
        if response.status_code != 200:
            raise AssertionError(f"{address} answers with {response.status_code}, not with 200.")
        self.html = response.content.decode(response.charset)
        if conf.serves_fragments:
            self._put_parts_in()

    @cached_property
    def widgets(self) -> list[Tag]:
        """The reasons on the page, with their controls."""
        return list(BeautifulSoup(self.html, "html.parser").find_all("ep-why"))

    @property
    def placements(self) -> list[str]:
        """The placements that the widgets speak of."""
        return [parse_qs(urlsplit(url).query)[NORMAL][0] for url in self.normal_urls]

    @property
    def normal_urls(self) -> list[str]:
        """Where each placement is shown as everybody sees it."""
        links = [widget.select_one("a.ep-why__normal") for widget in self.widgets]
        return [str(link["href"]) for link in links if link is not None]

    @property
    def facts(self) -> frozenset[str]:
        """The facts that the reasons rest on."""
        fields = [field for widget in self.widgets for field in widget.select("[name=fact]")]
        return frozenset(str(field["value"]) for field in fields)

    @property
    def reasons(self) -> str:
        """The sentences that say why, one after the other."""
        told = [part for widget in self.widgets for part in widget.select(".ep-why__reason")]
        return " ".join(part.get_text() for part in told)

    @property
    def content(self) -> str:
        """The page, normalised."""
        return normalised(self.html)

    def controls(self) -> Iterator[Control]:
        """Every button of the widgets that changes what is shown; the same one once."""
        found: list[Control] = []
        for widget in self.widgets:
            for form in widget.select("form:not(.ep-say)"):
                for button in form.find_all("button"):
                    control = _control(form, button)
                    if control not in found:
                        found.append(control)
                        yield control

    def normal_parts(self) -> Iterator[str]:
        """What the page puts beside each of her parts: the same as everybody sees it."""
        for name in re.findall(r"<!--ep-part:([^>]*)-->", self.html):
            answer = self.client.get(
                f"{self.address}{self._joint}ep-parts=normal",
                headers={**SAME_ORIGIN, "ep-parts": name},
            )
            if answer.status_code == 200:
                yield answer.json()["normal"]

    @property
    def _joint(self) -> str:
        return "&" if "?" in self.address else "?"

    def _put_parts_in(self) -> None:
        answer = self.client.get(
            f"{self.address}{self._joint}ep-parts=1", headers={**SAME_ORIGIN, "ep-parts": "1"}
        )
        parts = answer.json()["parts"] if answer.status_code == 200 else {}
        for name, html in parts.items():
            place = f"(<!--ep-part:{re.escape(name)}-->).*?(<!--/ep-part:{re.escape(name)}-->)"
            self.html = re.sub(place, _between(html), self.html, flags=re.DOTALL)


def normalised(html: str) -> str:
    """``html`` without widgets and marks, and without what is declared to differ."""
    html = re.sub(f"{_MARKS}|{_WIDGETS}", "", html, flags=re.DOTALL)
    for name, pattern in DECLARED_DIFFERENCES.items():
        html = re.sub(pattern, name, html)
    return re.sub(r"\s*(<|>)\s*", r"\1", re.sub(r"\s+", " ", html))


def _control(form: Tag, button: Tag) -> Control:
    fields = [
        *form.find_all("input", {"type": "hidden"}),
        *([button] if button.get("name") else []),
    ]
    beside = form.find_next_sibling()
    classes = beside.get_attribute_list("class") if isinstance(beside, Tag) else []
    is_inside = form.select_one("p.ep-fine, span.ep-fine") is not None
    return Control(
        action=str(form["action"]),
        data={str(field["name"]): str(field["value"]) for field in fields},
        is_warned=is_inside or "ep-why__remaining" in classes,
    )


def _between(html: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{found[1]}{html}{found[2]}"
