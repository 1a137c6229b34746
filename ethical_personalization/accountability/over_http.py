"""A visitor over HTTP, inside this process and inside one transaction."""

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from http.cookies import Morsel
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from ethical_personalization.core.exceptions import PersonalizationError

from .addresses import APP
from .answers import SERVER_ERROR, Answer
from .bare import BareShop, extra_headers
from .filling import Submission

HOST = "testserver"
REDIRECTED = 302
_MOST_REDIRECTS = 6


class HttpVisitor:
    """Django's test client as a browser without JavaScript."""

    def __init__(self, user: Any = None) -> None:
        self._is_secure = bool(settings.SECURE_SSL_REDIRECT)
        self._origin = f"{'https' if self._is_secure else 'http'}://{HOST}"
        self._client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self._bare = BareShop(is_secure=self._is_secure)
        if user is not None:
            self._client.force_login(user)

    def opens(self, url: str) -> Sequence[Answer]:
        answers: list[Answer] = []
        while url and len(answers) < _MOST_REDIRECTS:
            answers.append(self._get(url))
            url = answers[-1].leads_to
        return answers

    def sends(self, sent: Submission) -> Sequence[Answer]:
        if sent.form.method == "POST":
            return [self._post(sent)]
        _got, answer = self._answer(sent.url, "GET", lambda: self._ask(sent.url))
        return [answer]

    def holds(self) -> frozenset[str]:
        return frozenset()

    def session_key(self) -> str:
        found = self._client.cookies.get(settings.SESSION_COOKIE_NAME)
        return found.value if found else ""

    def refuses(self) -> None:
        """Say no to everything. Raises ``PersonalizationError`` if the shop does not take it."""
        got = self._client.post(
            reverse(f"{APP}:choices"),
            {"where": "center", "answer": "none"},
            secure=self._is_secure,
            headers={"origin": self._origin, "sec-fetch-site": "same-origin"},
        )
        if got.status_code != REDIRECTED:
            raise PersonalizationError(_("The shop did not take her answer."))

    def _get(self, url: str) -> Answer:
        # The bare page comes first: what a page shows once, such as a message, is then still there.
        cookies = {name: morsel.value for name, morsel in self._client.cookies.items()}
        bare = self._bare.answers(url, cookies)
        got, answer = self._answer(url, "GET", lambda: self._ask(url))
        return answer if got is None else replace(answer, extra_headers=extra_headers(got, bare))

    def _ask(self, url: str) -> Any:
        return self._client.get(url, secure=self._is_secure)

    def _post(self, sent: Submission) -> Answer:
        headers = {
            "origin": self._origin,
            "referer": self._origin + sent.form.page,
            "sec-fetch-site": "same-origin",
        }
        _got, answer = self._answer(
            sent.url,
            "POST",
            lambda: self._client.generic(
                "POST",
                sent.url,
                sent.body,
                content_type=sent.content_type,
                secure=self._is_secure,
                headers=headers,
            ),
        )
        return answer

    def _answer(
        self, url: str, method: str, ask: Callable[[], Any]
    ) -> tuple[HttpResponseBase | None, Answer]:
        try:
            # An error of the database ends here and not with the crawl.
            with transaction.atomic():
                got = ask()
        except DatabaseError as error:
            return None, Answer(url=url, method=method, status=SERVER_ERROR, error=_told(error))
        raised = got.exc_info[1] if got.status_code >= SERVER_ERROR and got.exc_info else None
        page = Answer(
            url=url,
            method=method,
            status=got.status_code,
            html=_html(got),
            cookies=self._take(got.cookies),
            error=_told(raised) if raised else "",
            hosts=frozenset({HOST}),
        )
        location = got.headers.get("Location")
        return got, replace(page, leads_to=page.here(location) if location else "")

    def _take(self, cookies: Mapping[str, Morsel[str]]) -> frozenset[str]:
        """The names of cookies that were set; those taken away are dropped, as a browser does."""
        gone = {name for name, morsel in cookies.items() if morsel["max-age"] == 0}
        for name in gone:
            self._client.cookies.pop(name, None)
        return frozenset(cookies) - gone


def _html(response: HttpResponseBase) -> str:
    if not isinstance(response, HttpResponse):
        response.close()
        return ""
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return response.content.decode(response.charset, "replace") if is_html else ""


def _told(error: BaseException) -> str:
    """The kind of the error and the line that raised it; never its message, which may quote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
