"""The purposes that every shop starts with. All are off until the shopper says yes."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.purposes import PurposeDeclaration


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
            data=_("Categories, brands, number and dates of your orders in the last two years."),
            data_categories=("Purchase",),
            sources=("orders",),
            retention=timedelta(days=730),
        ),
        PurposeDeclaration(
            key="browsing",
            title=_("What you look at"),
            benefit=_("Help that fits what you are looking for right now."),
            data=_(
                "What lies in your basket during a visit, the products you looked at last (your "
                "device keeps them), and how often you open the few pages whose visits we count."
            ),
            data_categories=("BrowsingBehavior", "PurchasesAndSpendingHabit"),
            sources=("basket", "pages", "products"),
            retention=timedelta(days=180),
        ),
        PurposeDeclaration(
            key="context",
            title=_("Technical context"),
            benefit=_("Content that suits your device and language."),
            data=_(
                "Kind of device, language, referring site, country, and whether you are logged in; "
                "looked at during a visit and not kept."
            ),
            data_categories=(
                "AccountIdentifier",
                "BrowsingReferral",
                "Country",
                "DeviceBased",
                "Language",
            ),
            sources=("request",),
            retention=timedelta(days=365),
        ),
    ]
