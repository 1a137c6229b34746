"""What is wrong with a rule of wagtail-personalisation or of another app."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail_personalisation.rules import (
    AbstractBaseRule,
    ReferralRule,
    TimeRule,
    VisitCountRule,
)

from ethical_personalization.core.facts import Fact
from ethical_personalization.core.operators import ValueShape
from ethical_personalization.facts.browsing import visit_fact
from ethical_personalization.personalization.translation import Flaw, Translation

from .catalogue import FactCatalogue
from .comparisons import value_in_words
from .fact_rule_problems import names_too_much, tells_too_much

#: What the host's rules want that can be filled in and still be wrong.
_SHAPES = {ReferralRule: ValueShape.PATTERN, TimeRule: ValueShape.TIMES}


def problem_of_host_rule(
    rule: AbstractBaseRule, translation: Translation, catalogue: FactCatalogue
) -> str | None:
    """What is wrong with ``rule`` and what to do; None where it is used as it is."""
    if translation.flaw is Flaw.UNDECLARED:
        return _(
            "Nobody declared which data this kind of rule uses, so it is never true. Delete it, or "
            "ask whoever looks after the code of this site to declare it."
        )
    if translation.flaw is Flaw.SLOW:
        return _slow()
    if translation.flaw is not None or not translation.facts:
        return _unfinished(rule) or _unused(rule, translation)
    gone = [key for key in translation.facts if _find(key, rule, catalogue) is None]
    if gone:
        return _("The data it uses is not available: %(facts)s.") % {"facts": ", ".join(gone)}
    for key in translation.facts:
        fact = _find(key, rule, catalogue)
        if fact is not None and fact.is_sensitive:
            return tells_too_much(fact.label)
        if fact is not None and key in translation.sensitive:
            return names_too_much(fact, translation.sensitive[key])
    return None


def own_fact(rule: AbstractBaseRule) -> Fact | None:
    """Visits to a page become a fact by the rule itself, as soon as it is published."""
    if isinstance(rule, VisitCountRule) and rule.counted_page_id is not None:
        return visit_fact(rule.counted_page_id, rule.counted_page.title)
    return None


def _find(key: str, rule: AbstractBaseRule, catalogue: FactCatalogue) -> Fact | None:
    return catalogue.find(key) or own_fact(rule)


def _unfinished(rule: AbstractBaseRule) -> str:
    """What a draft left empty, if that may be why its rule can't be used."""
    names = ", ".join(str(field.verbose_name) for field in _empty_fields(rule))
    return _("Fill in: %(fields)s.") % {"fields": names} if names else ""


def _empty_fields(rule: AbstractBaseRule) -> Iterator[models.Field[Any, Any]]:
    for field in rule._meta.fields:
        is_asked_for = field.editable and not field.blank and not field.primary_key
        if is_asked_for and field.name != "segment" and _is_empty(rule, field):
            yield field


def _is_empty(rule: AbstractBaseRule, field: models.Field[Any, Any]) -> bool:
    is_choice = isinstance(field, models.BooleanField)  # neither yes nor no is a choice, too
    return not is_choice and getattr(rule, field.attname) in field.empty_values


def _unused(rule: AbstractBaseRule, translation: Translation) -> str:
    if translation.flaw is None:
        return _("It names nothing, so it fits nobody.")
    shape = _SHAPES.get(type(rule))
    if translation.flaw is Flaw.INVALID and shape is not None:
        return value_in_words(shape)
    return translation.said or _(
        "The code that reads this kind of rule failed, so the rule is not used. Check what you "
        "entered. If that is right, delete the rule, or tell whoever looks after the code of "
        "this site."
    )


def _slow() -> str:
    return _(
        "It took too long to find out what this kind of rule asks for, so it is not used for a "
        "minute. Try again then. If that does not help, delete the rule, or tell whoever looks "
        "after the code of this site."
    )
