"""A visitor in a real Chromium, on a copy of the shop that runs. Asks no database."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ethical_personalization.core.exceptions import PersonalizationError

from .addresses import APP
from .answers import Answer
from .filling import Submission
from .heard import Heard

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator

try:
    from playwright.sync_api import Error, TimeoutError, sync_playwright
except ImportError:  # the extra "browser" is not installed
    sync_playwright = None  # type: ignore[assignment]  # what open_visitor looks at

_PATIENCE_MS = 20_000
_NO_PLAYWRIGHT = "A crawl in a browser needs: pip install 'ethical-personalization[browser]'"
_NO_CHROMIUM = "There is no Chromium to drive: playwright install chromium"
_PATIENCE_WITH_FORMS_MS = 8_000
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = ["--disable-gpu", "--no-first-run", "--disable-background-networking"]
#: What a page may keep on the device besides cookies, each as its kind and its name.
_HELD = """async () => [
    ...Object.keys(localStorage).map(key => `localStorage ${key}`),
    ...Object.keys(sessionStorage).map(key => `sessionStorage ${key}`),
    ...(await indexedDB.databases()).map(found => `IndexedDB ${found.name}`),
    ...(await globalThis.caches?.keys() ?? []).map(key => `CacheStorage ${key}`),
    ...(await navigator.serviceWorker?.getRegistrations() ?? [])
        .map(found => `serviceWorker ${new URL(found.scope).pathname}`),
]"""
#: Fills in and sends the form that leads to ``action``. A field may be called "action", hence
#: getAttribute.
_SEND = """([action, pairs]) => {
    const form = [...document.forms].find(
        each => new URL(each.getAttribute("action") ?? "", location).pathname === action);
    for (const [name, value] of pairs)
        for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`))
            if (field.type === "radio" || field.type === "checkbox")
                field.checked = field.value === value;
            else if (field.tagName !== "BUTTON" && field.type !== "hidden")
                field.value = value;
    form.requestSubmit(form.querySelector("button:not([type=button]), [type=submit]"));
}"""


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """How an account logs in through the shop's own form at ``path``."""

    email: str
    password: str
    path: str


class BrowserVisitor:
    """The window of a browser that has been nowhere yet; ``shop`` is where the shop runs."""

    def __init__(self, context: "BrowserContext", shop: str) -> None:
        self._context = context
        self._shop = shop.rstrip("/")
        self._page = context.new_page()
        self._heard = Heard(self._page, shop)

    def logs_in(self, credentials: Credentials) -> None:
        """Through the first form that asks for one password. Raises ``PersonalizationError``."""
        self._page.goto(self._shop + credentials.path)
        form = next(filter(_asks_for_one_password, self._page.locator("form").all()), None)
        if form is None:
            raise PersonalizationError(_("There is no form to log in with."))
        form.locator("input[type=email], input[type=text]").first.fill(credentials.email)
        form.locator("input[type=password]").fill(credentials.password)
        with self._page.expect_navigation():
            form.locator("input[type=password]").press("Enter")
        if not self.session_key():
            raise PersonalizationError(_("The shop did not let this account in."))
        self._heard.starts_here()

    def refuses(self) -> None:
        """Say no to everything, with the button of the preference center.

        Raises ``PersonalizationError`` if the shop does not take it.
        """
        self._page.goto(self._shop + reverse(f"{APP}:center"))
        try:
            with self._page.expect_navigation():
                self._page.locator("button[name=answer][value=none]:visible").first.click()
        except Error as error:
            raise PersonalizationError(_("The shop did not take her answer.")) from error
        self._heard.starts_here()

    def opens(self, url: str) -> Sequence[Answer]:
        try:
            self._page.goto(self._shop + url)
        except Error as error:
            return [self._heard.unanswered(url, error)]
        return self._heard.take()

    def sends(self, sent: Submission) -> Sequence[Answer]:
        """Fill the form in on its own page and press its first button."""
        before = self.opens(sent.form.page)
        try:
            self._press(sent)
        except Error as error:
            return [*before, self._heard.unanswered(sent.url, error)]
        return [*before, *self._heard.take()]

    def holds(self) -> frozenset[str]:
        if not self._page.url.startswith(self._shop):
            return frozenset()
        return frozenset(self._page.evaluate(_HELD))

    def session_key(self) -> str:
        name = settings.SESSION_COOKIE_NAME
        return next((each["value"] for each in self._context.cookies() if each["name"] == name), "")

    def _press(self, sent: Submission) -> None:
        pairs = parse_qsl(sent.body.decode(), keep_blank_values=True)
        leaving = self._page.expect_navigation(timeout=_PATIENCE_WITH_FORMS_MS)
        with suppress(TimeoutError), leaving:  # a script may send it without leaving the page
            self._page.evaluate(_SEND, [urlsplit(sent.form.action).path, pairs])


@contextmanager
def open_visitor(
    shop: str, credentials: Credentials | None, *, refuses: bool = False
) -> Iterator[BrowserVisitor]:
    """A fresh browser before ``shop``, logged in if there are ``credentials``.

    Raises ``PersonalizationError`` if there is no browser to drive, or no way in.
    """
    if sync_playwright is None:
        raise PersonalizationError(_NO_PLAYWRIGHT)
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=next(filter(None, map(shutil.which, _NAMES)), None),
                args=[*_ARGUMENTS, *root],
            )
        except Error as error:
            raise PersonalizationError(_NO_CHROMIUM) from error
        context = browser.new_context()
        context.set_default_timeout(_PATIENCE_MS)
        visitor = BrowserVisitor(context, shop)
        if credentials is not None:
            visitor.logs_in(credentials)
        if refuses:
            visitor.refuses()
        yield visitor
        browser.close()


def _asks_for_one_password(form: "Locator") -> bool:
    return form.locator("input[type=password]").count() == 1
