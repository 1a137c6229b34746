"""What no "Undo" brings back, told before the click and after it."""

from django.utils.translation import gettext

from ethical_personalization.shopper.taken_off import Loss


def loss_before(loss: Loss) -> str:
    """Stands beside "Off for good"; empty where everything comes back."""
    if loss is Loss.ACCOUNT:
        return gettext(
            "“Off for good” also deletes what you looked at and searched for here. “Undo” does not "
            "bring it back."
        )
    if loss is Loss.DEVICE:
        return gettext(
            "“Off for good” also deletes the products you looked at last. “Undo” does not bring "
            "them back."
        )
    return ""


def loss_after(loss: Loss) -> str:
    """Stands above "Undo"; empty where everything comes back."""
    if loss is Loss.ACCOUNT:
        return gettext("What you looked at and searched for here was deleted and stays deleted.")
    if loss is Loss.DEVICE:
        return gettext("The products you looked at last were deleted and do not come back.")
    return ""
