"""The desk for purposes: reword them, set their terms; the code adds and removes them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, BooleanColumn, Column
from wagtail.admin.views.generic import EditView, IndexView, InspectView

from ethical_personalization.models import Purpose
from ethical_personalization.shopper.audience_size import given_by_purpose

from .columns import WideColumn
from .purpose_form import PurposeForm
from .reading import ReadableDesk

#: What nobody may do here, whatever permissions they have.
NOT_HERE = frozenset({"add", "delete"})


class EffectPanel(FieldPanel):
    """What the change does, to be confirmed; shown only when there is one."""

    class BoundPanel(FieldPanel.BoundPanel):
        """Hidden until a change was sent."""

        def is_shown(self) -> bool:
            return self.form is None or self.form.needs_an_answer()


class PurposeIndexView(IndexView):
    """Each purpose with the number of shoppers who allow it now."""

    @cached_property
    def columns(self) -> list[BaseColumn]:
        title, *_others = super().columns
        return [
            title,
            Column("given", label=_("Shoppers who allow it now"), accessor=self._given),
            WideColumn("retention_days", label=_("Kept for (days)")),
            WideColumn("recipients", label=_("Recipients"), accessor=_recipients),
            BooleanColumn("is_offered", label=_("Offered")),
            WideColumn("sites", label=_("Sites"), accessor=_sites),
        ]

    def get_base_queryset(self) -> QuerySet[Purpose]:
        purposes: QuerySet[Purpose] = super().get_base_queryset()
        return purposes.prefetch_related("on_sites__site")

    def user_has_permission(self, permission: str) -> bool:
        return permission not in NOT_HERE and super().user_has_permission(permission)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without a search: Oscar's context processor would put its form there."""
        return {"search_form": None, **super().get_context_data(*args, **kwargs)}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return dict(given_by_purpose(now=timezone.now()))

    def _given(self, purpose: Purpose) -> str:
        return str(self._numbers.get(purpose.key, 0))


class PurposeEditView(EditView):
    """Says afterwards what the change was."""

    def user_has_permission(self, permission: str) -> bool:
        return permission not in NOT_HERE and super().user_has_permission(permission)

    def user_has_permission_for_instance(self, permission: str, instance: Purpose) -> bool:
        return permission not in NOT_HERE and super().user_has_permission_for_instance(
            permission, instance
        )

    def is_valid(self, form: PurposeForm) -> bool:
        self.form = form
        return bool(super().is_valid(form))

    def get_error_message(self) -> str:
        if self.form.needs_an_answer():
            return _("Not saved yet. Please read what this change does.")
        message: str = super().get_error_message()
        return message

    def get_success_message(self) -> str:
        words = {"purpose": self.object}
        if self.form.effect is not None and self.form.effect.is_material:
            return _("“%(purpose)s” has new terms. Shoppers are asked again.") % words
        if self.form.effect is not None and self.form.effect.moves:
            return _("“%(purpose)s” was saved. Where it is new, shoppers are asked.") % words
        return _("“%(purpose)s” was saved. Its terms are the same: nobody is asked again.") % words


class PurposeReadView(InspectView):
    """What the form asks, and the sites, which are rows of their own."""

    def get_fields_context(self) -> list[dict[str, Any]]:
        context: list[dict[str, Any]] = super().get_fields_context()
        return [*context, {"label": _("Sites"), "value": _sites(self.object), "component": None}]


class PurposeDesk(ReadableDesk):
    """Purposes come from code; here they get the shop's words and terms."""

    model = Purpose
    name = "ethical_personalization_purposes"
    url_prefix = "personalization/purposes"
    icon = "key"
    menu_label = gettext_lazy("Purposes")
    index_view_class = PurposeIndexView
    edit_view_class = PurposeEditView
    inspect_view_class = PurposeReadView
    list_display = ("__str__",)
    inspect_view_fields = (
        "title",
        "benefit",
        "data",
        "retention_days",
        "recipients",
        "honours_gpc",
        "is_offered",
    )
    copy_view_enabled = False
    ordering = ("sort_order", "key")
    edit_handler = ObjectList(
        [
            EffectPanel("confirmed", heading=gettext_lazy("Tick to save this change")),
            MultiFieldPanel(
                [FieldPanel("title"), FieldPanel("benefit"), FieldPanel("data")],
                heading=gettext_lazy("Wording"),
                help_text=gettext_lazy(
                    "Reword freely, as long as it says the same: nobody is asked again."
                ),
            ),
            MultiFieldPanel(
                [FieldPanel("retention_days"), FieldPanel("recipients")],
                heading=gettext_lazy("Terms"),
                help_text=gettext_lazy(
                    "These are what shoppers agree to. A change asks everybody again."
                ),
            ),
            FieldPanel("honours_gpc"),
            FieldRowPanel(
                [FieldPanel("is_offered"), FieldPanel("sort_order")],
                heading=gettext_lazy("In the list of choices"),
            ),
            MultiFieldPanel(
                [FieldPanel("everywhere"), FieldPanel("sites")],
                heading=gettext_lazy("Sites"),
                help_text=gettext_lazy(
                    "On which sites it is offered. On the others nobody is asked about it, and "
                    "nothing is used for it. Where it is offered anew, shoppers are asked."
                ),
            ),
        ],
        base_form_class=PurposeForm,
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        common: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return {**common, "add_url_name": None, "delete_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [entry for entry in super().get_urlpatterns() if entry.name not in NOT_HERE]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        permissions: QuerySet[Permission] = super().get_permissions_to_register()
        return permissions.filter(codename__in=["change_purpose", "view_purpose"])


def _sites(purpose: Purpose) -> str:
    if purpose.is_on_every_site:
        return _("every site")
    return ", ".join(str(row.site) for row in purpose.on_sites.all()) or _("none")


def _recipients(purpose: Purpose) -> str:
    names: Iterable[str] = purpose.recipient_names
    return ", ".join(names) or _("nobody")
