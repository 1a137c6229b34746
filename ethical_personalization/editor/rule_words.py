"""A rule in the words of an editor, for listings and for comparing versions."""

from django.utils.translation import gettext as _
from wagtail_personalisation.rules import AbstractBaseRule

from ethical_personalization.core.patience import attempt_patiently
from ethical_personalization.models import FactRule

from .catalogue import FactCatalogue
from .comparisons import Comparison
from .definitions import is_extension


def in_words(rule: AbstractBaseRule, catalogue: FactCatalogue) -> str:
    """One line on ``rule``; it never fails, whatever was stored."""
    kind = rule._meta
    line = attempt_patiently(
        lambda: _words(rule, catalogue),
        otherwise=str(kind.verbose_name),
        what=f"rule_words:{kind.label_lower}",
    )
    # An extension may have taken over the words of what it extends.
    return f"{line} ({kind.object_name})" if is_extension(type(rule)) else line


def number_of_group(rule: AbstractBaseRule) -> int:
    """The group of a rule; 0 where it stands for itself."""
    return rule.group if isinstance(rule, FactRule) else 0


def _words(rule: AbstractBaseRule, catalogue: FactCatalogue) -> str:
    return _fact_rule(rule, catalogue) if isinstance(rule, FactRule) else _host_rule(rule)


def _fact_rule(rule: FactRule, catalogue: FactCatalogue) -> str:
    comparison = Comparison(operator=rule.operator, negated=rule.negated)
    words = {
        "fact": catalogue.labels([rule.fact])[0] or "–",
        "comparison": comparison.label,
        "value": _value(rule, catalogue),
    }
    line = _("“%(fact)s” %(comparison)s %(value)s") % words
    if rule.group:
        line = _("%(rule)s (group %(number)d)") % {"rule": line, "number": rule.group}
    return line.strip()


def _value(rule: FactRule, catalogue: FactCatalogue) -> str:
    values = [str(item) for item in (rule.value if isinstance(rule.value, list) else [rule.value])]
    fact = catalogue.find(rule.fact)
    known = dict((catalogue.every_value(fact) if fact is not None else None) or ())
    shown = [known.get(value, value) for value in values if value not in ("None", "")]
    joint = _(" and ") if rule.operator == "between" else ", "
    return joint.join(shown)


def _host_rule(rule: AbstractBaseRule) -> str:
    description = rule.description()
    value = str(description["value"])
    title = str(description["title"]) if value else str(rule)
    if not value:  # the host describes not every one of its rules
        skipped = {"id", "segment"}
        value = ", ".join(
            str(field.verbose_name)
            for field in rule._meta.fields
            if field.name not in skipped and getattr(rule, field.name)
        )
    return f"{title}: {value}"
