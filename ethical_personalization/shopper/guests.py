"""Guests of the checkout: the e-mail address of their order is the way to prove who they are."""

import logging
from datetime import timedelta
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils import translation
from django_tasks import task
from oscar.core.loading import get_class, get_model

_SALT = "ethical_personalization.guest"
LINK_HOLDS = timedelta(hours=24)
#: A communication event type of Oscar's: the shop can reword it in the dashboard.
EVENT_CODE = "EP_GUEST_DATA"
#: For Oscar's dispatcher, whose line would name the address.
_silent = logging.getLogger(f"{__name__}.silent")
_silent.disabled = True


def find_guest_order(email: str) -> Any:
    """The newest order that was placed with this address and no account; None if there is none."""
    orders = get_model("order", "Order").objects.filter(user__isnull=True)
    return orders.filter(guest_email__iexact=email).order_by("-date_placed").first()


def make_token(order_pk: int) -> str:
    """Signed, and good for a day; an order says less in an address than an e-mail address."""
    return signing.dumps(order_pk, salt=_SALT)


def email_of_token(token: str) -> str:
    """The address that the link was sent to; empty where it ran out or is none of ours."""
    try:
        order_pk = signing.loads(token, salt=_SALT, max_age=LINK_HOLDS)
    except signing.BadSignature:
        return ""
    orders = get_model("order", "Order").objects.filter(pk=order_pk, user__isnull=True)
    return str(orders.values_list("guest_email", flat=True).first() or "")


@task()
def send_link(order_pk: int | None, language: str) -> None:
    """Send the link to the order's own address; nothing where there is no order.

    Enqueued in both cases, so that the answer to the form takes as long.
    """
    order = get_model("order", "Order").objects.filter(pk=order_pk).first()
    if order is None:
        return
    path = reverse("ethical_personalization:guest_data", args=[make_token(order.pk)])
    dispatcher = get_class("communication.utils", "Dispatcher")(logger=_silent)
    with translation.override(language):
        context = {"path": path, "hours": LINK_HOLDS // timedelta(hours=1)}
        messages = dispatcher.get_messages(EVENT_CODE, context)
        dispatcher.dispatch_direct_messages(order.guest_email, messages)
