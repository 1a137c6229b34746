"""The form of a purpose: tells wording from terms before anything is saved."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.models import Site

from ethical_personalization.models import Purpose

from .purpose_changes import Effect, effect_of, sites_of

#: Fewer sites leave nothing to choose.
SEVERAL = 2


class ConfirmationInput(forms.CheckboxInput):
    """A box that is never ticked beforehand and stands for one change, named by ``meant``."""

    meant = ""

    def __init__(self) -> None:
        super().__init__(check_test=lambda value: False)

    def format_value(self, value: Any) -> str:
        return self.meant

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return str(data.get(name) or "")


class PurposeForm(WagtailAdminModelForm):
    """A change is saved only after the editor has read what it does, and to how many."""

    confirmed = forms.CharField(
        label=gettext_lazy("Yes, save this change"), required=False, widget=ConfirmationInput
    )

    # Not the model's own: whether it is new to a site depends on what is stored there until now.
    everywhere = forms.BooleanField(
        label=gettext_lazy("On every site"),
        help_text=gettext_lazy("Also on sites that are created later."),
        required=False,
    )
    sites = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Only on these sites"),
        queryset=Site.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["everywhere"].initial = self.instance.is_on_every_site
        self.fields["sites"].initial = sites_of(self.instance) or ()
        if Site.objects.count() < SEVERAL and sites_of(self.instance) is None:
            for name in ("everywhere", "sites"):
                self.fields.pop(name, None)
        self.effect: Effect | None = None
        for name in ("title", "benefit", "data"):
            standard = getattr(self.instance.declaration, name, "")
            self.fields[name].widget.attrs["placeholder"] = str(standard)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "sites" in self.fields and not (cleaned["everywhere"] or cleaned.get("sites")):
            self.add_error("sites", gettext_lazy("Tick at least one site, or every site."))
        if not self.errors:
            self.effect = self._effect(cleaned)
        if self.effect is not None and cleaned.get("confirmed") != self.effect.token:
            self.fields["confirmed"].widget.meant = self.effect.token
            self.add_error("confirmed", self.effect.text)
        return cleaned

    def save(self, commit: bool = True) -> Purpose:  # noqa: FBT001, FBT002 - as Django calls it
        """Store, and move to the sites that were chosen."""
        purpose: Purpose = super().save(commit=commit)
        wanted = self._wanted_sites(self.cleaned_data)
        if wanted != sites_of(purpose):
            purpose.offer_on(wanted, now=timezone.now())
        return purpose

    def needs_an_answer(self) -> bool:
        """Whether the editor is asked if the change is meant."""
        return bool(self.is_bound and "confirmed" in self.errors)

    def _effect(self, cleaned: Mapping[str, Any]) -> Effect | None:
        stored = Purpose.objects.get(pk=self.instance.pk)
        wanted = Purpose(key=stored.key)
        for name, value in cleaned.items():
            if name in self._meta.fields:
                setattr(wanted, name, value)
        wanted_sites = self._wanted_sites(cleaned)
        return effect_of(stored, wanted, wanted_sites=wanted_sites, now=timezone.now())

    def _wanted_sites(self, cleaned: Mapping[str, Any]) -> frozenset[int] | None:
        if "sites" not in self.fields or cleaned["everywhere"]:
            return None
        return frozenset(site.pk for site in cleaned["sites"])
