"""The visit itself: browse, search, fill the basket, send garbage; what is noticed on the way."""

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import urlsplit

from .addresses import Kinds, is_view, told
from .allowed import Allowances
from .answers import Answer, Form
from .filling import Submission, as_it_stands, searches
from .frontier import Frontier, Limits
from .garbage import garbled
from .traces import Kind, Stage, Trace

_OFFER, _BASKET = "basket:add", "basket:summary"
#: One product may be sold out, or need a choice that its form does not make.
_MOST_OFFERS = 5


class Visitor(Protocol):
    """Somebody new. What she asks for comes back as all its answers, redirects included."""

    def opens(self, url: str) -> Sequence[Answer]:
        """Open the address; the last answer is the page that she sees."""

    def sends(self, sent: Submission) -> Sequence[Answer]:
        """Send a form of the shop. If the last answer leads somewhere, that is not opened yet."""

    def holds(self) -> frozenset[str]:
        """What the device keeps besides cookies: a kind of storage and a name in each."""

    def session_key(self) -> str:
        """The session that she carries; empty without one."""


class Crawl:
    """A visitor on her way. Asks no database, so that it can drive a browser."""

    def __init__(
        self,
        visitor: Visitor,
        limits: Limits,
        allowances: Allowances,
        kinds: Kinds,
        *,
        is_private: bool = False,
    ) -> None:
        self._visitor = visitor
        self._starts = limits.starts
        self._allowances = allowances
        self._is_private = is_private
        self._kinds = kinds
        self._frontier = Frontier(limits, self._kinds)
        self._forms: dict[tuple[str, str, frozenset[str]], Form] = {}
        self._offers: dict[str, Form] = {}
        self._baskets: set[str] = set()
        self._stage = Stage.BROWSING
        self._held: frozenset[str] = frozenset()
        self.session_key = visitor.session_key()
        self._traces: list[Trace] = []
        self.pages = 0

    def browse(self) -> None:
        """Follow every link and search with every form that asks for something."""
        self._frontier.add(self._starts)
        while (url := self._frontier.next()) is not None:
            self._look(self._visitor.opens(url))

    def fill_basket(self) -> None:
        """Add products as their pages offer them, then look at the basket and the shop again."""
        self._stage = Stage.BASKET
        for form in list(self._offers.values())[:_MOST_OFFERS]:
            self._send(as_it_stands(form), then_follow=True)
        for url in (*self._baskets, *self._starts):
            self._look(self._visitor.opens(url))

    def send_garbage(self) -> None:
        """Send every form that was seen, once in each wrong way, and see where that leads."""
        self._stage = Stage.GARBAGE
        for form in self._forms.values():
            *most, last = garbled(form)
            for sent in most:
                self._send(sent)
            self._send(last, then_follow=True)

    @property
    def kinds(self) -> int:
        """How many kinds of pages answered."""
        return len(self._frontier.visited)

    def take_traces(self) -> list[Trace]:
        """What was noticed since this was asked last."""
        taken, self._traces = self._traces, []
        return taken

    def _send(self, sent: Submission, *, then_follow: bool = False) -> None:
        answers = self._visitor.sends(sent)
        self._look(answers)
        if then_follow and answers[-1].leads_to:
            self._look(self._visitor.opens(answers[-1].leads_to))

    def _look(self, answers: Sequence[Answer]) -> None:
        for answer in answers:
            self.pages += 1
            self._judge(answer)
            self._remember(answer)
        held = self._visitor.holds()
        for name in sorted(held - self._held):
            reason = self._allowances.why_named(name)
            self._note(Kind.STORAGE, name, answers[-1], reason=reason)
        self._held |= held
        self.session_key = self._visitor.session_key()

    def _judge(self, answer: Answer) -> None:
        if answer.has_failed:
            reason = self._allowances.why_error(answer, self._stage)
            self._note(Kind.ERROR, str(answer.status), answer, detail=answer.error, reason=reason)
        for name in sorted(answer.cookies):
            reason = self._allowances.why_cookie(name, answer, self._stage)
            self._note(Kind.COOKIE, name, answer, reason=reason)
        for name in sorted(answer.extra_headers):
            self._note(Kind.HEADER, name, answer, reason=self._allowances.why_header(name))

    def _remember(self, answer: Answer) -> None:
        """Where the page leads, and what it asks."""
        if self._stage is Stage.GARBAGE:
            return
        self._frontier.add(answer.links)
        if is_view(answer.url, _BASKET):
            self._baskets.add(answer.url)
        for form in filter(self._may_send, answer.forms):
            names = frozenset(field.name for field in form.fields)
            self._forms.setdefault(
                (self._kinds.of(urlsplit(form.action).path), form.method, names), form
            )
            if is_view(form.action, _OFFER):
                self._offers.setdefault(form.action, form)
            if form.method == "GET":
                self._frontier.add(sent.url for sent in searches(form, answer.word))

    def _may_send(self, form: Form) -> bool:
        return self._frontier.may_visit(form.action)

    def _note(
        self, kind: Kind, name: str, answer: Answer, *, detail: str = "", reason: str = ""
    ) -> None:
        page = told(answer.url, is_private=self._is_private)
        self._traces.append(
            Trace(stage=self._stage, kind=kind, name=name, page=page, detail=detail, reason=reason)
        )
