"""Oscar's own rows about an account: kept only where the shop and the shopper both want them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from oscar.core.loading import get_model

from ethical_personalization.core.registry import purposes
from ethical_personalization.facts.defaults import default_purposes
from ethical_personalization.models import PurposeVersion, SensitiveCategory, Subject
from ethical_personalization.models.purposes import create_declared
from ethical_personalization.shopper import keeping
from ethical_personalization.testing import consent_given, consent_refused, registered

pytestmark = pytest.mark.django_db
ROWS = ("UserProductView", "UserSearch", "UserRecord")


def rows():
    return {name: get_model("analytics", name).objects.count() for name in ROWS}


NONE = dict.fromkeys(ROWS, 0)
ALL = dict.fromkeys(ROWS, 1)


@pytest.fixture
def product(home, catalogue):
    return catalogue("Dress")


@pytest.fixture
def walk(client, product):
    """Looks at a product, searches and puts it into the basket."""

    def take(query="dress"):
        client.get(product.get_absolute_url())
        client.get("/shop/search/", {"q": query})
        client.post(f"/shop/basket/add/{product.pk}/", {"quantity": 1})

    return take


@pytest.fixture
def shop_keeps_rows(settings, db):
    """The setting, and the words that go with it as ``migrate`` brings them."""
    settings.ETHICAL_PERSONALIZATION_OSCAR_ROWS = True
    with registered(*default_purposes()):
        create_declared(purposes.declared().values())
        yield


@pytest.fixture
def account(client, user):
    client.force_login(user)
    return user


def test_rows_name_the_account_that_permits_them(client, shop_keeps_rows, account, walk):
    consent_given(client, "browsing")
    walk()
    assert rows() == ALL
    record = get_model("analytics", "UserRecord").objects.get(user=account)
    assert (record.num_product_views, record.num_basket_additions) == (1, 1)


def test_words_name_the_rows_only_where_they_are_kept(settings):
    said = [str(default_purposes()[2].data)]
    settings.ETHICAL_PERSONALIZATION_OSCAR_ROWS = True
    said.append(str(default_purposes()[2].data))
    assert ["what you search for" in words for words in said] == [False, True]


def test_view_of_what_is_sensitive_is_not_kept_and_an_older_one_goes_by_night(
    client, shop_keeps_rows, account, catalogue, product, walk
):
    consent_given(client, "browsing")
    walk()
    faith = catalogue.category("Faith")
    product.categories.add(faith)
    SensitiveCategory.objects.create(category=faith)
    assert rows() == ALL
    call_command("enforce_retention", "--only", "oscar_rows", verbosity=0)
    assert rows() == ALL | {"UserProductView": 0}
    client.get(product.get_absolute_url())
    assert rows()["UserProductView"] == 0
    counted = get_model("analytics", "ProductRecord").objects.get(product=product)
    assert counted.num_views == 2


def test_nobody_else_is_named(client, shop_keeps_rows, account, walk):
    consent_given(client, "stated", "orders", "context")
    walk()
    assert rows() == NONE


def test_device_that_refused_names_no_account(client, shop_keeps_rows, user, allow, walk):
    consent_refused(client, "browsing")
    allow(client, "browsing", user=user)
    walk()
    assert rows() == NONE


def test_products_are_counted_once_either_way(client, shop_keeps_rows, account, walk, product):
    walk()
    consent_given(client, "browsing")
    walk()
    counted = get_model("analytics", "ProductRecord").objects.get(product=product)
    assert (counted.num_views, counted.num_basket_additions) == (2, 2)


def test_words_without_the_rows_allow_none(client, settings, account, walk):
    """The setting was turned on, and ``migrate`` has not brought its words yet."""
    settings.ETHICAL_PERSONALIZATION_OSCAR_ROWS = True
    consent_given(client, "browsing")
    walk()
    assert rows() == NONE


def test_setting_is_a_material_change_that_is_asked_again(client, settings, account, walk):
    consent_given(client, "browsing")
    settings.ETHICAL_PERSONALIZATION_OSCAR_ROWS = True
    with registered(*default_purposes()):
        create_declared(purposes.declared().values())
        walk()
        assert rows() == NONE
    versions = PurposeVersion.objects.filter(purpose__key="browsing").order_by("number")
    assert ["searches" in version.material["sources"] for version in versions] == [False, True]


def test_search_is_cut_to_what_a_row_holds(client, shop_keeps_rows, account, walk):
    consent_given(client, "browsing")
    walk(query="x" * 5000)
    assert get_model("analytics", "UserSearch").objects.get().query == "x" * 255


def test_view_during_the_withdrawal_leaves_no_row(
    client, shop_keeps_rows, account, walk, monkeypatch
):
    consent_given(client, "browsing")
    load = keeping.load_consent

    def withdrawn_meanwhile(subject, *args):
        consent_refused(client, "browsing")
        return load(subject, *args)

    monkeypatch.setattr(keeping, "load_consent", withdrawn_meanwhile)
    walk()
    assert rows() == NONE


@pytest.fixture
def collected(user, product):
    """What Oscar kept about an account, also of the time before we were installed."""

    def make(owner=user):
        get_model("analytics", "UserProductView").objects.create(user=owner, product=product)
        get_model("analytics", "UserSearch").objects.create(user=owner, query="dress")
        return get_model("analytics", "UserRecord").objects.create(
            user=owner, num_product_views=7, num_basket_additions=2, num_orders=3
        )

    return make


def test_withdrawal_deletes_the_rows_and_leaves_the_statistics_of_orders(
    client, account, collected
):
    consent_given(client, "browsing")
    record = collected()
    consent_refused(client, "browsing")
    record.refresh_from_db()
    assert rows() == {**NONE, "UserRecord": 1}
    assert (record.num_product_views, record.num_basket_additions, record.num_orders) == (0, 0, 3)


def test_withdrawal_in_the_preference_center_does_so_too(client, account, collected):
    consent_given(client, "browsing")
    collected()
    body = {"where": "center", "answer": "some", "choice-browsing": "no"}
    client.post("/preferences/choices/", body, headers={"sec-fetch-site": "same-origin"})
    assert rows() == {**NONE, "UserRecord": 1}


def test_withdrawal_by_login_does_so_too(client, user, answered, collected):
    an_hour_ago = timezone.now() - timedelta(hours=1)
    answered(an_hour_ago, Subject.objects.create(user=user), browsing=True)
    collected()
    consent_refused(client, "browsing")
    named = {"login-username": user.email, "login-password": "demo-pass-1"}
    client.post("/shop/accounts/login/", {**named, "login_submit": "Log In"})
    assert rows() == {**NONE, "UserRecord": 1}


def test_withdrawal_leaves_the_rows_of_others(client, account, collected, django_user_model):
    consent_given(client, "browsing")
    collected(django_user_model.objects.create_user("other", "other@example.com", "demo-pass-2"))
    consent_refused(client, "browsing")
    assert rows() == ALL
    assert get_model("analytics", "UserRecord").objects.get().num_product_views == 7


def test_withdrawal_of_something_else_leaves_the_rows(client, account, collected):
    consent_given(client, "browsing", "stated")
    collected()
    consent_refused(client, "stated")
    assert rows() == ALL


def test_withdrawal_of_who_has_no_account_touches_no_row(client, collected):
    consent_given(client, "browsing")
    collected()
    consent_refused(client, "browsing")
    assert rows() == ALL
    assert Subject.objects.get().user is None
