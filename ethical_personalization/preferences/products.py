"""Everything that a shopper can say about one product: hide, less, mute its brand or categories."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from oscar.core.loading import get_model

from ethical_personalization.conf import conf
from ethical_personalization.core.instructions import CATEGORY, Instructions
from ethical_personalization.shopper.instructions import (
    INSTRUCTIONS,
    Part,
    entries_of,
    instructions_in,
)
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.shopper.who import who_of
from ethical_personalization.transparency.saved import saved_message

from .control_form import CONTROLS, UNDO
from .replies import endpoint, refusal

_ON = {"hide": Part.HIDDEN, "less": Part.LESS}


@endpoint("GET", "HEAD")
def product_page(request: HttpRequest, product: int) -> HttpResponse:
    """The controls of one product that everybody may see, each as it stands for her."""
    found = get_model("catalogue", "Product").objects.browsable().filter(pk=product).first()
    if found is None:
        return refusal(
            request,
            gettext("There is no such product (any more)"),
            gettext("What you said about it stands in your preferences."),
            status=404,
        )
    shopper = shopper_for(request)
    record = shopper.box.open(INSTRUCTIONS)
    said = {(entry.part, entry.key) for entry in entries_of(record)}
    context = {
        "product": found,
        "is_known": shopper.subject is not None,
        "controls": [
            *(_control(name, part, str(found.pk), "", said) for name, part in _ON.items()),
            *_mutes(found, said, instructions_in(record)),
        ],
        "message": saved_message(request),
        "here": request.path,
        "who": who_of(request),
    }
    return render(request, "ethical_personalization/preferences/product.html", context)


def _mutes(
    product: Any, said: set[tuple[Part, str]], instructions: Instructions
) -> Iterator[dict[str, Any]]:
    brand = conf.brand_attribute
    for row in product.attribute_values.filter(attribute__code=brand).select_related(
        "attribute", "value_option"
    ):
        value = str(row.value_as_text)
        yield _control("mute-brand", Part.BRANDS, value, value, said)
    muted = instructions.muted.get(CATEGORY, frozenset())
    for category in product.get_categories():
        key = str(category.pk)
        if key in muted and (Part.CATEGORIES, key) not in said:
            continue  # by one above it, which is what can be taken back
        yield _control("mute-category", Part.CATEGORIES, key, category.name, said)


def _control(
    name: str, part: Part, value: str, about: str, said: set[tuple[Part, str]]
) -> dict[str, Any]:
    is_said = (part, value) in said
    label = CONTROLS[UNDO[part] if is_said else name].label
    return {
        "control": UNDO[part] if is_said else name,
        "value": value,
        "said": str(CONTROLS[name].label),
        "label": label,
        "about": about,
        "is_said": is_said,
    }
