"""wagtail-personalisation's own rules, translated into conditions on declared facts.

As conditions they respect consent and use the site's time zone, and none of their code runs. A
rule that is not finished, as drafts may be, or that names nothing, matches nobody.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wagtail_personalisation import rules

from ethical_personalization.core.conditions import AllOf, AnyOf, Condition, Expression
from ethical_personalization.core.operators import BY_KEY, parse_value
from ethical_personalization.core.rules import RuleDeclaration
from ethical_personalization.facts.browsing import visits_fact_key
from ethical_personalization.facts.context import DAYS
from ethical_personalization.models import FactRule

_NOBODY = AnyOf(())


def host_rules() -> Sequence[RuleDeclaration]:
    """How each rule class of wagtail-personalisation, and our own, becomes a condition."""
    return [
        _declare(FactRule, lambda rule: rule.as_condition()),
        _declare(rules.TimeRule, _time),
        _declare(rules.DayRule, _days),
        _declare(rules.DeviceRule, _device),
        _declare(rules.UserIsLoggedInRule, _logged_in),
        _declare(rules.VisitCountRule, _visits),
        _declare(rules.QueryRule, _query),
        _declare(rules.ReferralRule, _referrer),
        _declare(rules.OriginCountryRule, _country),
    ]


def _declare(model: Any, condition: Any) -> RuleDeclaration:
    return RuleDeclaration(key=model._meta.label_lower, condition=condition)


def _time(rule: rules.TimeRule) -> Expression:
    span = [rule.start_time.isoformat(), rule.end_time.isoformat()]
    value = parse_value(BY_KEY["between"], span)
    return Condition(fact="context.time", operator="between", value=value)


def _days(rule: rules.DayRule) -> Expression:
    return _one_of("context.weekday", [day for day in DAYS if getattr(rule, day)])


def _device(rule: rules.DeviceRule) -> Expression:
    kinds = {"phone": rule.mobile, "tablet": rule.tablet, "desktop": rule.desktop}
    return _one_of("context.device", [kind for kind, wanted in kinds.items() if wanted])


def _logged_in(rule: rules.UserIsLoggedInRule) -> Expression:
    return Condition(fact="account.logged_in", operator="is_true", negated=not rule.is_logged_in)


def _visits(rule: rules.VisitCountRule) -> Expression:
    """The host never counts a page that was not opened, so every comparison is of 1 and more."""
    if rule.count is None:
        return _NOBODY
    least, most = {
        "more_than": (rule.count + 1, None),
        "less_than": (1, rule.count - 1),
        "equal_to": (max(rule.count, 1), rule.count),
    }[rule.operator]
    fact = visits_fact_key(rule.counted_page_id)
    at_least = Condition(fact=fact, operator="at_least", value=Decimal(least))
    if most is None:
        return at_least
    return AllOf((at_least, Condition(fact=fact, operator="at_most", value=Decimal(most))))


def _query(rule: rules.QueryRule) -> Expression:
    pair = frozenset({f"{rule.parameter}={rule.value}"})
    return Condition(fact="context.query", operator="any_of", value=pair)


def _referrer(rule: rules.ReferralRule) -> Expression:
    value = parse_value(BY_KEY["matches"], rule.regex_string)
    return Condition(fact="context.referrer", operator="matches", value=value)


def _country(rule: rules.OriginCountryRule) -> Expression:
    return _one_of("context.country", [rule.country] if rule.country else [])


def _one_of(fact: str, values: list[str]) -> Expression:
    if not values:
        return _NOBODY
    return Condition(fact=fact, operator="one_of", value=frozenset(values))
