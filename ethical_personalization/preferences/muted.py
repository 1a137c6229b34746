"""*Muted and hidden*: what she told us to leave out, by name, each with its way back."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.text import Words
from ethical_personalization.facts.orders import lines_of
from ethical_personalization.models.savepoints import undisturbed
from ethical_personalization.shopper.instructions import INSTRUCTIONS, Entry, Part, entries_of
from ethical_personalization.shopper.shopper import Shopper

from .control_form import CONTROLS, UNDO, as_number

Names = Mapping[str, str]
_HEADINGS: Mapping[Part, Words] = {
    Part.HIDDEN: _("Hidden products"),
    Part.LESS: _("Less like these"),
    Part.BRANDS: _("Muted brands"),
    Part.CATEGORIES: _("Muted categories"),
    Part.LINES: _("Order lines that are not used"),
}
#: Told about the whole part, because nobody should have to guess what it does.
_EFFECTS: Mapping[Part, Words] = {
    Part.HIDDEN: _("They are in no list that is made for you. What everybody sees stays the same."),
    Part.LESS: _("They are in none of your lists, and what they were listed for counts for half."),
    Part.BRANDS: _("They are in none of your lists and are no reason for anything."),
    Part.CATEGORIES: _("With all that is below them; in none of your lists, and no reason."),
    Part.LINES: _("Nothing that we know of your orders looks at them."),
}


@dataclass(frozen=True, kw_only=True)
class MutedEntry:
    """One thing, and the control that takes it back."""

    name: str
    at: datetime
    control: str
    value: str
    undo: Words


@dataclass(frozen=True, kw_only=True)
class MutedGroup:
    """What is left out in the same way."""

    heading: Words
    effect: Words
    entries: list[MutedEntry]


def muted_entries(shopper: Shopper) -> list[MutedGroup]:
    """By kind; empty where she told us nothing. A query for each kind that there is.

    Facts that are not to be used stand with what we know. Empty, too, where it can't be read.
    """
    nothing: list[MutedGroup] = []
    return attempt(lambda: _groups(shopper), otherwise=nothing, what="muted")


def _groups(shopper: Shopper) -> list[MutedGroup]:
    with undisturbed():
        entries = entries_of(shopper.box.open(INSTRUCTIONS))
        found = {part: [entry for entry in entries if entry.part is part] for part in _HEADINGS}
        return [
            MutedGroup(
                heading=_HEADINGS[part],
                effect=_EFFECTS[part],
                entries=_named(each, _NAMES[part](shopper, [entry.key for entry in each])),
            )
            for part, each in found.items()
            if each
        ]


def _named(entries: Iterable[Entry], names: Names) -> list[MutedEntry]:
    return [
        MutedEntry(
            name=names.get(entry.key) or gettext("Something that is no longer in the shop"),
            at=entry.at,
            control=UNDO[entry.part],
            value=entry.key,
            undo=CONTROLS[UNDO[entry.part]].label,
        )
        for entry in entries
    ]


def _products(shopper: Shopper, keys: Collection[str]) -> Names:
    found = get_model("catalogue", "Product").objects.filter(pk__in=_numbers(keys))
    return {str(pk): title for pk, title in found.values_list("pk", "title")}


def _categories(shopper: Shopper, keys: Collection[str]) -> Names:
    found = get_model("catalogue", "Category").objects.filter(pk__in=_numbers(keys))
    return {str(category.pk): category.name for category in found}


def _brands(shopper: Shopper, keys: Collection[str]) -> Names:
    return {key: key for key in keys}


def _lines(shopper: Shopper, keys: Collection[str]) -> Names:
    """Of her own orders alone, whatever the record says."""
    found = lines_of(shopper.user, shopper.now).filter(pk__in=_numbers(keys))
    rows = found.values_list("pk", "title", "order__number")
    return {
        str(pk): gettext("%(title)s, order %(number)s") % {"title": title, "number": number}
        for pk, title, number in rows
    }


def _numbers(keys: Collection[str]) -> list[int]:
    return [number for key in keys if (number := as_number(key)) is not None]


_NAMES: Mapping[Part, Callable[[Shopper, Collection[str]], Names]] = {
    Part.HIDDEN: _products,
    Part.LESS: _products,
    Part.BRANDS: _brands,
    Part.CATEGORIES: _categories,
    Part.LINES: _lines,
}
