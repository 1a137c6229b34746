"""The desk for segments: list, form, copy and delete."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, PublishingPanel
from wagtail.admin.ui.tables import BaseColumn, Column, LiveStatusTagColumn
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.models import Page, ReferenceIndex
from wagtail.snippets.views.snippets import (
    ConfirmWorkflowCancellationView,
    CopyView,
    DeleteView,
    HistoryView,
    IndexView,
    InspectView,
    RevisionsCompareView,
    SnippetViewSet,
    UsageView,
    WorkflowHistoryDetailView,
    WorkflowHistoryView,
)

from ethical_personalization.models import SegmentPolicy
from ethical_personalization.shopper.audience_size import given_by_purpose

from .catalogue import FactCatalogue
from .columns import WideColumn
from .definitions import described_by
from .feedback_words import place_in_words
from .policy_form import SegmentPolicyForm
from .policy_panels import ReviewPanel, RulesPanel, lines
from .reading import readable
from .review import Review, review


class SegmentIndexView(IndexView):
    """Each segment with the data it uses, the permissions it needs and what is wrong with it."""

    default_ordering = "priority"

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Without Wagtail's bulk actions: they know nothing of page versions."""
        title, *others = [column for column in super().columns if column.name != "bulk_actions"]
        return [
            title,
            WideColumn("facts", label=_("Uses"), accessor=self._facts),
            WideColumn("purposes", label=_("Needs permission for"), accessor=self._purposes),
            Column("findings", label=_("To put right"), accessor=self._findings),
            *others,
        ]

    @cached_property
    def _catalogue(self) -> FactCatalogue:
        return FactCatalogue()

    @cached_property
    def _given(self) -> dict[str, int]:
        return dict(given_by_purpose(now=timezone.now()))

    @cached_property
    def _reviews(self) -> dict[int, Review]:
        return {}

    def _review(self, policy: SegmentPolicy) -> Review:
        if policy.pk not in self._reviews:
            self._reviews[policy.pk] = review(
                described_by(policy), benefit=policy.shopper_benefit, catalogue=self._catalogue
            )
        return self._reviews[policy.pk]

    def _facts(self, policy: SegmentPolicy) -> str:
        facts = self._review(policy).facts
        return format_html_join("", "<div>{}</div>", ((label,) for label in facts))

    def _purposes(self, policy: SegmentPolicy) -> str:
        titles = [
            _("%(purpose)s (%(number)d allow it)")
            % {"purpose": self._catalogue.title_of(key), "number": self._given.get(key, 0)}
            for key in self._review(policy).purposes
        ]
        return format_html_join("", "<div>{}</div>", ((title,) for title in titles))

    def _findings(self, policy: SegmentPolicy) -> str:
        texts = ((finding.brief,) for finding in self._review(policy).findings)
        return format_html_join("", "<div>{}</div>", texts)


class SegmentCopyView(CopyView):
    """Opens the form for a new segment, filled from another, which stays as it is."""

    def get_initial_form_instance(self) -> SegmentPolicy:
        source: SegmentPolicy = self.get_object().get_latest_revision_as_object()
        return SegmentPolicy(
            name=_("Copy of %(name)s") % {"name": source.name},
            shopper_benefit=source.shopper_benefit,
            priority=source.priority,
            placements=source.placements,
            owner=source.owner,
            definition=source.definition,
            live=False,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form is sent to where it is known what was copied: not every rule has a field."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "action_url": self.request.path}


class SegmentDeleteView(DeleteView):
    """Deletes a segment that no page version needs, or says which ones do."""

    template_name = "ethical_personalization/editor/delete_segment.html"

    @cached_property
    def variants(self) -> list[Page]:
        """The page versions made for this segment."""
        pages = Page.objects.filter(_personalisable_page_metadata__segment=self.object.segment_id)
        return list(pages.order_by("title"))

    def get_usage(self) -> Any:
        """Where blocks refer to the segment itself."""
        return ReferenceIndex.get_grouped_references_to(self.object.segment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "variants": self.variants, "uses": self.usage}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.variants:
            messages.error(request, _("Not deleted: page versions still need this segment."))
            refused: HttpResponse = self.render_to_response(self.get_context_data())
            return refused
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


class SegmentInWorkflowView(PermissionCheckedMixin, ConfirmWorkflowCancellationView):
    """Wagtail's own tells every user of the admin which segments wait for whose approval."""

    any_permission_required = ("change", "publish")


class SegmentReadView(InspectView):
    """A segment with its rules in words, for who may not change it."""

    def get_definition_display_value(self) -> str:
        rules = lines(self.object, FactCatalogue())
        return format_html_join("", "<div>{}</div>", ((line,) for line in rules))

    def get_placements_display_value(self) -> str:
        return ", ".join(place_in_words(key) for key in self.object.placements) or "–"


class SegmentDesk(SnippetViewSet):
    """What editors call a segment is its policy."""

    model = SegmentPolicy
    icon = "group"
    menu_label = gettext_lazy("Segments")
    base_url_path = "personalization/segments"
    menu_item_is_registered = True
    index_view_class = SegmentIndexView
    copy_view_class = SegmentCopyView
    history_view_class = readable(HistoryView)
    usage_view_class = readable(UsageView)
    revisions_compare_view_class = readable(RevisionsCompareView)
    workflow_history_view_class = readable(WorkflowHistoryView)
    workflow_history_detail_view_class = readable(WorkflowHistoryDetailView)
    inspect_view_class = SegmentReadView
    inspect_view_enabled = True
    inspect_view_fields = (
        "name",
        "shopper_benefit",
        "owner",
        "definition",
        "placements",
        "priority",
    )
    delete_view_class = SegmentDeleteView
    confirm_workflow_cancellation_view_class = SegmentInWorkflowView
    list_display = ("name", LiveStatusTagColumn(), "priority")
    search_fields = ("name",)
    search_backend_name = None
    delete_template_name = SegmentDeleteView.template_name
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name", required_on_save=True),
                    FieldPanel("shopper_benefit"),
                    FieldPanel("owner"),
                ],
                heading=gettext_lazy("About this segment"),
            ),
            RulesPanel(heading=gettext_lazy("Who belongs to it")),
            ReviewPanel(heading=gettext_lazy("What this means")),
            MultiFieldPanel(
                [FieldPanel("placements"), FieldPanel("priority")],
                heading=gettext_lazy("Where it is shown"),
            ),
            PublishingPanel(),
        ],
        base_form_class=SegmentPolicyForm,
    )

    def register_chooser_viewset(self) -> None:
        """No field refers to a policy, and a chooser is open to every user of the admin."""
