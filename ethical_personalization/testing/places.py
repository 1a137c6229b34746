"""Where a shop shows something personal, set up for a shopper of the contract."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from unittest.mock import DEFAULT, patch

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail_personalisation.models import Segment

from ethical_personalization.core.registry import placements, purposes
from ethical_personalization.models import PreferenceQuestion

from .pages import ShopPage
from .shoppers import as_a_new_worker, consent_given, consent_refused, published_segment

#: The question whose answer fills the segment of the contract, and one that matters to nothing.
QUESTION, OTHER = "contract", "contract-other"
ANSWER, OTHER_ANSWER = "Contract answer", "Another answer"


def _nothing(segment: Segment) -> None:
    """What a registered placement needs: its segment names it."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page on which something personal is shown.

    ``arrange`` gets the segment of the contract's shopper and gives the place a version for it; a
    registered placement needs none. What everybody sees has to be there before. ``answers`` are
    what she tells, where the place asks for more than the segment (a product list does).
    """

    name: str
    address: str
    arrange: Callable[[Segment], object] = _nothing
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Scene:
    """A place, arranged, with a shopper to whom it is personal and visitors to whom it is not."""

    def __init__(self, place: Place) -> None:
        self.place, self.address = place, place.address
        self.visitor, self.refuser = Client(), Client()
        refuse_everything(self.refuser)
        clients = (self.visitor, self.refuser)
        self.queries_before = {client: self.queries_of(client) for client in clients}
        self.before = {client: self.seen_by(client) for client in clients}
        place.arrange(_segment(place))
        answers = {QUESTION: [ANSWER], OTHER: [OTHER_ANSWER], **place.answers}
        self.told = {f"stated.{key}": values for key, values in answers.items()}
        self.shopper = Client()
        refuse_everything(self.shopper)
        self.subject = consent_given(self.shopper, answers=answers)

    def seen_by(self, client: Client, address: str = "") -> ShopPage:
        """The page as it is for the shopper of ``client``, in a worker that remembers nothing."""
        as_a_new_worker()
        return ShopPage(client, address or self.address)

    def queries_of(self, client: Client) -> list[str]:
        """What the page asks the database for, once the worker has answered before.

        The fewest of two times, because once a second a worker asks whether what is published
        is still what it knows. Within a transaction it would ask each time, as only tests do.
        """
        never: dict[str, Any] = {"forget_published": DEFAULT, "forget_absences": DEFAULT}
        with patch.multiple("ethical_personalization.shopper.shopper", **never):
            ShopPage(client, self.address)
            return min((self._queries(client) for _time in range(2)), key=len)

    def _queries(self, client: Client) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            ShopPage(client, self.address)
        return [str(query["sql"]) for query in queries]

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What happens inside is taken back, in the database and in the browsers."""
        clients = (self.visitor, self.refuser, self.shopper)
        before = [copy(client.cookies) for client in clients]
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            for client, cookies in zip(clients, before, strict=True):
                client.cookies = cookies
            as_a_new_worker()

    @cached_property
    def hers(self) -> ShopPage:
        """The page as the shopper sees it; an error where nothing on it is personal."""
        page = self.seen_by(self.shopper)
        if not page.widgets:
            raise AssertionError(
                f"{self.place.name}: {self.address} shows no reason to a shopper of its segment. "
                "Put {% why decision %} beside what is personal, or name the page that shows it."
            )
        return page


@contextmanager
def arranged(place: Place) -> Iterator[Scene]:
    """The scene of ``place``, of which nothing is left afterwards."""
    with transaction.atomic():
        for key, answer in ((QUESTION, ANSWER), (OTHER, OTHER_ANSWER)):
            PreferenceQuestion.objects.create(key=key, title=f"Question {key}?", options=answer)
        yield Scene(place)
        transaction.set_rollback(True)
    as_a_new_worker()


@contextmanager
def registered_place(key: str, pages: Sequence[str]) -> Iterator[Scene]:
    """The scene of the registered placement ``key``, on the first of ``pages`` that shows it."""
    for address in pages:
        with arranged(Place(name=key, address=address)) as scene:
            if key in scene.seen_by(scene.shopper).placements:
                yield scene
                return
    raise AssertionError(
        f"The placement {key!r} is registered, but no page in {list(pages)!r} shows it with its "
        "reason beside it. Add the page to `pages`, and {% why decision %} to the placement."
    )


def _segment(place: Place) -> Segment:
    filled = [place.name] if place.name in placements.all() else []
    return published_segment(
        "Contract", [(f"stated.{QUESTION}", "any_of", [ANSWER])], placements=filled
    )


def refuse_everything(client: Client) -> None:
    """Let the shopper refuse every purpose, or take it back."""
    consent_refused(client, *purposes.declared())
