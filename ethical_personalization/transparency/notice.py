"""In which words a choice is offered: templates render them, and the ledger keeps the same."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, gettext, ngettext

from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.models import Purpose

#: What is on screen, as JSON: text, lists and objects of text, nothing else.
Words = dict[str, Any]

DAYS_OF_A_YEAR = 365


def offered_purposes() -> list[Words]:
    """The purposes that a shopper may answer on, in the shop's order. One query."""
    purposes = Purpose.objects.filter(is_offered=True)
    return [words_of(purpose) for purpose in purposes if purpose.declaration is not None]


def asked_for_consent(purposes: Sequence[Words]) -> list[Words]:
    """Those that need a yes."""
    return [words for words in purposes if words["basis"] == LawfulBasis.CONSENT]


def open_to_choice(purposes: Sequence[Words]) -> list[Words]:
    """Those that a no can stop: all but what the contract itself needs."""
    return [words for words in purposes if words["basis"] != LawfulBasis.CONTRACT]


def banner_notice(purposes: Sequence[Words]) -> Words:
    """The first question, at the foot of every page."""
    return {
        "kind": "banner",
        "language": get_language() or "",
        "heading": gettext("May we make this shop fit you?"),
        "intro": gettext(
            "Only if you say so. Then we use what you allow to show you what fits, say why each "
            "time, and stop when you say stop. If you refuse, the shop is complete, at the same "
            "prices."
        ),
        "about": gettext("It is about:"),
        "purposes": list(purposes),
        "buttons": {
            "all": gettext("Accept all"),
            "none": gettext("Refuse all"),
            "choose": gettext("Choose one by one"),
            "some": gettext("Save my choices"),
        },
        "link": gettext("Read more, or change this later"),
    }


def fingerprint(words: Mapping[str, object]) -> str:
    """Travels with a form, so that a choice is only taken under the words that were on screen."""
    canonical = json.dumps(words, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


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
        % {"period": _kept(purpose.retention_days)},
        "recipients": _recipients(purpose),
    }


def _recipients(purpose: Purpose) -> str:
    names = ", ".join(purpose.recipient_names)
    return gettext("Also goes to: %(names)s.") % {"names": names} if names else ""


def _kept(days: int) -> str:
    """In years where they come out even; otherwise to the day, because it is a promise."""
    years, rest = divmod(days, DAYS_OF_A_YEAR)
    if years and not rest:
        return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
