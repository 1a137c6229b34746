"""Who asks for a page: shoppers with and without consent, as their browsers send requests."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

from boutique.demo.customers import FIRST_NAMES
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from ethical_personalization.conf import conf
from ethical_personalization.facts.browsing import RECORD
from ethical_personalization.facts.viewed import day_of, with_views
from ethical_personalization.models import Subject
from ethical_personalization.shopper.vault import seal_record
from ethical_personalization.testing import consent_given, consent_refused
from tests.benchmarks.modes import Mode
from tests.benchmarks.shop import (
    ANSWER,
    QUESTION,
    MeasuredPage,
    categories_elsewhere,
    categories_here,
)
from tests.benchmarks.stack import with_room

HOST = "localhost"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ALLOWED = ("stated", "context")
EVERYTHING = ("stated", "context", "orders", "browsing")
NO_CONSENT, NO_MATCH, SERVED = "no consent", "no matching variant", "variant served"


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A shopper in front of a page; ``outcome`` is what we show her, and so which targets hold."""

    name: str
    outcome: str
    is_timed: bool = False
    has_cookies: bool = True
    #: Cookies by mode: a session belongs to one of the three shops.
    cookies: Mapping[str, dict[str, str]] = field(default_factory=dict)
    #: Called before each request that is counted or timed.
    begin: Callable[[], object] = lambda: None

    def opens(self, page: MeasuredPage) -> bool:
        """Whether there is such a situation: only Wagtail's pages have variants."""
        return page.is_wagtail or self.outcome != SERVED

    def environ(self, mode: Mode, page: MeasuredPage, segments: int) -> dict[str, Any]:
        """The request as a web server passes it on."""
        query = f"?campaign={segments}" if self.outcome == SERVED else ""
        factory = RequestFactory(SERVER_NAME=HOST, HTTP_USER_AGENT=BROWSER)
        environ: dict[str, Any] = factory.get(page.path + query).environ
        cookies = self.cookies.get(mode.name, {})
        environ.pop("HTTP_COOKIE", None)
        if cookies:
            environ["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return environ

    def take_over(self, mode: Mode, response: HttpResponse) -> None:
        """Keep the session that the shop gave her, as her browser would.

        Oscar's cookie of viewed products is left out: with it the bare page shows a list more.
        """
        name = settings.SESSION_COOKIE_NAME
        if self.has_cookies and name in response.cookies:
            self.cookies[mode.name][name] = response.cookies[name].value


def situations(modes: Iterable[str]) -> list[Situation]:
    """All of them; call it in the mode *ours*, which records the choices."""
    accounts = [_account(number) for number in range(2)]
    return [
        Situation(name="no cookie", outcome=NO_CONSENT, is_timed=True, has_cookies=False),
        Situation(
            name="refused", outcome=NO_CONSENT, is_timed=True, cookies=_cookies(modes, _refuse)
        ),
        Situation(
            name="logged in, nothing allowed",
            outcome=NO_CONSENT,
            is_timed=True,
            cookies=_cookies(modes, lambda client: None, accounts[0]),
        ),
        *_allowing("allowed", modes, is_timed=True),
        *_allowing("logged in, allowed", modes, account=accounts[1]),
        *_allowing_everything(modes),
    ]


def answer(
    mode: Mode, environ: Mapping[str, Any], *, sent: Callable[[], object] = lambda: None
) -> HttpResponse:
    """What the current shop answers. ``sent`` is called when the client has all of it.

    What a shop still does afterwards keeps the worker busy, but no client waits for it.
    """
    return with_room(lambda: _answer(mode, environ, sent))


def _answer(mode: Mode, environ: Mapping[str, Any], sent: Callable[[], object]) -> HttpResponse:
    response = mode.handler({**environ, "wsgi.input": BytesIO()}, _start_response)
    b"".join(response)
    sent()
    response.close()
    if response.status_code != 200:
        raise RuntimeError(f"{mode.name} answers {environ['PATH_INFO']}: {response.status_code}")
    return response


def _start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
    """A server would write the head of the response here."""


def _allowing(
    name: str, modes: Iterable[str], *, account: Any = None, is_timed: bool = False
) -> list[Situation]:
    cookies = _cookies(modes, _allow, account)
    return [
        Situation(
            name=f"{name}: {outcome}",
            outcome=outcome,
            is_timed=is_timed,
            cookies={mode: dict(jar) for mode, jar in cookies.items()},
        )
        for outcome in (NO_MATCH, SERVED)
    ]


def _allowing_everything(modes: Iterable[str]) -> list[Situation]:
    """One to whom every page is known, and one who looked at something else alone today."""
    subjects: list[Subject] = []

    def allow(client: Client) -> None:
        subjects.append(consent_given(client, *EVERYTHING, answers={QUESTION: [ANSWER]}))

    def look_at(categories: Iterable[int]) -> None:
        record = with_views({}, categories, day_of(timezone.now()), timedelta(days=1))
        seal_record(subjects[-1].pk, RECORD, record)

    seen, first = "allowed everything, seen before", "allowed everything, first view"
    known = _cookies(modes, allow)
    look_at(categories_here())
    new = _cookies(modes, allow)
    return [
        Situation(
            name=f"{seen}: {NO_MATCH}",
            outcome=NO_MATCH,
            is_timed=True,
            cookies=known,
        ),
        *(
            Situation(
                name=f"{first}: {outcome}",
                outcome=outcome,
                cookies={mode: dict(jar) for mode, jar in new.items()},
                begin=lambda: look_at(categories_elsewhere()[:1]),
            )
            for outcome in (NO_MATCH, SERVED)
        ),
    ]


def _allow(client: Client) -> None:
    consent_given(client, *ALLOWED, answers={QUESTION: [ANSWER]})


def _refuse(client: Client) -> None:
    consent_refused(client, *ALLOWED)


def _cookies(modes: Iterable[str], choose: Any, account: Any = None) -> dict[str, dict[str, str]]:
    """By mode: her session in that shop, and the cookie of her choice, the same in all three."""
    jars: dict[str, dict[str, str]] = {}
    choice: dict[str, str] = {}
    for mode in modes:
        client = Client(SERVER_NAME=HOST, HTTP_USER_AGENT=BROWSER)
        if account is not None:
            client.force_login(account)
        if not jars:
            choose(client)
            choice = {name: morsel.value for name, morsel in client.cookies.items()}
            choice = {name: value for name, value in choice.items() if name == conf.cookie_name}
        jars[mode] = {name: morsel.value for name, morsel in client.cookies.items()} | choice
    return jars


def _account(number: int) -> Any:
    name = FIRST_NAMES.split()[number].lower()
    return get_user_model().objects.get(email=f"{name}@example.com")
