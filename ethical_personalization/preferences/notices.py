"""The words of the preference center's own questions."""

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language, gettext

from ethical_personalization.facts.stated import PURPOSE as STATED
from ethical_personalization.transparency.notice import Words


def center_notice(purposes: Sequence[Words]) -> Words:
    """The question in full, with a yes and a no for each purpose."""
    return {
        **_said("center", gettext("Your choices")),
        "intro": gettext(
            "Nothing is used until you say yes. The shop is complete without it, at the same "
            "prices, and you can change your mind here at any time."
        ),
        "purposes": list(purposes),
        "labels": {"yes": gettext("Yes"), "no": gettext("No")},
        "buttons": {
            "some": gettext("Save my choices"),
            "all": gettext("Allow all"),
            "none": gettext("Refuse all"),
        },
    }


def proposal_notice(purposes: Sequence[Words]) -> Words:
    """What was allowed on this device before login; the account decides for itself."""
    return {
        **_said("proposal", gettext("Shall this hold for your account?")),
        "intro": gettext(
            "You allowed this on this device before you logged in. It is off until you decide."
        ),
        "purposes": list(purposes),
        "buttons": {
            "all": gettext("Yes, for my account"),
            "none": gettext("No, not for my account"),
        },
    }


def confirmation_notice(purposes: Sequence[Words], answers: Mapping[str, bool]) -> Words:
    """The same purposes with the answers that are about to be saved."""
    answered = [words for words in purposes if words["key"] in answers]
    return {
        **_said("confirmation", gettext("Please confirm your choices")),
        "intro": gettext(
            "Nothing is saved yet. Either these choices did not come from a page of this shop, or "
            "our words have changed since you read them. Please look again."
        ),
        "purposes": answered,
        "answers": {
            words["key"]: gettext("Yes") if answers[words["key"]] else gettext("No")
            for words in answered
        },
        "buttons": {"some": gettext("Save these choices"), "leave": gettext("Save nothing")},
    }


def likes_notice(purposes: Sequence[Words]) -> Words:
    """The questions about taste, for who has not allowed their answers to be used."""
    return {
        **_said("likes", gettext("What you like")),
        "intro": gettext("With “Allow and save” you allow this use of your answers:"),
        "purposes": [words for words in purposes if words["key"] == STATED],
        "buttons": {"allow": gettext("Allow and save")},
    }


def changed_since(kind: str) -> Words:
    """For a refusal under words that are no longer the shop's; a refusal never waits."""
    return {**_said(kind, ""), "text": gettext("A refusal under words that have changed since.")}


def _said(kind: str, heading: str) -> Words:
    return {"kind": kind, "language": get_language() or "", "heading": heading}
