"""Runs a crawl: in this process without a trace, or by a browser on a running shop."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, TypeVar

from django.contrib.auth import get_user_model

from ethical_personalization.core.consent import ConsentStatus
from ethical_personalization.core.exceptions import PersonalizationError
from ethical_personalization.models import ConsentState

from .addresses import APP, Kinds
from .allowed import Allowances
from .crawl import Crawl
from .frontier import Limits
from .in_a_browser import Credentials, open_visitor
from .over_http import HttpVisitor
from .report import Report
from .stages import run
from .undone import apart_from_the_world

Result = TypeVar("Result")


def crawl_in_process(
    limits: Limits,
    *,
    email: str | None = None,
    refuses: bool = False,
    allow: Iterable[str] = (),
) -> Report:
    """By an HTTP client, inside a transaction that is rolled back; with an account if named.

    If she ``refuses``, she has said so before the first look at the tables. ``allow`` are names
    that the shop adds to the declared list. Raises ``PersonalizationError``
    for an account that won't do.
    """
    with apart_from_the_world(f"{APP}.crawl"):
        user = _account_without_consent(email) if email else None
        allowances = Allowances(allow, with_account=user is not None, has_answered=refuses)
        visitor = HttpVisitor(user)
        if refuses:
            visitor.refuses()
        crawl = Crawl(visitor, limits, allowances, Kinds(), is_private=user is not None)
        return run(crawl, allowances, with_garbage=limits.with_garbage)


def crawl_in_a_browser(
    shop: str,
    limits: Limits,
    *,
    credentials: Credentials | None = None,
    refuses: bool = False,
    allow: Iterable[str] = (),
) -> Report:
    """By a real Chromium on the running ``shop``, whose database is this project's.

    What the shop writes stays written, so no garbage is sent. Playwright lives in a thread of its
    own: in this one Django asks the database. Raises ``PersonalizationError`` if there is no
    browser or no way into the account.
    """
    is_private = credentials is not None
    if credentials is not None:
        _account_without_consent(credentials.email)
    allowances = Allowances(allow, with_account=is_private, has_answered=refuses)
    kinds = Kinds()
    browser = ExitStack()
    with ThreadPoolExecutor(max_workers=1) as thread:

        def apart(act: Callable[[], Result]) -> Result:
            return thread.submit(act).result()

        try:
            opened = open_visitor(shop, credentials, refuses=refuses)
            visitor = apart(lambda: browser.enter_context(opened))
            crawl = apart(lambda: Crawl(visitor, limits, allowances, kinds, is_private=is_private))
            return run(crawl, allowances, with_garbage=False, do=apart)
        finally:
            apart(browser.close)


def _account_without_consent(email: str) -> Any:
    """The account of that address. Raises ``PersonalizationError`` if it won't do."""
    found = get_user_model()._default_manager.filter(email__iexact=email).first()
    if found is None:
        raise PersonalizationError("There is no account with this address.")
    if ConsentState.objects.filter(subject__user=found, event__status=ConsentStatus.GIVEN).exists():
        raise PersonalizationError("This account allowed something; name one that did not.")
    return found
