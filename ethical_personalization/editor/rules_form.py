"""The form of all rules of a segment, inside the form of its policy."""

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_personalisation.models import Segment
from wagtail_personalisation.rules import AbstractBaseRule

from ethical_personalization.models import FactRule

from .catalogue import FactCatalogue
from .definitions import (
    Described,
    in_memory,
    is_extension,
    relation_of,
    row_of,
    rule_relations,
)
from .rule_panels import OtherRulesPanel, fact_rule_panel, host_rule_panels, is_offered
from .rule_words import in_words

#: Of one kind in a segment, beyond those that it has: more than anybody reads, and soon checked.
MAX_MORE_RULES = 50
ALL = "all"
ANY = "any"


class RulesForm(WagtailAdminModelForm):
    """How the rules of a segment belong together, and a formset for each kind of rule."""

    joined_by = forms.ChoiceField(
        label=_("Which shoppers belong to this segment?"),
        widget=forms.RadioSelect,
        choices=[
            (ALL, _("Those who fit all rules. Within a group, one rule is enough.")),
            (ANY, _("Those who fit one rule or more. A group counts if all its rules fit.")),
        ],
    )
    deleted = forms.MultipleChoiceField(
        label=_("Rules that can’t be changed here"),
        help_text=_(
            "They stay as they are. Tick those that you want to delete: without them, the segment "
            "may reach more shoppers."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, described: Described, **kwargs: Any) -> None:
        self.described = described
        self.catalogue = FactCatalogue()
        super().__init__(*args, instance=in_memory(described), **kwargs)
        self.initial["joined_by"] = ANY if described.match_any else ALL
        self._choose_formsets()
        self._offer_deletion()

    def entered(self) -> Described:
        """What the editor entered; for a form that is valid."""
        return Described(
            match_any=self.cleaned_data["joined_by"] == ANY, rules=tuple(self._rules())
        )

    def _choose_formsets(self) -> None:
        """Leave out kinds of rules that the page did not show, or should not."""
        for name, model in rule_relations().items():
            formset = self.formsets[name]
            formset.absolute_max = formset.max_num = len(self.described.rules) + MAX_MORE_RULES
            if self.is_bound:
                is_shown = any(sent.startswith(f"{formset.prefix}-") for sent in self.data)
            else:
                is_shown = is_offered(model) or bool(formset.queryset)
            if not is_shown:
                del self.formsets[name]
        if not self.is_bound and not self.described.rules:
            self.formsets[relation_of(FactRule)].extra = 1  # a first rule to fill in

    def _offer_deletion(self) -> None:
        """An extension has no form of its own; nothing but a tick takes it away."""
        words = {key: in_words(rule, self.catalogue) for key, rule in _extensions(self.described)}
        self.fields["deleted"].choices = list(words.items())
        if not words:
            del self.fields["deleted"]

    def _rules(self) -> Iterator[AbstractBaseRule]:
        for name in rule_relations():
            if name not in self.formsets:
                yield from getattr(self.instance, name).all()
                continue
            formset = self.formsets[name]
            for form in formset.forms:
                if form.has_changed() and form not in formset.deleted_forms:
                    yield form.instance
        deleted = self.cleaned_data.get("deleted", ())
        yield from (rule for key, rule in _extensions(self.described) if key not in deleted)


def _extensions(described: Described) -> list[tuple[str, AbstractBaseRule]]:
    """The rules that have no form, each by what it says: others may be saved meanwhile."""
    rules = (rule for rule in described.rules if is_extension(type(rule)))
    return [(_key(rule), rule) for rule in rules]


def _key(rule: AbstractBaseRule) -> str:
    said = json.dumps([rule._meta.label_lower, row_of(rule)], sort_keys=True)
    return sha256(said.encode()).hexdigest()[:16]


@cache
def rules_panel() -> MultiFieldPanel:
    """The panel of the form, for every request."""
    return MultiFieldPanel(
        [
            FieldPanel("joined_by"),
            fact_rule_panel(),
            OtherRulesPanel(host_rule_panels()),
            FieldPanel("deleted"),
        ],
        base_form_class=RulesForm,
    ).bind_to_model(Segment)


def rules_form_class() -> type[RulesForm]:
    """The form class with a formset for each kind of rule that is installed."""
    form_class: type[RulesForm] = rules_panel().get_form_class()
    return form_class
