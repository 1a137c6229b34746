"""Which purposes of ours read which table."""

from collections.abc import Mapping

from django.conf import settings

#: Stands for every purpose: what is sealed or recorded about a subject may serve any of them.
EVERY = "*"
_BY_APP: Mapping[str, tuple[str, ...]] = {
    "ethical_personalization": (EVERY,),
    "wagtail_personalisation": ("context",),
    "analytics": ("browsing",),
    "basket": ("browsing",),
    "wishlists": ("browsing",),
    "order": ("orders",),
}


def used_for(model: str) -> tuple[str, ...]:
    """Keys of purposes; none where only the shop itself uses the table."""
    if model in (settings.AUTH_USER_MODEL, f"{settings.AUTH_USER_MODEL}_groups"):
        return ("context",)
    return _BY_APP.get(model.split(".")[0], ())
