"""The form of a segment: its policy and, nested, all its rules."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from ethical_personalization.core.registry import placements
from ethical_personalization.models import SegmentPolicy

from .definitions import Described, described_by, write_definition
from .review import Review, review
from .rules_form import RulesForm, rules_form_class


class SegmentPolicyForm(WagtailAdminModelForm):
    """Validates policy and rules together; a draft may be unfinished, a published one may not."""

    placements = forms.MultipleChoiceField(
        label=_("Places in templates"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Parts of pages that this segment sees besides page versions and blocks."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._definition_before = self.instance.definition
        self.rules: RulesForm = rules_form_class()(
            self.data if self.is_bound else None,
            described=described_by(self.instance),
            prefix="rules",
            for_user=self.for_user,
        )
        if "placements" in self.fields:
            self._offer_placements()
        if "owner" in self.fields:
            self.fields["owner"].queryset = _colleagues(self.instance.owner_id)
            if self.instance.pk is None and self.for_user is not None:
                self.initial["owner"] = self.initial.get("owner") or self.for_user.pk

    @property
    def media(self) -> forms.Media:
        own: forms.Media = super().media
        joined: forms.Media = own + self.rules.media
        return joined

    @cached_property
    def described(self) -> Described:
        """What the form says now, or what was stored if it can't be read."""
        if self.is_bound and self.rules.is_valid():
            return self.rules.entered()
        return self.rules.described

    def review(self) -> Review:
        """What an editor should know about the segment as it stands in the form."""
        benefit = self["shopper_benefit"].value() or ""
        return review(self.described, benefit=benefit, catalogue=self.rules.catalogue)

    def defer_required_fields(self) -> None:
        super().defer_required_fields()
        self.rules.defer_required_fields()

    def restore_required_fields(self) -> None:
        super().restore_required_fields()
        self.rules.restore_required_fields()

    def is_valid(self) -> bool:
        return bool(super().is_valid() and self.rules.is_valid())

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] | None = super().clean()
        if self.rules.is_valid() and not self.is_deferred_validation:
            for finding in self.review().blocking:
                self.add_error(None, f"{finding.brief}: {finding.text}")
        return cleaned

    def has_changed(self) -> bool:
        return bool(super().has_changed() or self._definition() != self._definition_before)

    def save(self, commit: bool = True) -> SegmentPolicy:  # noqa: FBT001, FBT002 - Django's signature
        self.instance.definition = self._definition()
        policy: SegmentPolicy = super().save(commit=commit)
        return policy

    def _definition(self) -> dict[str, Any]:
        return write_definition(self.described.rules, match_any=self.described.match_any)

    def _offer_placements(self) -> None:
        """The registered ones and those that are stored; without any there is nothing to ask."""
        offered = {key: str(item.title) for key, item in placements.all().items()}
        for key in self.instance.placements:
            offered.setdefault(key, _("%(key)s (not available)") % {"key": key})
        self.fields["placements"].choices = list(offered.items())
        if not offered:
            del self.fields["placements"]


def _colleagues(chosen_pk: Any) -> QuerySet[Any]:
    """Those who may enter the admin, never the shop's customers; and whoever is chosen already."""
    may_enter = {"content_type__app_label": "wagtailadmin", "codename": "access_admin"}
    permission = Permission.objects.filter(**may_enter).first()
    return (
        get_user_model()
        ._default_manager.filter(
            Q(pk=chosen_pk)
            | Q(is_superuser=True)
            | Q(groups__permissions=permission)
            | Q(user_permissions=permission),
        )
        .distinct()
    )
