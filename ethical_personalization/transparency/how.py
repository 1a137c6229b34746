"""What *How we personalise* tells: tables made of what is registered and stored, the same for all.

Nothing here asks who reads it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ethical_personalization.core.facts import Fact
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.core.rights import RIGHTS, Right
from ethical_personalization.models import SensitiveCategory
from ethical_personalization.models.disclosures import told_facts
from ethical_personalization.models.preferences import live_questions
from ethical_personalization.models.savepoints import undisturbed

from .completeness import basis_in_words, complaint_in_words
from .how_changes import changes_on
from .notice import period_in_words
from .offered import offered_at_hand
from .responsible import controller_at_hand, responsible_in_words

#: So many days with changes stand on the page; the others are on a page of their own.
NEWEST = 5
_TEMPLATES = "ethical_personalization/how"
_STYLED = "_ethical_personalization_has_style_of_how"


@dataclass(frozen=True, kw_only=True)
class ToldFact:
    """A fact as it is told; ``kept`` is empty where its purpose says how long."""

    label: str
    source: str
    kept: str


@dataclass(frozen=True, kw_only=True)
class FactGroup:
    """The facts of one purpose, or with an empty title those that need none."""

    title: str
    facts: Sequence[ToldFact]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What moves a product in a list: a question, its points, and the points of all together."""

    label: str
    points: int
    total: int

    @property
    def percent(self) -> int:
        """Its part of all points, rounded."""
        return round(100 * self.points / self.total)


def told(request: HttpRequest | None, parts: Iterable[str]) -> SafeString:
    """The ``parts`` (see ``models.how_page.PARTS``), one below the other.

    A part that fails says so, and the page stands.
    """
    style = render_to_string(f"{_TEMPLATES}/style.html") if _is_first(request) else ""
    return format_html_join("", "{}", [(style,), *((_shown(request, part),) for part in parts)])


def _is_first(request: HttpRequest | None) -> bool:
    """Whether the page has not got the style sheet yet; blocks don't share a context."""
    is_first = not getattr(request, _STYLED, False)
    if request is not None:
        setattr(request, _STYLED, True)
    return is_first


def _shown(request: HttpRequest | None, part: str) -> str:
    def apart() -> str:
        with undisturbed():
            context = _CONTEXTS[part](request)
        return render_to_string(f"{_TEMPLATES}/{part}.html", context)

    shown = attempt(apart, otherwise="", what=f"how:{part}")
    return shown or render_to_string(f"{_TEMPLATES}/failed.html")


def _purposes(request: HttpRequest | None) -> dict[str, Any]:
    purposes = []
    for purpose in offered_at_hand(request).purposes:
        declared = purpose.declaration
        if declared is not None:
            purposes.append(
                {
                    "title": purpose.words("title"),
                    "benefit": purpose.words("benefit"),
                    "data": purpose.words("data"),
                    "basis": basis_in_words(declared.basis),
                    "kept": period_in_words(purpose.retention_days),
                    "recipients": purpose.recipient_names,
                    "is_asked": declared.basis is LawfulBasis.CONSENT,
                }
            )
    return {"purposes": purposes}


def _facts(request: HttpRequest | None) -> dict[str, Any]:
    by_purpose: dict[str, list[ToldFact]] = {}
    for fact in told_facts():
        by_purpose.setdefault(fact.purpose or "", []).append(_told(fact))
    titles = {words["key"]: words["title"] for words in offered_at_hand(request).words()}
    groups = [
        FactGroup(title=title, facts=by_purpose[key])
        for key, title in {**titles, "": ""}.items()
        if key in by_purpose
    ]
    marks = SensitiveCategory.objects.select_related("category")
    return {"groups": groups, "never": [mark.category.name for mark in marks]}


def _told(fact: Fact) -> ToldFact:
    kept = period_in_words(fact.retention.days) if fact.retention is not None else ""
    return ToldFact(label=str(fact.label), source=str(fact.source), kept=kept)


def _parameters(request: HttpRequest | None) -> dict[str, Any]:
    asked = [question for question in live_questions.get() if question.ranks_lists]
    total = sum(question.weight for question in asked)
    parameters = [
        Parameter(label=str(question.wording), points=question.weight, total=total)
        for question in asked
    ]
    return {"parameters": sorted(parameters, key=lambda each: -each.points)}


def _rights(request: HttpRequest | None) -> dict[str, Any]:
    bases = {LawfulBasis(words["basis"]) for words in offered_at_hand(request).words()}
    rights = frozenset[Right]().union(*(RIGHTS[basis] for basis in bases))
    controller = controller_at_hand(request) if request is not None else {}
    return {
        "may_withdraw": Right.WITHDRAW in rights,
        "may_object": Right.OBJECT in rights,
        "may_take_along": Right.PORTABILITY in rights,
        "controller": controller,
        "responsible": responsible_in_words(controller),
        "complaint": complaint_in_words(controller),
    }


def _changes(request: HttpRequest | None) -> dict[str, Any]:
    return {"history": changes_on(offered_at_hand(request).site_id, newest=NEWEST)}


_CONTEXTS: Mapping[str, Callable[[HttpRequest | None], dict[str, Any]]] = {
    "purposes": _purposes,
    "facts": _facts,
    "parameters": _parameters,
    "rights": _rights,
    "changes": _changes,
}
