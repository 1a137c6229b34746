"""The form of a question that shoppers may answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model
from wagtail.admin.forms.models import WagtailAdminModelForm

from ethical_personalization.models import QuestionSource


class QuestionForm(WagtailAdminModelForm):
    """Its key is for ever, because rules refer to it; its answers exist in the catalogue."""

    attribute_code = forms.CharField(
        label=gettext_lazy("Product attribute"),
        required=False,
        widget=forms.Select,
        help_text=gettext_lazy("For “values of a product attribute”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._attributes = _attributes_with_values()
        self.fields["attribute_code"].widget.choices = self._attribute_choices()
        if self.instance.pk is not None:
            self.fields["key"].disabled = True
            self.fields["key"].help_text = _("Rules refer to it, so it can't change.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        code = cleaned.get("attribute_code", "")
        if cleaned.get("source") != QuestionSource.ATTRIBUTE:
            cleaned["attribute_code"] = ""
        elif code and code not in self._attributes:
            self.add_error("attribute_code", self._unknown(code))
        return cleaned

    def _unknown(self, code: str) -> str:
        if not self._attributes:
            return _("No product attribute of this shop has a list of values yet.")
        return _("“%(code)s” is no attribute with a list of values; there are: %(known)s.") % {
            "code": code,
            "known": ", ".join(self._attributes),
        }

    def _attribute_choices(self) -> list[tuple[str, str]]:
        stored = self.instance.attribute_code
        known = {"": _("None"), **self._attributes}
        if stored not in known:
            known[stored] = _("%(code)s (not in the catalogue)") % {"code": stored}
        return list(known.items())


def _attributes_with_values() -> dict[str, str]:
    """Code and name of each product attribute whose values are listed, each code once."""
    attributes = (
        get_model("catalogue", "ProductAttribute")
        .objects.filter(option_group__isnull=False)
        .order_by("code")
    )
    return {code: f"{name} ({code})" for code, name in attributes.values_list("code", "name")}
