"""Shoppers and pages to attack."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from ethical_personalization.models import PreferenceQuestion
from ethical_personalization.preferences import guests
from ethical_personalization.shopper.holdings import HOLDINGS
from ethical_personalization.shopper.instructions import Part, leave_out
from tests.editor.conftest import (  # noqa: F401
    _blank_pages,
    blank_page,
    desk,
    editor,
    policy,
    save,
    styles,
    superuser,
)
from tests.filling import a_row_at
from tests.personalization.conftest import (  # noqa: F401
    allow,
    catalogue,
    home,
    landing,
    order,
    segment,
    site,
    user,
    variant,
)
from tests.security.ours import GUEST, forms_of, guests_token, orders_of_guest, pages_of

PASSWORD = "only-for-tests-1"
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def guests_order(db):
    """So that a link of hers is among our addresses."""
    for holding in HOLDINGS:
        if holding.model == "order.Order" and not orders_of_guest():
            a_row_at(holding.model_class, holding.of_guest, GUEST)


@pytest.fixture(autouse=True)
def _guests_link(guests_order, monkeypatch):
    """She may open it however often a test does."""
    monkeypatch.setattr(guests, "MAX_USES", 100_000)


@pytest.fixture
def guest(guests_order):
    """A browser without a cookie in which she opens the link from her e-mail."""
    client = Client(enforce_csrf_checks=True)
    client.letters = [reverse("ethical_personalization:guest_data", args=[guests_token()])]
    return client


@pytest.fixture
def question(db):
    """A question with answers of its own, and only that one."""
    PreferenceQuestion.objects.all().delete()
    return PreferenceQuestion.objects.create(
        key="fabric", title="Which fabrics do you like?", options="linen\nwool\nsilk"
    )


@pytest.fixture
def told(allow, question):  # noqa: F811
    """A browser whose shopper allowed everything and answered a question."""

    def make(user=None):  # noqa: F811
        client = Client(enforce_csrf_checks=True)
        purposes = ("stated", "orders", "browsing", "context")
        client.subject = allow(client, *purposes, user=user, fabric=["wool"])
        return client

    return make


@pytest.fixture
def account(db):
    """A maker of customers."""

    def make(name):
        return get_user_model().objects.create_user(name, f"{name}@example.com", PASSWORD)

    return make


@pytest.fixture
def forms(told, home, account, guest):  # noqa: F811
    """Each form of ours that a visitor, shopper, customer or guest meets, with her browser."""
    met = {}
    visitor, shopper, customer, leaving = (
        Client(enforce_csrf_checks=True),
        told(),
        told(account("somebody")),
        told(),
    )
    leave_out(shopper.subject.pk, Part.BRANDS, "Loud", now=shopper.subject.created_at)
    leaving.post("/preferences/your-data/erase/confirm/", {"do": "confirm"}, headers=SAME_ORIGIN)
    switching = told()
    off = {"control": "off", "value": "stated"}
    switched = switching.post("/preferences/control/", off, headers=SAME_ORIGIN)
    pages = [(switching, switched)]
    for client in (visitor, shopper, customer, leaving, guest):
        pages += [(client, page) for page in (client.get("/"), *pages_of(client))]
    for client, page in pages:
        for form in forms_of(page):
            pressed = [form.data.get(name, [""])[0] for name in ("use", "do")]
            key = (form.action, tuple(sorted(form.data)), *pressed)
            met.setdefault(key, (client, form))
    return list(met.values())
