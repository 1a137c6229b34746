"""What a browser heard from the shop: responses in the order they came, made answers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .answers import SERVER_ERROR, Answer

if TYPE_CHECKING:
    from playwright.sync_api import Error, Page, Response

_OK = 200
#: How Chromium says that it saves a file instead of showing a page.
_DOWNLOAD = "Download is starting"


class Heard:
    """Listens to everything that ``page`` and its files get; ``shop`` is where the shop runs."""

    def __init__(self, page: "Page", shop: str) -> None:
        self._page = page
        self._host = urlsplit(shop).netloc
        self._heard: list[Response] = []
        self._cookies: frozenset[str] = frozenset()
        page.context.on("response", self._hears)

    def starts_here(self) -> None:
        """What was heard and set until now is what she came with."""
        self._heard.clear()
        self._cookies = self._jar()

    def take(self) -> Sequence[Answer]:
        """What was heard since this was asked last.

        What else set a cookie or failed, the documents that led here, and last the page.
        """
        heard = [(self._answer(each), _is_document(each)) for each in self._heard]
        self._heard.clear()
        documents = [answer for answer, is_document in heard if is_document]
        others = [answer for answer, is_document in heard if not is_document]
        if not documents:  # a script changed the page without leaving it
            documents = [Answer(url=self._address(self._page.url), status=0)]
        *before, page = documents
        told = [answer for answer in others if answer.cookies or answer.status >= SERVER_ERROR]
        return [*told, *before, self._seen(page, [*told, *before])]

    def unanswered(self, url: str, error: "Error") -> Answer:
        """A page that never came, and the kind of the browser's complaint."""
        self._heard.clear()
        if _DOWNLOAD in error.message:
            return Answer(url=url, status=_OK)
        return Answer(url=url, status=0, error=error.message.split(" at ")[0].splitlines()[0])

    def _hears(self, response: "Response") -> None:
        self._heard.append(response)

    def _seen(self, page: Answer, others: Sequence[Answer]) -> Answer:
        """The page as it stands; a cookie that no response set came from a script of it."""
        jar = self._jar()
        by_script = jar - self._cookies.union(page.cookies, *(each.cookies for each in others))
        self._cookies = jar
        return replace(
            page,
            html=self._page.content(),
            hosts=frozenset({self._host}),
            cookies=page.cookies | by_script,
        )

    def _answer(self, response: "Response") -> Answer:
        headers = [(each["name"].lower(), each["value"]) for each in response.headers_array()]
        set_cookies = [value for name, value in headers if name == "set-cookie"]
        return Answer(
            url=self._address(response.url),
            status=response.status,
            method=response.request.method,
            leads_to=self._address(dict(headers).get("location", "")),
            cookies=frozenset(
                said.partition("=")[0] for said in set_cookies if not _takes_away(said)
            ),
        )

    def _address(self, url: str) -> str:
        """Without the host where it is the shop's."""
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        return path if parts.netloc in ("", self._host) else f"//{parts.netloc}{path}"

    def _jar(self) -> frozenset[str]:
        return frozenset(each["name"] for each in self._page.context.cookies())


def _is_document(response: "Response") -> bool:
    """Whether it is a page, not a file of one nor a page in a frame."""
    request = response.request
    return request.is_navigation_request() and request.frame.parent_frame is None


def _takes_away(set_cookie: str) -> bool:
    return "max-age=0" in set_cookie.lower()
