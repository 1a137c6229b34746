"""Shoppers who allowed something, segments, registrations, and what was kept of a visit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail_personalisation.models import Segment

from ethical_personalization.core import patience
from ethical_personalization.core.facts import Fact
from ethical_personalization.core.placements import Placement
from ethical_personalization.core.purposes import PurposeDeclaration
from ethical_personalization.core.registry import Registry, facts, placements, purposes, rules
from ethical_personalization.core.rules import RuleDeclaration
from ethical_personalization.editor.definitions import write_definition
from ethical_personalization.models import ConsentMethod, FactRule, SegmentPolicy, Subject
from ethical_personalization.models.guards import unguarded
from ethical_personalization.models.published import drop_published, forget_published
from ethical_personalization.models.purposes import create_declared
from ethical_personalization.shopper.absences import forget_absences
from ethical_personalization.shopper.answers import answer
from ethical_personalization.shopper.cookie import is_ours
from ethical_personalization.shopper.profile import save_stated
from ethical_personalization.shopper.shopper import Shopper

_REGISTRIES: Mapping[type, Registry[Any]] = {
    PurposeDeclaration: purposes,
    Fact: facts,
    RuleDeclaration: rules,
    Placement: placements,
}
_STATED = "stated"


def consent_given(
    shopper: Client | HttpRequest,
    *allowed: str,
    answers: Mapping[str, Sequence[str]] | None = None,
) -> Subject:
    """Let the shopper of a test client or a request allow purposes, as she would on a page.

    A logged-in client's choice is kept with the account. ``answers`` are what she tells in the
    preference center, by key of the question; telling includes allowing it. The choice is recorded
    in the real ledger and carried by the real cookie. Raises ``UnknownName`` for a purpose or a
    question that nobody registered.
    """
    forget_published()
    told = answers or {}
    keys = dict.fromkeys((*allowed, *([_STATED] if told else [])), True)
    for question in told:
        facts.get(f"{_STATED}.{question}")
    subject = _answer(shopper, keys)
    if subject is None:
        raise ValueError("Name at least one purpose that she allows.")
    save_stated(subject.pk, told, now=timezone.now())
    return subject


def consent_refused(shopper: Client | HttpRequest, *refused: str) -> None:
    """Let the shopper refuse purposes, or take back what she allowed before."""
    _answer(shopper, dict.fromkeys(refused, False))


def published_segment(
    name: str = "Segment",
    conditions: Iterable[tuple[str, str, Any] | FactRule] = (),
    *,
    match_any: bool = False,
    benefit: str = "",
    priority: int = 100,
    placements: Sequence[str] = (),
) -> Segment:
    """A segment as an editor publishes it, of conditions (fact, operator, value).

    A condition may also be an unsaved ``FactRule``, for ``negated`` and ``group``. Raises
    Django's ``ValidationError`` where the editor's form would refuse one.
    """
    rows = [_rule(condition) for condition in conditions]
    for row in rows:
        row.clean()
    policy = SegmentPolicy(
        name=name,
        shopper_benefit=benefit,
        priority=priority,
        placements=list(placements),
        definition=write_definition(rows, match_any=match_any),
        live=False,
    )
    policy.save()
    policy.save_revision().publish()
    segment: Segment = Segment.objects.get(pk=policy.segment_id)
    return segment


@contextmanager
def registered(*items: PurposeDeclaration | Fact | RuleDeclaration | Placement) -> Iterator[None]:
    """Register for the length of a ``with`` block or, as a decorator, of a test."""
    with ExitStack() as stack:
        for item in items:
            stack.enter_context(_REGISTRIES[type(item)].temporarily(item))
        yield


def as_a_new_worker() -> None:
    """Forget what this process keeps in memory from one request to the next.

    Tests that run in a transaction never need it. Call it after a test that put another database
    in place, as tests with real transactions do.
    """
    drop_published()
    forget_absences()
    patience.forget()


@contextmanager
def nothing_kept(client: Client) -> Iterator[None]:
    """Fails the test if, meanwhile, a session or anything about a shopper was stored.

    Neither may the client hold new cookies of ours or of the session.
    """
    before = _kept(client)
    yield
    kept = {name: after for name, after in _kept(client).items() if after != before.get(name, "")}
    if kept:
        raise AssertionError(f"Kept without consent: {', '.join(kept)}.")


@contextmanager
def unguarded_ledger() -> Iterator[None]:
    """Without the triggers of the ledger: a test may change or delete events by SQL.

    ``manage.py flush``, in which Django's tests with real transactions end, needs it not.
    """
    with unguarded():
        yield


def _answer(shopper: Client | HttpRequest, choices: Mapping[str, bool]) -> Subject | None:
    for key in choices:
        purposes.get(key)
    create_declared(purposes.declared().values())
    asked = _shopper_of(shopper)
    outcome = answer(asked, choices, method=ConsentMethod.API, words={"text": "A test."})
    response = HttpResponse()
    outcome.tell(response)
    _take_over(response, shopper)
    return outcome.subject


def _shopper_of(asked: Client | HttpRequest) -> Shopper:
    """The shopper afresh, knowing nothing yet of earlier answers."""
    if isinstance(asked, HttpRequest):
        return Shopper(asked)
    defaults: Any = asked.defaults  # the client's headers, passed on as a client does
    request = RequestFactory(**defaults).post("/")  # as every choice is sent
    request.COOKIES = {name: morsel.value for name, morsel in asked.cookies.items()}
    engine = import_module(settings.SESSION_ENGINE)
    request.session = engine.SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    request.user = get_user(request)
    return Shopper(request)


def _take_over(response: HttpResponse, shopper: Client | HttpRequest) -> None:
    if isinstance(shopper, Client):
        shopper.cookies.update(response.cookies)
        return
    shopper.COOKIES.update({name: morsel.value for name, morsel in response.cookies.items()})
    shopper.__dict__.pop("shopper", None)


def _rule(condition: tuple[str, str, Any] | FactRule) -> FactRule:
    if isinstance(condition, FactRule):
        return condition
    fact, operator, value = condition
    return FactRule(fact=fact, operator=operator, value=value)


def _kept(client: Client) -> Mapping[str, object]:
    about_shoppers: list[Any] = [
        Session,
        *apps.get_app_config("ethical_personalization").get_models(),
    ]
    rows = {model._meta.label: model._default_manager.count() for model in about_shoppers}
    cookies = {
        f"cookie {name}": morsel.value
        for name, morsel in client.cookies.items()
        if is_ours(name) or name == settings.SESSION_COOKIE_NAME
    }
    return {**rows, **cookies}
