"""How each purpose stands for this shopper, in words, and what she can do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.consent import NEGATIVE, Bar, ConsentStatus, Permission
from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.core.rights import RIGHTS, Right
from ethical_personalization.core.text import Words as Text
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.transparency.screens import Words

from .effects import Effects

_STATUS: Mapping[ConsentStatus, Text] = {
    ConsentStatus.GIVEN: _("On since %(date)s."),
    ConsentStatus.REFUSED: _("Off. You refused on %(date)s."),
    ConsentStatus.WITHDRAWN: _("Off. You took your yes back on %(date)s."),
    ConsentStatus.OBJECTED: _("Off. You objected on %(date)s."),
    ConsentStatus.EXPIRED: _("Off. Your yes of %(date)s has run out; please choose again."),
    ConsentStatus.INVALIDATED: _(
        "Off. The terms have changed since your yes of %(date)s; please choose again."
    ),
}
_BEFORE_A_BREAK = _(
    "Off. It was switched off for a while after your yes of %(date)s; please choose again."
)
_ANSWERS = {
    ConsentStatus.GIVEN: "yes",
    ConsentStatus.REFUSED: "no",
    ConsentStatus.WITHDRAWN: "no",
    ConsentStatus.OBJECTED: "no",
}
_BARS: Mapping[Bar, Text] = {
    Bar.RESTRICTED: _("Paused with everything else."),
    Bar.GPC: _("Off in this browser because of Global Privacy Control, until you choose it here."),
}


@dataclass(frozen=True, kw_only=True)
class ChoiceCard:
    """A purpose with its state. ``answer`` is "yes", "no" or, to be chosen, empty.

    ``bar`` says why it is not used although nothing she chose stops it. ``is_narrowed`` says that
    the account allows it and only this device does not. ``effects`` is what the shop does with it
    now; None where that can't be told.
    """

    purpose: Words
    status: str
    answer: str
    is_on: bool
    is_narrowed: bool
    bar: str
    effects: Sequence[str] | None


def choice_cards(shopper: Shopper, purposes: Sequence[Words], effects: Effects) -> list[ChoiceCard]:
    """One card for each of ``purposes``."""
    return [_card(shopper, words, effects) for words in purposes]


def _card(shopper: Shopper, words: Words, effects: Effects) -> ChoiceCard:
    key, consent = words["key"], shopper.consent
    permission = consent.permission(key, now=shopper.now)
    may_object = Right.OBJECT in RIGHTS[LawfulBasis(words["basis"])]
    refused_here, choice = consent.refused_here.get(key), consent.choices.get(key)
    is_on = key in shopper.permitted
    at = refused_here or (choice.at if choice is not None else None)
    status = _in_words(permission, at, may_object=may_object, is_on=is_on)
    if permission.status is ConsentStatus.INVALIDATED and consent.is_from_before_a_break(key):
        status = _dated(_BEFORE_A_BREAK, at)
    return ChoiceCard(
        purpose=words,
        status=status,
        answer=_answer(permission),
        is_on=is_on,
        is_narrowed=(
            refused_here is not None and choice is not None and choice.status is ConsentStatus.GIVEN
        ),
        bar=_bar(permission),
        effects=effects.of_purposes.get(key, ()) if effects.are_known else None,
    )


def _answer(permission: Permission) -> str:
    """What stands there already; nothing where her browser overrules it, so that she can choose."""
    if permission.barred_by is Bar.GPC and permission.status not in NEGATIVE:
        return ""
    return _ANSWERS.get(permission.status, "")


def _bar(permission: Permission) -> str:
    """Why it is not used, where she could think that it is."""
    if permission.barred_by is None or permission.status in NEGATIVE:
        return ""
    return str(_BARS.get(permission.barred_by, ""))


def _in_words(permission: Permission, at: datetime | None, *, may_object: bool, is_on: bool) -> str:
    status = permission.status
    if may_object and status not in NEGATIVE:
        return gettext("On until you object.") if is_on else gettext("Not used now.")
    if status not in _STATUS or at is None:
        return gettext("Off. You have not answered yet.")
    is_barred = status is ConsentStatus.GIVEN and not is_on
    words = gettext("You said yes on %(date)s.") if is_barred else str(_STATUS[status])
    return _dated(words, at)


def _dated(words: Text, at: datetime | None) -> str:
    return str(words) % {"date": date_format(timezone.localtime(at), "DATE_FORMAT") if at else ""}
