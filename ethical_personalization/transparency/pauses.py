"""The words of a pause, in the widget and in the preference center."""

from django.utils.translation import gettext

from ethical_personalization.core.periods import PAUSE

from .screens import Words


def pause_in_words() -> Words:
    """What a pause does and how far it reaches, said before the click, and its buttons."""
    return {
        "heading": gettext("Pause everything"),
        "intro": gettext(
            "One click stops every use of what we hold about you, at once. Nothing is deleted, "
            "nothing new is kept, and your choices stay as they are until they hold again."
        ),
        "reach": gettext(
            "“For this visit” holds in this browser until you close it, and is recorded nowhere. "
            "The others hold on all your devices and in e-mails, too."
        ),
        "buttons": {
            "visit": gettext("For this visit"),
            "days": gettext("For %(number)d days") % {"number": PAUSE.days},
            "on": gettext("Until I say so"),
            "off": gettext("Let my choices hold again"),
        },
    }
