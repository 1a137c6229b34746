"""The form of one rule, of any kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from ethical_personalization.core.operators import ValueShape
from ethical_personalization.models import FactRule

from .catalogue import FactCatalogue
from .comparisons import Comparison, all_choices, comparison_from, comparisons_for
from .fact_rule_problems import problem_of

#: Groups that an editor can choose; more of them nobody could follow.
GROUPS = 6

#: Where a value of each shape is entered.
FIELDS_OF_SHAPE = {
    ValueShape.VALUES: "values",
    ValueShape.NUMBER: "number",
    ValueShape.TIMES: "start",
    ValueShape.PATTERN: "words",
    ValueShape.NOTHING: "comparison",
}

_CLOCK = forms.TextInput(attrs={"type": "time"})


class RuleForm(WagtailAdminModelForm):
    """A rule that is there was meant: one left at its defaults is kept as well."""

    def has_changed(self) -> bool:
        return True


class OpenChoiceField(forms.ChoiceField):
    """Takes any value, so that nothing is lost; the form says what is wrong with it."""

    def valid_value(self, value: Any) -> bool:
        return True


class OpenMultipleChoiceField(forms.MultipleChoiceField):
    """Takes any values, so that nothing is lost; the form says what is wrong with them."""

    def valid_value(self, value: Any) -> bool:
        return True


class FactRuleForm(RuleForm):
    """Fact, comparison and a value of the shape that they want.

    A draft may hold anything; a rule that is to be published has to make sense.
    """

    fact = OpenChoiceField(label=_("What is known"), required=False)
    comparison = OpenChoiceField(label=_("Comparison"), required=False)
    values = OpenMultipleChoiceField(
        label=_("Values"), required=False, widget=forms.CheckboxSelectMultiple
    )
    number = forms.CharField(
        label=_("Number"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    words = forms.CharField(
        label=_("Text, one value per line"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    start = forms.CharField(label=_("From"), required=False, widget=_CLOCK)
    end = forms.CharField(label=_("Until"), required=False, widget=_CLOCK)
    group = forms.TypedChoiceField(
        label=_("Group"),
        required=False,
        coerce=int,
        help_text=_("Leave it on its own, unless some rules belong together."),
    )

    def __init__(self, *args: Any, catalogue: FactCatalogue | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.catalogue = catalogue or FactCatalogue()
        self.initial |= self._stored()
        self._offer_what_fits()

    def has_changed(self) -> bool:
        """A row in which nothing was chosen is no rule."""
        return bool(self.instance.fact or (self.is_bound and self["fact"].data))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._fill(cleaned)
        problem = problem_of(self.instance, self.catalogue)
        if problem is not None and not self.is_deferred_validation:
            field = {"fact": "fact", "operator": "comparison"}.get(problem.part)
            self.add_error(field or self._value_field(problem.shape), problem.text)
        return cleaned

    def _post_clean(self) -> None:
        """``clean`` has filled the rule and said what is wrong, in plainer words than its own."""

    def _stored(self) -> dict[str, Any]:
        """The stored rule as values of the form's fields."""
        rule: FactRule = self.instance
        comparison = Comparison(operator=rule.operator, negated=rule.negated)
        found: dict[str, Any] = {"comparison": comparison.key, "group": rule.group}
        texts = [str(item) for item in rule.value] if isinstance(rule.value, list) else []
        if comparison.shape is ValueShape.TIMES:
            found["start"], found["end"] = [*texts, "", ""][:2]
        elif texts:
            found |= {"values": texts, "words": "\n".join(texts)}
        elif rule.value is not None:
            found |= {"number": str(rule.value), "words": str(rule.value)}
        return found

    def _offer_what_fits(self) -> None:
        """Offer the fitting comparisons and values, and whatever was chosen before."""
        fact = self.catalogue.find(str(self["fact"].value() or ""))
        fields = self.fields
        fields["fact"].choices = _with(
            self["fact"].value(), [("", _("Choose…")), *self.catalogue.choices()]
        )
        fitting = [(item.key, item.label) for item in comparisons_for(fact)] if fact else []
        fields["comparison"].choices = _with(
            self["comparison"].value(), [("", _("Choose…")), *(fitting or all_choices())]
        )
        known = list((self.catalogue.values(fact) if fact is not None else None) or ())
        names = dict((self.catalogue.every_value(fact) if fact is not None else None) or ())
        for value in self["values"].value() or ():
            known = _with(value, known, name=names.get(value, value))
        fields["values"].choices = known
        numbers = [(number, str(number)) for number in range(1, GROUPS + 1)]
        fields["group"].choices = _with(self.instance.group, [(0, _("On its own")), *numbers])

    def _fill(self, cleaned: dict[str, Any]) -> None:
        rule: FactRule = self.instance
        comparison = comparison_from(cleaned.get("comparison", ""))
        rule.fact = cleaned.get("fact", "")
        rule.operator, rule.negated = comparison.operator, comparison.negated
        rule.group = cleaned.get("group") or 0
        rule.value = self._value(comparison.shape, cleaned)

    def _value(self, shape: ValueShape | None, cleaned: dict[str, Any]) -> Any:
        """The value in the form in which it is stored; None where there is none."""
        if shape is ValueShape.VALUES:
            return self._listed(cleaned) or None
        if shape is ValueShape.TIMES:
            times = [cleaned.get("start", ""), cleaned.get("end", "")]
            return times if any(times) else None
        if shape is ValueShape.NUMBER:
            return cleaned.get("number", "").strip() or None
        if shape is ValueShape.PATTERN:
            return cleaned.get("words", "").strip() or None
        return None

    def _listed(self, cleaned: dict[str, Any]) -> list[str]:
        fact = self.catalogue.find(self.instance.fact)
        if fact is not None and fact.choices is None:
            lines = (line.strip() for line in cleaned.get("words", "").splitlines())
            return list(dict.fromkeys(line for line in lines if line))
        return list(dict.fromkeys(cleaned.get("values", ())))

    def _value_field(self, shape: ValueShape | None) -> str:
        fact = self.catalogue.find(self.instance.fact)
        if shape is ValueShape.VALUES and fact is not None and fact.choices is None:
            return "words"
        return FIELDS_OF_SHAPE[shape] if shape is not None else "values"


def _with(value: Any, choices: list[Any], *, name: Any = None) -> list[Any]:
    """``choices`` and, if it is not among them, ``value`` by its name or as it is stored."""
    if value in (None, ""):
        return choices
    known = set()
    for key, label in choices:
        known |= {str(inner) for inner, _label in label} if isinstance(label, list) else {str(key)}
    if str(value) in known:
        return choices
    return [*choices, (value, _("%(value)s (not available)") % {"value": name or value})]
