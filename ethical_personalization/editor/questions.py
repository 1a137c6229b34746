"""The desk for the questions that a shop asks instead of guessing."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, BooleanColumn
from wagtail.admin.views.generic import DeleteView, EditView, IndexView

from ethical_personalization.facts.stated import answers
from ethical_personalization.models import FactRule, PreferenceQuestion

from .columns import WideColumn
from .question_form import QuestionForm
from .reading import ReadableDesk


class QuestionIndexView(IndexView):
    """Each question with the answers that it offers now."""

    @cached_property
    def columns(self) -> list[BaseColumn]:
        title, *_others = super().columns
        return [
            title,
            WideColumn("answers", label=_("Answers"), accessor=_answers),
            WideColumn("fact_key", label=_("Name in rules")),
            BooleanColumn("is_asked", label=_("Asked")),
            BooleanColumn("is_sensitive", label=_("Sensitive")),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without a search: Oscar's context processor would put its form there."""
        return {"search_form": None, **super().get_context_data(*args, **kwargs)}


class QuestionEditView(EditView):
    """Names the segments that may not use the question any more."""

    def get_success_message(self) -> str | None:
        said: str | None = super().get_success_message()
        names = segments_that_use(self.object) if self.object.is_sensitive else []
        if not names:
            return said
        return _(
            "Saved. Shoppers are not asked any more. These segments use the question, and their "
            "rules on it fit nobody until you change them: %(segments)s."
        ) % {"segments": ", ".join(names)}


class QuestionDeleteView(DeleteView):
    """Names the segments whose rules would have nothing to look at."""

    @property
    def confirmation_message(self) -> str:
        names = segments_that_use(self.object)
        if not names:
            return _("No segment uses this question. Delete it?")
        return _(
            "These segments use this question and will fit nobody until their rules are changed: "
            "%(segments)s. Delete it all the same?"
        ) % {"segments": ", ".join(names)}


class QuestionDesk(ReadableDesk):
    """What shoppers may tell about themselves."""

    model = PreferenceQuestion
    name = "ethical_personalization_questions"
    url_prefix = "personalization/questions"
    icon = "help"
    menu_label = gettext_lazy("Questions")
    index_view_class = QuestionIndexView
    edit_view_class = QuestionEditView
    delete_view_class = QuestionDeleteView
    list_display = ("title",)
    copy_view_enabled = False
    ordering = ("sort_order", "key")
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("title"), FieldPanel("help_text"), FieldPanel("key")],
                heading=gettext_lazy("The question"),
            ),
            MultiFieldPanel(
                [FieldPanel("source"), FieldPanel("attribute_code"), FieldPanel("options")],
                heading=gettext_lazy("The answers"),
            ),
            MultiFieldPanel(
                [FieldPanel("is_sensitive")],
                heading=gettext_lazy("What the law protects most"),
            ),
            FieldRowPanel(
                [FieldPanel("is_live"), FieldPanel("sort_order"), FieldPanel("weight")],
                heading=gettext_lazy("In the shop"),
            ),
        ],
        base_form_class=QuestionForm,
    )


def segments_that_use(question: PreferenceQuestion) -> list[str]:
    """The names of the segments with a rule on this question."""
    rules = FactRule.objects.filter(fact=question.fact_key).order_by("segment__name")
    return list(rules.values_list("segment__name", flat=True).distinct())


def _answers(question: PreferenceQuestion) -> Any:
    return ", ".join(label for _value, label in answers(question)) or _("none yet")
