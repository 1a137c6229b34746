"""wagtail-personalisation's own rules, translated into conditions on declared facts.

As conditions they respect consent and use the site's time zone, and none of their code runs.
"""

from collections.abc import Sequence
from typing import Any

from wagtail_personalisation import rules

from ethical_personalization.core.conditions import AnyOf, Condition, Expression
from ethical_personalization.core.operators import BY_KEY, parse_value
from ethical_personalization.core.rules import RuleDeclaration
from ethical_personalization.facts.context import DAYS
from ethical_personalization.models import FactRule

#: A rule class whose fact needs more than the request holds is declared with the fact it needs;
#: as long as no app registers that fact, a condition on it is unknown and never matches.
_NEEDED = {
    rules.VisitCountRule: "browsing.page_visits",
    rules.ReferralRule: "context.referrer",
    rules.QueryRule: "context.query",
    rules.OriginCountryRule: "context.country",
}


def host_rules() -> Sequence[RuleDeclaration]:
    """How each rule class of wagtail-personalisation, and our own, becomes a condition."""
    return [
        _declare(FactRule, lambda rule: rule.as_condition()),
        _declare(rules.TimeRule, _time),
        _declare(rules.DayRule, _days),
        _declare(rules.DeviceRule, _device),
        _declare(rules.UserIsLoggedInRule, _logged_in),
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


def _one_of(fact: str, values: list[str]) -> Expression:
    if not values:
        return AnyOf(())  # a rule that names nothing matches nobody
    return Condition(fact=fact, operator="one_of", value=frozenset(values))
