"""What the shopper told us: one fact per live question."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from ethical_personalization.conf import conf
from ethical_personalization.core.evidence import Evidence
from ethical_personalization.core.facts import Fact, FactKind
from ethical_personalization.core.instructions import BRAND, CATEGORY
from ethical_personalization.core.readings import Reading
from ethical_personalization.models import PreferenceQuestion, QuestionSource
from ethical_personalization.models.preferences import all_questions, live_questions

from .categories import GONE, category_tree, main_categories
from .phrases import SetSentences
from .source import FactSource

#: The sealed record that holds the answers: question key -> {"values": [...], "at": ISO time}.
RECORD = "stated"
PURPOSE = "stated"


def stated_facts() -> Iterator[Fact]:
    """A fact for each live question; asked anew at each use because editors change questions."""
    for question in live_questions.get():
        yield Fact(
            key=question.fact_key,
            label=question.wording,
            kind=FactKind.SET,
            purpose=PURPOSE,
            data_category="Preference",
            source=_("You answered this in your preferences."),
            reader=partial(_read, question.key),
            sentence=_sentences(question),
            change_at=f"likes-{question.key}",
            choices=partial(answers, question),
            gone=GONE if question.source == QuestionSource.CATEGORY else "",
            values_of=_values_of(question),
            is_encrypted=True,
            forget=partial(_without, question.key),
        )


def answers(question: PreferenceQuestion) -> Sequence[tuple[str, str]]:
    """The answers that ``question`` offers, as value and label."""
    if question.source == QuestionSource.ATTRIBUTE:
        return _values_of_attributes({question.attribute_code}).get(question.attribute_code, [])
    if question.source == QuestionSource.CATEGORY:
        return main_categories()
    lines = (line.strip() for line in question.options.splitlines())
    return [(line, line) for line in lines if line]


def answers_on_offer(
    questions: Iterable[PreferenceQuestion],
) -> dict[str, Sequence[tuple[str, str]]]:
    """``answers`` of several, by the key of their fact: one query for all attributes together."""
    asked = list(questions)
    codes = {each.attribute_code for each in asked if each.source == QuestionSource.ATTRIBUTE}
    values = _values_of_attributes(codes) if codes else {}
    return {
        each.fact_key: values.get(each.attribute_code, [])
        if each.source == QuestionSource.ATTRIBUTE
        else answers(each)
        for each in asked
    }


def without_old_answers(record: Mapping[str, Any], oldest: datetime) -> dict[str, Any]:
    """The record without what was answered before ``oldest``."""
    return {
        key: answer
        for key, answer in record.items()
        if datetime.fromisoformat(answer["at"]) >= oldest
    }


def without_sensitive_answers(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record without what editors marked since it was answered: whole questions, and values.

    Of a question whose key is gone nobody knows what it was.
    """
    questions = {question.key: question for question in all_questions.get()}
    kept = {}
    for key, answer in record.items():
        question = questions.get(key)
        if question is None:
            kept[key] = answer
        elif left := _without_sensitive(question, answer["values"]):
            kept[key] = {**answer, "values": left}
    return kept


def _without_sensitive(question: PreferenceQuestion, values: Sequence[str]) -> list[str]:
    if question.is_sensitive:
        return []
    is_of_categories = question.source == QuestionSource.CATEGORY
    sensitive = category_tree.get().sensitive_values if is_of_categories else frozenset()
    return [value for value in values if value not in sensitive]


def _values_of(question: PreferenceQuestion) -> str:
    if question.source == QuestionSource.CATEGORY:
        return CATEGORY
    is_brand = question.attribute_code == conf.brand_attribute
    return BRAND if question.source == QuestionSource.ATTRIBUTE and is_brand else ""


def _values_of_attributes(codes: Collection[str]) -> dict[str, Sequence[tuple[str, str]]]:
    rows = (
        get_model("catalogue", "AttributeOption")
        .objects.filter(group__product_attributes__code__in=codes)
        .order_by("pk")
        .values_list("group__product_attributes__code", "option")
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for code, option in dict.fromkeys(rows):
        found.setdefault(code, []).append((option, option))
    return dict(found)


def _without(key: str, record: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: answer for name, answer in record.items() if name != key}


def _read(key: str, source: FactSource) -> Reading | None:
    answer = source.unsealed(RECORD).get(key)
    if not answer or not answer.get("values"):
        return None
    return Reading(value=frozenset(answer["values"]), as_of=datetime.fromisoformat(answer["at"]))


def _styles(values: str, count: int) -> str:
    return ngettext(
        "You told us you like the style %(values)s.",
        "You told us you like the styles %(values)s.",
        count,
    ) % {"values": values}


def _colours(values: str, count: int) -> str:
    return ngettext(
        "You told us you like the colour %(values)s.",
        "You told us you like the colours %(values)s.",
        count,
    ) % {"values": values}


def _materials(values: str, count: int) -> str:
    return gettext("You told us you like %(values)s.") % {"values": values}


def _sizes(values: str, count: int) -> str:
    return ngettext(
        "You told us you wear the size %(values)s.",
        "You told us you wear the sizes %(values)s.",
        count,
    ) % {"values": values}


def _categories(values: str, count: int) -> str:
    return gettext("You told us you look for %(values)s.") % {"values": values}


#: Natural sentences for the questions that every shop starts with; others quote the question.
_SENTENCES: Mapping[str, Callable[[str, int], str]] = {
    "styles": _styles,
    "colours": _colours,
    "materials": _materials,
    "sizes": _sizes,
    "categories": _categories,
}


def _sentences(question: PreferenceQuestion) -> SetSentences:
    natural = _SENTENCES.get(question.key)

    def has(evidence: Evidence, values: str) -> str:
        if natural is not None:
            return natural(values, len(evidence.matched))
        asked = {"question": question.wording, "values": values}
        return gettext("You answered “%(question)s” with %(values)s.") % asked

    return SetSentences(
        has=has,
        has_none=lambda values: (
            gettext("You did not answer “%(question)s” with %(values)s.")
            % {"question": question.wording, "values": values}
        ),
        lacks_some=lambda values: (
            gettext("You did not answer “%(question)s” with each of these: %(values)s.")
            % {"question": question.wording, "values": values}
        ),
        is_empty=lambda: (
            gettext("You did not answer “%(question)s”.") % {"question": question.wording}
        ),
        is_not_empty=lambda: (
            gettext("You answered “%(question)s”.") % {"question": question.wording}
        ),
    )
