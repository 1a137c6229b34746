"""Everything a shop needs works alike for who allowed something and who did not."""

import pytest
from django.contrib.auth import get_user_model
from oscar.core.loading import get_model

from ethical_personalization.models import Purpose
from ethical_personalization.testing import consent_given, consent_refused

pytestmark = pytest.mark.django_db
ACCOUNT = ["profile/", "orders/", "addresses/", "emails/", "wishlists/", "notifications/inbox/"]


@pytest.fixture(params=["allowed", "refused", "not asked"])
def shopper(request, client, boutique_data):
    if request.param == "allowed":
        consent_given(client, *Purpose.objects.values_list("key", flat=True))
    elif request.param == "refused":
        consent_refused(client, *Purpose.objects.values_list("key", flat=True))
    return client


def test_catalogue_search_product_and_basket(shopper):
    product = get_model("catalogue", "Product").objects.browsable().first()
    for path in ("/shop/catalogue/", "/shop/search/?q=linen", product.get_absolute_url()):
        assert shopper.get(path).status_code == 200
    child = get_model("catalogue", "Product").objects.filter(stockrecords__num_in_stock__gt=5)[0]
    shopper.post(f"/shop/basket/add/{child.parent_id or child.pk}/", _form(child))
    assert child.get_title() in shopper.get("/shop/basket/").content.decode()


def _form(product):
    return {"quantity": 1, "child_id": product.pk}


def test_registration_and_account_pages(shopper):
    answer = shopper.post(
        "/shop/accounts/login/",
        {
            "registration-email": "newcomer@example.com",
            "registration-password1": "a-demo-password-1",
            "registration-password2": "a-demo-password-1",
            "registration_submit": "Register",
        },
    )
    assert answer.status_code == 302
    assert get_user_model().objects.filter(email="newcomer@example.com").exists()
    for path in ACCOUNT:
        assert shopper.get(f"/shop/accounts/{path}").status_code == 200, path
    assert shopper.get("/preferences/").status_code == 200
