"""The desk for what shoppers say: what they think of decisions, and what they ask the shop."""

from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.forms import Select
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn
from wagtail.admin.views.generic import EditView, IndexView, InspectView

from ethical_personalization.models import Feedback, FeedbackKind

from .feedback_words import facts_in_words, in_use, place_in_words
from .reading import ReadableDesk

_OPEN, _ANSWERED, _NOT_ASKED = "open", "answered", "not_asked"
_STATES = {
    _OPEN: gettext_lazy("waits for an answer"),
    _ANSWERED: gettext_lazy("answered"),
    _NOT_ASKED: gettext_lazy("no answer wanted"),
}
_IN_STATE = {
    _OPEN: Q(subject__isnull=False, answered_on__isnull=True),
    _ANSWERED: Q(answered_on__isnull=False),
    _NOT_ASKED: Q(subject__isnull=True),
}


def _places() -> list[tuple[str, str]]:
    """Those of which somebody said something, also where the code has none of them any more."""
    said = Feedback.objects.exclude(placement="").order_by("placement")
    return [
        (key, place_in_words(key)) for key in said.values_list("placement", flat=True).distinct()
    ]


class FeedbackFilterSet(WagtailFilterSet):
    """By what was said, where, and whether it waits."""

    kind = ChoiceFilter(
        choices=FeedbackKind.choices, label=gettext_lazy("What was said"), widget=Select
    )
    placement = ChoiceFilter(choices=_places, label=gettext_lazy("Place"), widget=Select)
    state = ChoiceFilter(
        choices=list(_STATES.items()),
        method="in_state",
        label=gettext_lazy("State"),
        widget=Select,
    )

    class Meta:
        model = Feedback
        fields = ("kind", "placement")

    def in_state(self, found: QuerySet[Feedback], name: str, value: str) -> QuerySet[Feedback]:
        return found.filter(_IN_STATE[value])


class FeedbackForm(WagtailAdminModelForm):
    """An answer, where somebody is there to read it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.wants_answer:
            self.fields.pop("answer", None)

    def save(self, commit: bool = True) -> Feedback:  # noqa: FBT001, FBT002 - Django's own signature
        """Once answered it is a conversation: what she says later does not take its place."""
        row: Feedback = self.instance
        if "answer" in self.changed_data:
            row.answered_on = timezone.localdate() if row.answer else None
            row.mark = row.mark_until = None
        saved: Feedback = super().save(commit=commit)
        return saved


class PlacePanel(FieldPanel):
    """The place by its title."""

    def format_value_for_display(self, value: str) -> str:
        return place_in_words(value) if value else "–"


class FactsPanel(FieldPanel):
    """Facts by their labels."""

    def format_value_for_display(self, value: list[str]) -> str:
        return ", ".join(facts_in_words(value)) or "–"


class FeedbackIndexView(IndexView):
    """What waits for an answer comes first, then the newest."""

    @cached_property
    def columns(self) -> list[BaseColumn]:
        title, *_others = super().columns
        return [
            title,
            StatusTagColumn("state", label=_("State"), accessor=state_of),
            Column("words", label=_("In her words"), accessor=_beginning),
            Column("segment", label=_("Segment"), accessor=_segment),
            Column("week", label=_("Week"), accessor=_week),
        ]

    def get_base_queryset(self) -> QuerySet[Feedback]:
        found = in_use(super().get_base_queryset())
        is_first = Case(When(_IN_STATE[_OPEN], then=0), default=1)
        return found.select_related("segment").order_by(is_first, "-week", "pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without a search: Oscar's context processor would put its form there."""
        return {"search_form": None, **super().get_context_data(*args, **kwargs)}


class FeedbackReadView(InspectView):
    """What was said, in words, for who may not answer."""

    def get_object(self, queryset: Any = None) -> Feedback:
        return get_object_or_404(in_use(Feedback.objects.all()), pk=self.pk)

    def get_placement_display_value(self) -> str:
        return place_in_words(self.object.placement) or "–"

    def get_facts_display_value(self) -> str:
        return ", ".join(facts_in_words(self.object.facts)) or "–"


class FeedbackEditView(EditView):
    """The form, as long as anything of hers is used."""

    def get_object(self, queryset: Any = None) -> Feedback:
        found: Feedback = super().get_object(in_use(Feedback.objects.all()))
        return found


class FeedbackDesk(ReadableDesk):
    """Words of shoppers are read and answered here, never written; nobody's name is known."""

    model = Feedback
    name = "ethical_personalization_feedback"
    url_prefix = "personalization/feedback"
    icon = "comment"
    menu_label = gettext_lazy("Feedback")
    index_view_class = FeedbackIndexView
    inspect_view_class = FeedbackReadView
    edit_view_class = FeedbackEditView
    inspect_view_fields = (
        "kind",
        "words",
        "placement",
        "segment",
        "facts",
        "week",
        "answer",
        "answered_on",
    )
    filterset_class = FeedbackFilterSet
    list_display = ("__str__",)
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("kind", read_only=True),
                    FieldPanel("words", read_only=True),
                    FieldRowPanel(
                        [
                            PlacePanel("placement", read_only=True),
                            FieldPanel("segment", read_only=True),
                        ]
                    ),
                    FactsPanel("facts", read_only=True),
                ],
                heading=gettext_lazy("What she said, and about what"),
                help_text=gettext_lazy(
                    "You see what was shown and which kinds of facts led to it. Who she is, and "
                    "what is known about her, is not kept with it."
                ),
            ),
            MultiFieldPanel(
                [FieldPanel("answer", heading=gettext_lazy("Your answer"))],
                heading=gettext_lazy("Answer"),
                help_text=gettext_lazy(
                    "There is a field where she asked for an answer. Answer in plain words, say "
                    "what you change, and never ask who she is."
                ),
            ),
        ],
        base_form_class=FeedbackForm,
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), "add_url_name": None}

    def get_urlpatterns(self) -> list[Any]:
        return [entry for entry in super().get_urlpatterns() if entry.name != "add"]


def state_of(feedback: Feedback) -> str:
    """Where it stands, in a few words."""
    if feedback.answered_on is not None:
        return str(_STATES[_ANSWERED])
    return str(_STATES[_OPEN if feedback.wants_answer else _NOT_ASKED])


def _beginning(feedback: Feedback) -> str:
    return Truncator(feedback.words).chars(120)


def _segment(feedback: Feedback) -> str:
    return feedback.segment.name if feedback.segment is not None else "–"


def _week(feedback: Feedback) -> str:
    return str(date_format(feedback.week, "DATE_FORMAT"))
