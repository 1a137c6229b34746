"""Tables that a shopper's rows point to and that are the same for everybody."""

from collections.abc import Mapping

#: By model, what it holds; whatever a holding leads to and that is not here fails the tests.
SHARED: Mapping[str, str] = {
    "address.Country": "countries",
    "auth.Group": "groups of accounts",
    "catalogue.Option": "what can be asked for with a product",
    "catalogue.Product": "products",
    "order.PaymentEventType": "kinds of payments",
    "order.ShippingEventType": "kinds of deliveries",
    "partner.Partner": "who supplies products",
    "partner.StockRecord": "what products cost and how many there are",
    "payment.SourceType": "ways to pay",
    "sites.Site": "sites",
    "voucher.Voucher": "vouchers",
    "wagtailcore.Site": "sites",
}
