"""How each purpose stands for this shopper, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.consent import ConsentStatus
from ethical_personalization.core.text import Words as Text
from ethical_personalization.shopper.shopper import Shopper
from ethical_personalization.transparency.screens import Words

_STATUS: Mapping[ConsentStatus, Text] = {
    ConsentStatus.GIVEN: _("On since %(date)s."),
    ConsentStatus.REFUSED: _("Off. You refused on %(date)s."),
    ConsentStatus.WITHDRAWN: _("Off. You took your yes back on %(date)s."),
    ConsentStatus.EXPIRED: _("Off. Your yes of %(date)s has run out; please choose again."),
    ConsentStatus.INVALIDATED: _(
        "Off. The terms have changed since your yes of %(date)s; please choose again."
    ),
}
_ANSWERS = {
    ConsentStatus.GIVEN: "yes",
    ConsentStatus.REFUSED: "no",
    ConsentStatus.WITHDRAWN: "no",
}


@dataclass(frozen=True, kw_only=True)
class ChoiceCard:
    """A purpose with its state. ``answer`` is "yes", "no" or, to be chosen, empty.

    ``is_narrowed`` says that the account allows it and only this device does not.
    """

    purpose: Words
    status: str
    answer: str
    is_on: bool
    is_narrowed: bool


def choice_cards(shopper: Shopper, purposes: Sequence[Words]) -> list[ChoiceCard]:
    """One card for each of ``purposes``."""
    return [_card(shopper, words) for words in purposes]


def _card(shopper: Shopper, words: Words) -> ChoiceCard:
    key, consent = words["key"], shopper.consent
    status = consent.status(key, now=shopper.now)
    refused_here = consent.refused_here.get(key)
    choice = consent.choices.get(key)
    return ChoiceCard(
        purpose=words,
        status=_in_words(status, refused_here or (choice.at if choice is not None else None)),
        answer=_ANSWERS.get(status, ""),
        is_on=status is ConsentStatus.GIVEN,
        is_narrowed=(
            refused_here is not None and choice is not None and choice.status is ConsentStatus.GIVEN
        ),
    )


def _in_words(status: ConsentStatus, at: datetime | None) -> str:
    if status not in _STATUS or at is None:
        return gettext("Off. You have not answered yet.")
    return str(_STATUS[status]) % {"date": date_format(timezone.localtime(at), "DATE_FORMAT")}
