"""The form of a purpose: tells wording from terms before anything is saved."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms.models import WagtailAdminModelForm

from ethical_personalization.core.purposes import material_hash
from ethical_personalization.models import Purpose

from .audience_size import given_by_purpose


class PurposeForm(WagtailAdminModelForm):
    """A change of the terms is saved only after the editor has read whom it asks again."""

    asks_again = forms.BooleanField(
        label=gettext_lazy("Yes, change the terms and ask again"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "benefit", "data"):
            standard = getattr(self.instance.declaration, name, "")
            self.fields[name].widget.attrs["placeholder"] = str(standard)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and self.changes_terms() and not cleaned.get("asks_again"):
            self.add_error("asks_again", self.what_it_means())
        return cleaned

    def needs_an_answer(self) -> bool:
        """Whether the editor is, or was, asked if the change of the terms is meant."""
        return bool(self.is_bound and ("asks_again" in self.errors or self.data.get("asks_again")))

    def changes_terms(self) -> bool:
        """Whether what shoppers agreed to would be another thing."""
        newest = self.instance.versions.order_by("-number").first()
        if newest is None or self.instance.declaration is None:
            return False
        wanted = Purpose(
            key=self.instance.key,
            retention_days=self.cleaned_data["retention_days"],
            recipients=self.cleaned_data["recipients"],
        )
        return bool(newest.material_hash != material_hash(wanted.material()))

    def what_it_means(self) -> str:
        """Whom a change of the terms concerns."""
        number = given_by_purpose(now=timezone.now()).get(self.instance.key, 0)
        if not number:
            return _(
                "This changes what shoppers agree to, not only the wording. Nobody has allowed "
                "this purpose yet, so nobody has to be asked again."
            )
        return ngettext(
            "This changes what shoppers agreed to, not only the wording. %(number)d shopper who "
            "allowed it will be asked again; until the answer, nothing is used.",
            "This changes what shoppers agreed to, not only the wording. %(number)d shoppers who "
            "allowed it will be asked again; until they answer, nothing is used.",
            number,
        ) % {"number": number}
