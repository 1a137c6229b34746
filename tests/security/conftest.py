"""Shoppers and pages to attack."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from ethical_personalization.models import PreferenceQuestion
from ethical_personalization.shopper.instructions import Part, leave_out
from tests.editor.conftest import (  # noqa: F401
    _blank_forms,
    blank_form,
    desk,
    editor,
    policy,
    save,
    styles,
    superuser,
)
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
from tests.security.ours import forms_of, pages_of

PASSWORD = "only-for-tests-1"
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


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
def forms(told, home, account):  # noqa: F811
    """Each form of ours that a visitor, a shopper or a customer meets, with her browser."""
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
    for client in (visitor, shopper, customer, leaving):
        pages += [(client, page) for page in (client.get("/"), *pages_of(client))]
    for client, page in pages:
        for form in forms_of(page):
            key = (form.action, tuple(sorted(form.data)), form.data.get("use", [""])[0])
            met.setdefault(key, (client, form))
    return list(met.values())
