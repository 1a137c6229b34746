"""What a visitor got: the answer to one request, with the links and forms of its page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, SoupStrainer, Tag

#: Django's token against forged forms; a page that has it sets the cookie ``csrftoken``.
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
SERVER_ERROR = 500
_READ = SoupStrainer(["a", "area", "form", "title", "h1", "h2"])
_BUTTONS = frozenset({"submit", "image", "button", "reset"})


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field or button of a form, as it stands on the page."""

    name: str
    kind: str
    value: str = ""
    options: tuple[str, ...] = ()
    is_on: bool = True

    @property
    def is_button(self) -> bool:
        """Whether pressing it sends the form."""
        return self.kind in _BUTTONS


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form of a page. ``action`` and ``page`` are addresses without the host."""

    action: str
    method: str
    fields: tuple[Field, ...]
    page: str

    @property
    def has_token(self) -> bool:
        """Whether it carries Django's token, and so needs its cookie."""
        return any(each.name == TOKEN for each in self.fields)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One response. ``url`` is the address without the host, ``html`` is empty for other types.

    ``cookies`` names the cookies that it set, ``extra_headers`` what only our middleware adds and
    ``error`` the kind and place of the exception behind a status of 500. Where nothing was
    answered, the status is 0.
    """

    url: str
    status: int
    method: str = "GET"
    html: str = ""
    leads_to: str = ""
    cookies: frozenset[str] = frozenset()
    extra_headers: frozenset[str] = frozenset()
    error: str = ""
    hosts: frozenset[str] = field(default_factory=frozenset)

    @property
    def has_failed(self) -> bool:
        """Whether the shop broke on what was asked."""
        return self.status >= SERVER_ERROR or bool(self.error)

    @cached_property
    def _soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser", parse_only=_READ)

    @cached_property
    def links(self) -> tuple[str, ...]:
        """The addresses of this shop that the page links to."""
        wanted = [str(link["href"]) for link in self._soup.select("a[href], area[href]")]
        return tuple(filter(None, (self.here(href) for href in wanted)))

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The forms of the page that lead to this shop."""
        return tuple(self._forms())

    @cached_property
    def word(self) -> str:
        """A word of the page that one might search for: the longest of its headings."""
        text = " ".join(tag.get_text(" ") for tag in self._soup(["h1", "h2", "title"]))
        return max((word for word in text.split() if word.isalpha()), key=len, default="a")

    def _forms(self) -> Iterator[Form]:
        for tag in self._soup("form"):
            action = self.here(str(tag.get("action") or self.url))
            if action:
                yield Form(
                    action=action,
                    method=str(tag.get("method") or "get").upper(),
                    fields=tuple(_fields(tag)),
                    page=self.url,
                )

    def here(self, href: str) -> str:
        """``href`` without the host, or nothing if it leads elsewhere."""
        try:
            parts = urlsplit(urldefrag(urljoin(self.url, href.strip())).url)
        except ValueError:  # "http://[" and the like
            return ""
        if parts.scheme not in ("", "http", "https") or parts.netloc not in ("", *self.hosts):
            return ""
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _fields(form: Tag) -> Iterator[Field]:
    for tag in form.select("input[name], textarea[name], select[name], button[name]"):
        if tag.has_attr("disabled"):
            continue
        name = str(tag["name"])
        if tag.name == "select":
            options = [str(each.get("value", each.get_text())) for each in tag("option")]
            yield Field(name=name, kind="select", value=_chosen(tag), options=tuple(options))
        elif tag.name == "textarea":
            yield Field(name=name, kind="textarea", value=tag.get_text())
        else:
            default = "submit" if tag.name == "button" else "text"
            kind = str(tag.get("type") or default).lower()
            is_on = kind not in ("checkbox", "radio") or tag.has_attr("checked")
            value = str(tag.get("value") or ("" if kind not in ("checkbox", "radio") else "on"))
            yield Field(name=name, kind=kind, value=value, is_on=is_on)


def _chosen(select: Tag) -> str:
    """What is selected, else the first option that says something."""
    options = select("option")
    said = [str(each.get("value", "")) for each in options if each.has_attr("selected")]
    said += [value for each in options if (value := str(each.get("value", "")))]
    return said[0] if said else ""
