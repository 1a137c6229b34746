"""The rows of rules in a segment's form: first those on facts, then the host's own kinds."""

from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    get_form_for_model,
)
from wagtail_personalisation.rules import AbstractBaseRule

from ethical_personalization.core.registry import rules as declarations
from ethical_personalization.models import FactRule

from .definitions import relation_of, rule_relations
from .rule_form import FactRuleForm, RuleForm
from .rule_rows import RuleFormSet


class RulePanel(InlinePanel):
    """The rows of one kind of rule; ``rule_form`` is the form of each."""

    rule_form: type[RuleForm] = RuleForm
    inherited: tuple[str, ...] = ()

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        formset["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=self.rule_form,
            fields=formset["fields"],
            defer_required_on_fields=deferred,
        )
        formset["formset"] = RuleFormSet
        formset["inherit_kwargs"] = list(self.inherited)
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        """Left out where the form has no such rows."""

        def __init__(self, **kwargs: Any) -> None:
            form, relation = kwargs["form"], kwargs["panel"].relation_name
            self.is_left_out = form is not None and relation not in form.formsets
            super().__init__(**{**kwargs, "form": None} if self.is_left_out else kwargs)

        def is_shown(self) -> bool:
            return not self.is_left_out


class FactRulePanel(RulePanel):
    """Rules on facts; the form gets the facts that its parent has looked up."""

    rule_form = FactRuleForm
    inherited = ("catalogue",)


class OtherRulesPanel(MultiFieldPanel):
    """The host's own kinds of rules, folded away as long as none is used."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """Open where there is something to see."""

        template_name = "ethical_personalization/editor/other_rules_panel.html"

        def is_open(self) -> bool:
            return any(child.children for child in self.visible_children)


def fact_rule_panel() -> RulePanel:
    """The rows that editors use most."""
    return FactRulePanel(
        relation_of(FactRule),
        label=_("Rule"),
        heading=_("Rules"),
        panels=[
            MultiFieldPanel(
                [
                    FieldRowPanel([_part("fact"), _part("comparison")]),
                    _part("values"),
                    _part("number"),
                    _part("words"),
                    FieldRowPanel(
                        [_part("start"), _part("end")], attrs={"data-ep-rule-part": "times"}
                    ),
                    _part("group"),
                ],
                attrs={"data-controller": "ep-fact-rule"},
            )
        ],
    )


def host_rule_panels() -> list[RulePanel]:
    """A panel for each other kind of rule, in the order of the host's setting if there is one."""
    return [
        RulePanel(relation, label=capfirst(model._meta.verbose_name))
        for relation, model in rule_relations().items()
        if model is not FactRule
    ]


def is_offered(model: type[AbstractBaseRule]) -> bool:
    """Whether an editor may add rules of this kind: evaluated, and not hidden by the site."""
    names: list[str] | None = getattr(settings, "WAGTAIL_PERSONALISATION_RULES", None)
    is_hidden = names is not None and f"{model._meta.app_label}.{model.__name__}" not in names
    return declarations.find(model._meta.label_lower) is not None and not is_hidden


def _part(name: str) -> FieldPanel:
    return FieldPanel(name, attrs={"data-ep-rule-part": name})
