"""What a shopper can say on the spot about one thing, read against what there is now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from ethical_personalization.conf import conf
from ethical_personalization.core.text import Words
from ethical_personalization.facts.orders import lines_of
from ethical_personalization.shopper.instructions import Part
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.transparency.notice import offered_purposes, open_to_choice

from .replies import MAX_DIGITS

#: A brand's name, or the keys of the purposes of one reason.
MAX_VALUE = 500
OFF = "off"
Find = Callable[[Shopper, str], str | None]


@dataclass(frozen=True, kw_only=True)
class Control:
    """Leaves something out or takes that back; ``find`` gives the key of what is there, or None.

    Taking back looks for nothing: what was left out may be gone from the shop by now.
    """

    label: Words
    part: Part
    saved: str
    find: Find | None = None


class ControlForm(forms.Form):
    """One control and what it is about."""

    control = forms.ChoiceField()
    value = forms.CharField(max_length=MAX_VALUE)

    def __init__(self, data: QueryDict, *, shopper: Shopper) -> None:
        super().__init__(data)
        self.shopper = shopper
        self.fields["control"].choices = [(key, key) for key in (*CONTROLS, OFF)]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """The key of what is there, as ``key``, or ``purposes`` to switch off."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        name, value = cleaned["control"], cleaned["value"]
        if name == OFF:
            return {**cleaned, "purposes": self._purposes(value)}
        find = CONTROLS[name].find
        key = find(self.shopper, value) if find is not None else value
        if key is None:
            raise ValidationError(_("This is not in the shop (any more), so nothing was saved."))
        return {**cleaned, "key": key}

    def _purposes(self, value: str) -> list[str]:
        offered = offered_purposes(self.shopper.site_id)
        can_be_off = {words["key"] for words in open_to_choice(offered)}
        keys = value.split()
        if not keys or not set(keys) <= can_be_off:
            raise ValidationError(_("These choices are not on offer (any more)."))
        return keys


def as_number(value: str) -> int | None:
    """A primary key as a form sends it; None for anything else."""
    is_number = value.isascii() and value.isdecimal() and len(value) <= MAX_DIGITS
    return int(value) if is_number else None


def _product(shopper: Shopper, value: str) -> str | None:
    pk = as_number(value)
    found = get_model("catalogue", "Product").objects.filter(pk=pk).first() if pk else None
    return str(found.parent_id or found.pk) if found is not None else None


def _category(shopper: Shopper, value: str) -> str | None:
    pk = as_number(value)
    is_there = pk is not None and get_model("catalogue", "Category").objects.filter(pk=pk).exists()
    return str(pk) if is_there else None


def _brand(shopper: Shopper, value: str) -> str | None:
    """One that some product has: an option, or a text."""
    rows = get_model("catalogue", "ProductAttributeValue").objects.filter(
        attribute__code=conf.brand_attribute
    )
    columns = ("value_option__option", "value_multi_option__option", "value_text")
    is_there = any(rows.filter(**{column: value}).exists() for column in columns)
    return value if is_there else None


def _line(shopper: Shopper, value: str) -> str | None:
    """Of her own orders alone."""
    pk = as_number(value)
    hers = lines_of(shopper.user, shopper.now)
    return str(pk) if pk and hers.filter(pk=pk).exists() else None


CONTROLS: Mapping[str, Control] = {
    "hide": Control(label=_("Hide this product"), part=Part.HIDDEN, saved="hidden", find=_product),
    "show": Control(label=_("Show it again"), part=Part.HIDDEN, saved="shown"),
    "less": Control(label=_("Less like this"), part=Part.LESS, saved="less", find=_product),
    "as-before": Control(label=_("As before"), part=Part.LESS, saved="as_before"),
    "mute-brand": Control(label=_("Mute this brand"), part=Part.BRANDS, saved="muted", find=_brand),
    "unmute-brand": Control(label=_("Use it again"), part=Part.BRANDS, saved="unmuted"),
    "mute-category": Control(
        label=_("Mute this category"), part=Part.CATEGORIES, saved="muted", find=_category
    ),
    "unmute-category": Control(label=_("Use it again"), part=Part.CATEGORIES, saved="unmuted"),
    "leave-out": Control(
        label=_("Don’t use this order line"), part=Part.LINES, saved="left_out", find=_line
    ),
    "use-line": Control(label=_("Use it again"), part=Part.LINES, saved="line_used"),
}
#: The control that takes back what was said to a part.
UNDO: Mapping[Part, str] = {
    control.part: key for key, control in CONTROLS.items() if control.find is None
}
