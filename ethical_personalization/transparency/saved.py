"""What was saved, said on the next page without a session: a word in its address."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

#: Query parameter; its value is one of the words below and nothing else is ever shown for it.
SAVED = "ep-saved"

MESSAGES = {
    "choices": _("Your choices are saved. They hold from now on."),
    "likes": _("Your answers are saved. They hold from now on."),
    "unused": _("Saved. We do not use this any more."),
    "used": _("Saved. We use this again."),
    "paused": _("Paused. Nothing about you is used until you let it go on."),
    "paused_visit": _("Paused. Nothing about you is used in this browser until you close it."),
    "paused_days": _("Paused. It ends by itself, on the day that stands in your preferences."),
    "resumed": _("Saved. What you allow is used again."),
    "under_age": _("Saved. Nothing that makes a profile of you is offered any more."),
    "of_age": _("Saved. Nothing was switched on by that."),
    "said": _("Thank you. The shop reads it, without knowing that it came from you."),
    "said_again": _("Saved. It takes the place of what you said before."),
    "asked": _("Saved. You find the answer in your preferences, under “Questions and complaints”."),
    "hidden": _("Saved. Lists that are made for you do not show this product any more."),
    "shown": _("Undone. This product can be listed for you again."),
    "less": _("Saved. This product is gone from your lists, and what is like it counts for half."),
    "as_before": _("Undone. It counts as before."),
    "muted": _("Saved. It is in none of your lists and is no reason for anything any more."),
    "unmuted": _("Undone. It is used again."),
    "left_out": _("Saved. We do not use this order line any more."),
    "line_used": _("Undone. We use this order line again."),
    "off": _("Switched off for good. You can allow it again in your preferences."),
    "on_again": _("Undone. It is allowed again, as before."),
    "deleted": _("Deleted. We do not keep this any more."),
    "erasing": _(
        "Nothing about you is used from now on. It is deleted when the time to undo ends."
    ),
    "undone": _("Undone. Your data and your choices are as they were."),
    "link": _("If there is an order with this address, we have just sent a link to it."),
    "guest_erased": _(
        "Only what belongs to your orders is still here. The rest is not used any more, and is "
        "deleted when the time to undo ends."
    ),
    "guest_undone": _("Undone. What had your address is here again."),
}


def saved_message(request: HttpRequest) -> str:
    """The message that the address asks for, or nothing."""
    return str(MESSAGES.get(request.GET.get(SAVED, ""), ""))
