"""The purposes that every shop starts with. All are off until the shopper says yes."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ethical_personalization.conf import conf
from ethical_personalization.core.purposes import PurposeDeclaration

#: A source of *what you look at*, where the shop lets Oscar keep its rows.
SEARCHES = "searches"


def default_purposes() -> Sequence[PurposeDeclaration]:
    """Four purposes, in the order in which they are asked."""
    return [
        PurposeDeclaration(
            key="stated",
            title=_("What you tell us"),
            benefit=_("Lists and pages that fit the styles, colours and sizes you choose."),
            data=_("Only the answers you give in your preferences."),
            data_categories=("Preference",),
            sources=("shopper",),
            retention=timedelta(days=730),
        ),
        PurposeDeclaration(
            key="orders",
            title=_("What you bought"),
            benefit=_(
                "Suggestions that go with what you already have, and thanks for coming back."
            ),
            data=_(
                "Categories, brands, number and dates of your orders in the last two years, and "
                "whether you have ordered before."
            ),
            data_categories=("Purchase",),
            sources=("orders",),
            retention=timedelta(days=730),
        ),
        _browsing(),
        _context(),
    ]


def _browsing() -> PurposeDeclaration:
    """What it is about depends on whether the shop lets Oscar keep its rows."""
    data = _(
        "What lies in your basket and on your wish lists during a visit. At most twenty categories "
        "you looked at, and for each the last day. The products you looked at last, which your "
        "device keeps. How often you open the few pages whose visits we count."
    )
    rows = _(
        "In your account the shop also keeps each product you look at and what you search for. "
        "It counts how often you put something into your basket."
    )
    sources = ("basket", "categories", "pages", "products", "wishlists")
    return PurposeDeclaration(
        key="browsing",
        title=_("What you look at"),
        benefit=_("Help that fits what you are looking for right now."),
        data=format_lazy("{} {}", data, rows) if conf.keeps_oscar_rows else data,
        data_categories=("BrowsingBehavior", "Interest", "PurchasesAndSpendingHabit"),
        sources=(*sources, SEARCHES) if conf.keeps_oscar_rows else sources,
        retention=timedelta(days=180),
    )


def _context() -> PurposeDeclaration:
    return PurposeDeclaration(
        key="context",
        title=_("Technical context"),
        benefit=_("Content that suits your device and language."),
        data=_(
            "Kind of device, language and country. The page that led you here, and words in the "
            "address you came with. Whether you are logged in, and which groups and lists of the "
            "shop your account is in. We look at this during a visit and do not keep it."
        ),
        data_categories=(
            "AccountIdentifier",
            "BrowsingReferral",
            "Country",
            "DeviceBased",
            "GroupMembership",
            "Language",
        ),
        sources=("account", "request"),
        retention=timedelta(days=365),
    )
