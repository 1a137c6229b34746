"""What an editor sees of a segment beside plain fields: its rules and its review."""

from typing import Any

from django import forms
from django.forms.widgets import Script
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from wagtail.admin.compare import diff_text
from wagtail.admin.panels import Panel

from ethical_personalization.models import SegmentPolicy
from ethical_personalization.shopper.audience_size import given_all, given_by_purpose

from .catalogue import FactCatalogue
from .definitions import described_by
from .review import former_membership
from .rule_words import in_words
from .rules_form import rules_panel


class RulesPanel(Panel):
    """The nested form of the rules."""

    class BoundPanel(Panel.BoundPanel):
        """The nested form, bound to the policy's."""

        template_name = "ethical_personalization/editor/rules_panel.html"
        media = forms.Media(
            # The stubs know no Script yet.
            js=[Script("ethical_personalization/editor/rules.js", type="module")],  # type: ignore[list-item]
            css={"all": ["ethical_personalization/editor/editor.css"]},
        )

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            rules = self.form.rules
            inner = rules_panel().get_bound_panel(
                instance=rules.instance, request=self.request, form=rules, prefix=self.prefix
            )
            return {**context, "rules": inner, "facts": rules.catalogue.as_data()}

        def get_comparison(self) -> list[Any]:
            return [RulesComparison]


class ReviewPanel(Panel):
    """What the rules use, whom they can reach and what is wrong with them."""

    class BoundPanel(Panel.BoundPanel):
        """The review of what the form says."""

        template_name = "ethical_personalization/editor/review_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            now = timezone.now()
            found = self.form.review()
            given = given_by_purpose(now=now)
            several = len(found.purposes) > 1
            title_of = self.form.rules.catalogue.title_of
            return {
                **context,
                "review": found,
                "is_any": self.form.described.match_any,
                "findings": [*former_membership(self.instance), *found.findings],
                "purposes": [(title_of(key), given.get(key, 0)) for key in found.purposes],
                "given_all": given_all(found.purposes, now=now) if several else None,
            }

        def is_shown(self) -> bool:
            """A new segment has nothing to review yet."""
            return self.form is None or self.form.is_bound or self.instance.pk is not None


class RulesComparison:
    """The rules of two revisions, line by line, for Wagtail's comparison page."""

    is_field = True
    is_child_relation = False

    def __init__(self, before: SegmentPolicy, after: SegmentPolicy) -> None:
        catalogue = FactCatalogue()
        self.before = lines(before, catalogue)
        self.after = lines(after, catalogue)

    def field_label(self) -> str:
        return _("Rules")

    def has_changed(self) -> bool:
        return self.before != self.after

    def htmldiff(self) -> str:
        if not self.has_changed():
            return format_html_join("", "<p>{}</p>", ((line,) for line in self.after))
        diff = diff_text("\n".join(self.before), "\n".join(self.after)).to_html()
        return str(diff)


def lines(policy: SegmentPolicy, catalogue: FactCatalogue) -> list[str]:
    """How the rules are joined, then each of them in words."""
    described = described_by(policy)
    joined = _("One rule or more") if described.match_any else _("All rules")
    return [joined, *(in_words(rule, catalogue) for rule in described.rules)]
