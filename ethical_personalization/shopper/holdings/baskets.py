"""Baskets: an account's, and the one that a browser without an account carries a cookie of."""

from django.utils.translation import gettext_lazy as _

from .holding import Goes, Holding

_KEPT = _("As long as your account; without one, until the shop clears its old baskets.")

PERSONAL = (
    Holding(
        model="basket.Basket",
        title=_("Your baskets"),
        told=("status", "date_created", "date_merged", "date_submitted"),
        silent=("id", "owner"),
        of_account="owner_id",
        of_basket="pk",
        goes=Goes.WITH_ACCOUNT,
        kept=_KEPT,
    ),
    Holding(
        model="basket.Line",
        title=_("What lies in your baskets"),
        told=("product__title", "quantity", "date_created", "date_updated"),
        silent=(
            "id",
            "basket",
            "line_reference",
            "stockrecord",
            "price_currency",
            "price_excl_tax",
            "price_incl_tax",
            "tax_code",
        ),
        of_account="basket__owner_id",
        of_basket="basket_id",
        goes=Goes.WITH_ACCOUNT,
        kept=_KEPT,
    ),
    Holding(
        model="basket.LineAttribute",
        title=_("What you asked for with things in your baskets"),
        told=("line__product__title", "option__name", "value"),
        silent=("id",),
        of_account="line__basket__owner_id",
        of_basket="line__basket_id",
        goes=Goes.WITH_ACCOUNT,
        kept=_KEPT,
    ),
    Holding(
        model="basket.Basket_vouchers",
        title=_("Vouchers in your baskets"),
        told=("voucher__name", "voucher__code"),
        silent=("id", "basket"),
        of_account="basket__owner_id",
        of_basket="basket_id",
        goes=Goes.WITH_ACCOUNT,
        kept=_KEPT,
    ),
)
