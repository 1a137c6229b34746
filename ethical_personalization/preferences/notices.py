"""The words of the preference center's own questions."""

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language, gettext

from ethical_personalization.core.purposes import LawfulBasis
from ethical_personalization.core.rights import RIGHTS, Right
from ethical_personalization.facts.stated import PURPOSE as STATED
from ethical_personalization.shopper.taken_off import Loss
from ethical_personalization.transparency.completeness import with_full_terms
from ethical_personalization.transparency.losses import loss_after
from ethical_personalization.transparency.notice import asked_for_consent
from ethical_personalization.transparency.pauses import pause_in_words
from ethical_personalization.transparency.responsible import responsible_in_words
from ethical_personalization.transparency.screens import Words

Controller = dict[str, str]


def center_notice(
    purposes: Sequence[Words], controller: Controller, before: Mapping[str, str]
) -> Words:
    """The question in full, with a yes and a no for each purpose.

    ``before`` says which of both was chosen when the page was opened, by the purpose's key.
    """
    return {
        **_said("center", gettext("Your choices"), controller),
        **(_all_asked() if asked_for_consent(purposes) == list(purposes) else _some_unasked()),
        "purposes": [with_full_terms(words, controller) for words in purposes],
        "before": {words["key"]: before.get(words["key"], "") for words in purposes},
        "may_object": [words["key"] for words in purposes if _may_object(words)],
        "labels": {
            "yes": gettext("Yes"),
            "no": gettext("No"),
            "agrees": gettext("No objection"),
            "objects": gettext("I object"),
        },
        "buttons": {
            "some": gettext("Save my choices"),
            "all": gettext("Allow all"),
            "none": gettext("Refuse all"),
        },
    }


def proposal_notice(purposes: Sequence[Words], controller: Controller) -> Words:
    """What was allowed on this device before login; the account decides for itself."""
    return {
        **_said("proposal", gettext("Shall this hold for your account?"), controller),
        "intro": gettext(
            "You allowed this on this device before you logged in. It is off until you decide."
        ),
        "purposes": list(purposes),
        "buttons": {
            "all": gettext("Yes, for my account"),
            "none": gettext("No, not for my account"),
        },
    }


def confirmation_notice(
    purposes: Sequence[Words], answers: Mapping[str, bool], controller: Controller
) -> Words:
    """The same purposes with the answers that are about to be saved."""
    answered = [words for words in purposes if words["key"] in answers]
    return {
        **_said("confirmation", gettext("Please confirm your choices"), controller),
        "intro": gettext(
            "Nothing is saved yet. Either these choices did not come from a page of this shop, or "
            "our words or your choices have changed since you opened it. Please look again."
        ),
        "purposes": answered,
        "answers": {
            words["key"]: gettext("Yes") if answers[words["key"]] else gettext("No")
            for words in answered
        },
        "buttons": {"some": gettext("Save these choices"), "leave": gettext("Save nothing")},
    }


def own_answer_notice(
    purposes: Sequence[Words], answers: Mapping[str, bool], controller: Controller
) -> Words:
    """The same for an answer that somebody else may have given, on a page that is not hers."""
    return {
        **confirmation_notice(purposes, answers, controller),
        "kind": "own_answer",
        "heading": gettext("Is this your answer?"),
        "intro": gettext(
            "Nothing is saved yet. You have logged in or out since that page was opened, or it is "
            "the same for everybody, so we can’t tell whose answer this is. Please look again."
        ),
    }


def likes_notice(purposes: Sequence[Words], controller: Controller) -> Words:
    """The questions about taste, for who has not allowed their answers to be used."""
    return {
        **_said("likes", gettext("What you like"), controller),
        "intro": gettext("With “Allow and save” you allow this use of your answers:"),
        "purposes": [words for words in purposes if words["key"] == STATED],
        "buttons": {"allow": gettext("Allow and save")},
    }


def likes_confirmation_notice(purposes: Sequence[Words], controller: Controller) -> Words:
    """The same once more, on a page of its own."""
    words = likes_notice(purposes, controller)
    buttons = {**words["buttons"], "leave": gettext("Save nothing")}
    return {**words, "kind": "likes_confirmation", "buttons": buttons}


def registration_notice(purposes: Sequence[Words], controller: Controller) -> Words:
    """The same questions beside the form that opens an account; a box of its own says yes."""
    return {
        **_said("registration", gettext("What you like (optional)"), controller),
        "intro": gettext("Your answers are kept only if you allow this use of them:"),
        "purposes": [words for words in purposes if words["key"] == STATED],
        "buttons": {"allow": gettext("Yes, keep my answers and use them for this")},
    }


def pause_notice() -> Words:
    """The buttons that stop everything, and the one that lets it go on."""
    words = pause_in_words()
    return {**_said("pause", words["heading"], {}), **words}


def off_notice() -> Words:
    """The button beside something personalised that takes back what it rests on."""
    return {
        **_said("off", gettext("Off for good"), {}),
        "intro": gettext("Takes back what you allowed for this. It is used for nothing any more."),
        "buttons": {"none": gettext("Off for good")},
    }


def undo_notice(purposes: Sequence[Words], controller: Controller, *, loss: Loss) -> Words:
    """The way back from *Off for good*: a yes to the same purposes under their terms of today."""
    return {
        **_said("undo", gettext("Undo"), controller),
        "intro": gettext("With “Undo” you allow this again, and what we kept for it is back:"),
        "purposes": [with_full_terms(words, controller) for words in purposes],
        "lost": loss_after(loss),
        "buttons": {"all": gettext("Undo"), "leave": gettext("Leave it off")},
    }


def age_notice(limit: int) -> Words:
    """For who is below the age of this shop; a note is kept, and no birthday."""
    return {
        **_said("age", gettext("If you are under %(age)d") % {"age": limit}, {}),
        "intro": gettext(
            "Then nothing that makes a profile of you is offered, and what you allowed of it is "
            "taken back. We keep only this note, and the year if you choose one, not your birthday."
        ),
        "buttons": {
            "under": gettext("I am under %(age)d") % {"age": limit},
            "of_age": gettext("I am %(age)d or older") % {"age": limit},
        },
    }


def changed_since(kind: str) -> Words:
    """For a refusal under words that are no longer the shop's; a refusal never waits."""
    return {
        **_said(kind, "", {}),
        "kind": f"{kind}_changed",
        "text": gettext("A refusal under words that have changed since."),
    }


def _may_object(words: Words) -> bool:
    return Right.OBJECT in RIGHTS[LawfulBasis(words["basis"])]


def _all_asked() -> Words:
    return {
        "intro": gettext(
            "Nothing is used until you say yes. The shop is complete without it, at the same "
            "prices, and you can change your mind here at any time."
        )
    }


def _some_unasked() -> Words:
    """Where a purpose rests on legitimate interest, it says so itself."""
    return {
        "intro": gettext(
            "What needs your yes is not used until you give it. The shop is complete without any "
            "of this, at the same prices, and you can change your mind here at any time."
        ),
        "unasked": gettext(
            "This needs no yes; the law allows it in the interest of the shop. You can object at "
            "any time, without a reason."
        ),
    }


def _said(kind: str, heading: str, controller: Controller) -> Words:
    return {
        "kind": kind,
        "language": get_language() or "",
        "heading": heading,
        "responsible": responsible_in_words(controller),
        "controller": controller,
    }
