"""In which words a choice is offered: templates render them, and the ledger keeps the same."""

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.asking import WhyAsked
from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.core.text import Words as Text
from ethical_personalization.models import Purpose

from .responsible import responsible_in_words
from .screens import Words

WHY_ASKED: Mapping[WhyAsked, Text] = {
    WhyAsked.NEW: _("new"),
    WhyAsked.CHANGED: _("its terms have changed since your yes"),
    WhyAsked.BACK: _("it was off for a while, and your earlier yes does not count any more"),
    WhyAsked.ENDED: _("your yes has run out"),
}
DAYS_OF_A_YEAR = 365


def offered_purposes(site_id: int | None) -> list[Words]:
    """The purposes that a shopper may answer on at a site, in the shop's order. One query."""
    purposes = Purpose.objects.offered_on(site_id)
    return [words_of(purpose) for purpose in purposes if purpose.declaration is not None]


def asked_for_consent(purposes: Sequence[Words]) -> list[Words]:
    """Those that need a yes."""
    return [words for words in purposes if words["basis"] == LawfulBasis.CONSENT]


def open_to_choice(purposes: Sequence[Words]) -> list[Words]:
    """Those that a no can stop: all but what the contract itself needs."""
    return [words for words in purposes if words["basis"] != LawfulBasis.CONTRACT]


def banner_notice(
    purposes: Sequence[Words],
    controller: dict[str, str],
    asked: Mapping[str, WhyAsked] | None = None,
) -> Words:
    """The first question, at the foot of every page; with ``asked`` a later one about these."""
    return {
        "kind": "banner",
        "language": get_language() or "",
        **(_later_question() if asked else _first_question()),
        "about": gettext("It is about:"),
        "purposes": [_with_reason(words, (asked or {}).get(words["key"])) for words in purposes],
        "asked": {key: why.value for key, why in (asked or {}).items()},
        "buttons": {
            "all": gettext("Accept all"),
            "none": gettext("Refuse all"),
            "choose": gettext("Choose one by one"),
            "some": gettext("Save my choices"),
        },
        "link": gettext("Read more, or change this later"),
        "responsible": responsible_in_words(controller),
        "controller": controller,
    }


def _first_question() -> Words:
    return {
        "heading": gettext("May we make this shop fit you?"),
        "intro": gettext(
            "Only if you say so. Then we use what you allow to show you what fits, say why each "
            "time, and stop when you say stop. If you refuse, the shop is complete, at the same "
            "prices."
        ),
    }


def _later_question() -> Words:
    return {
        "heading": gettext("May we ask you about this?"),
        "intro": gettext(
            "Your other choices stay as they are. Until you answer, nothing is used for this; if "
            "you refuse, the shop is complete, at the same prices."
        ),
    }


def _with_reason(words: Words, why: WhyAsked | None) -> Words:
    return {**words, "why": str(WHY_ASKED.get(why, ""))} if why is not None else words


def words_of(purpose: Purpose) -> Words:
    """Whole sentences, so that nothing on screen is missing from what the ledger keeps."""
    declared = purpose.declaration
    return {
        "key": purpose.key,
        "basis": declared.basis.value if declared is not None else "",
        "title": purpose.words("title"),
        "benefit": purpose.words("benefit"),
        "data": gettext("We use: %(data)s") % {"data": purpose.words("data")},
        "kept": gettext("Your yes holds for %(period)s.")
        % {"period": period_in_words(purpose.retention_days)},
        "recipients": _recipients(purpose),
    }


def _recipients(purpose: Purpose) -> str:
    names = ", ".join(purpose.recipient_names)
    return gettext("Also goes to: %(names)s.") % {"names": names} if names else ""


def period_in_words(days: int) -> str:
    """In years where they come out even; otherwise to the day, because it is a promise."""
    years, rest = divmod(days, DAYS_OF_A_YEAR)
    if years and not rest:
        return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
