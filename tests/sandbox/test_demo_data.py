"""The demo shop holds what its description promises."""

from collections import Counter
from datetime import date, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from boutique.demo.assortment import articles
from boutique.demo.customers import ADMIN, DEMO_PASSWORD, EDITOR, SHOPPER, people
from boutique.demo.purchases import purchases
from boutique.demo.shop import clear_shop, is_loaded
from boutique.demo.wishes import wishes
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.db.models import Count, F, Sum
from django.utils import timezone
from oscar.core.loading import get_class, get_model

Basket = get_model("basket", "Basket")
Category = get_model("catalogue", "Category")
Order = get_model("order", "Order")
OrderLine = get_model("order", "Line")
Product = get_model("catalogue", "Product")
ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")
Selector = get_class("partner.strategy", "Selector")
StockRecord = get_model("partner", "StockRecord")
UserRecord = get_model("analytics", "UserRecord")
WishList = get_model("wishlists", "WishList")

ATTRIBUTES = {"style", "colour", "size", "material", "brand", "arrived"}
TODAY = date(2026, 6, 15)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("boutique_data")]


def _codes(product):
    values = ProductAttributeValue.objects.filter(product=product)
    return set(values.values_list("attribute__code", flat=True))


def test_catalogue_has_enough_products_in_enough_categories():
    assert Product.objects.browsable().count() >= 160
    filled = Category.objects.filter(productcategory__isnull=False).distinct()
    assert filled.count() >= 8


def test_titles_and_codes_are_unique():
    listed = Product.objects.browsable()
    assert len({product.title for product in listed}) == listed.count()
    assert not Product.objects.filter(upc=None).exists()


def test_every_accessory_carries_every_attribute():
    for product in Product.objects.filter(structure="standalone"):
        assert _codes(product) == ATTRIBUTES


def test_every_garment_carries_its_attributes_and_its_sizes_carry_theirs():
    for parent in Product.objects.filter(structure="parent"):
        assert _codes(parent) == ATTRIBUTES - {"size"}
        assert parent.children.count() >= 5
    sizes = ProductAttributeValue.objects.filter(
        product__structure="child", attribute__code="size", value_option__isnull=False
    )
    assert sizes.count() == Product.objects.filter(structure="child").count()


def test_a_size_reads_the_attributes_of_its_garment():
    child = Product.objects.filter(structure="child").first()
    assert str(child.attr.style) == str(child.parent.attr.style)
    assert child.attr.arrived == child.parent.attr.arrived


def test_arrivals_are_spread_over_the_last_twelve_months(boutique_data):
    today = timezone.localdate(boutique_data.now)
    arrivals = ProductAttributeValue.objects.filter(attribute__code="arrived")
    dates = [value.value_date for value in arrivals]
    assert all(today - timedelta(days=365) <= day < today for day in dates)
    assert len({(day.year, day.month) for day in dates}) >= 11


def test_everything_has_a_price_and_some_of_it_is_sold_out_or_low():
    bought = Product.objects.exclude(structure="parent")
    assert StockRecord.objects.count() == bought.count()
    assert not StockRecord.objects.exclude(price__range=(20, 400)).exists()
    stock = Counter(min(record.net_stock_level, 4) for record in StockRecord.objects.all())
    assert stock[0] >= 10
    assert stock[1] + stock[2] + stock[3] >= 10
    assert stock[4] > StockRecord.objects.count() / 2


def test_prices_of_orders_are_those_of_the_shop():
    line = OrderLine.objects.select_related("product", "stockrecord").first()
    price = Selector().strategy().fetch_for_product(line.product).price
    assert line.unit_price_incl_tax == price.incl_tax
    assert line.unit_price_excl_tax == price.excl_tax


def test_there_are_enough_customers_and_orders():
    customers = get_user_model().objects.filter(is_staff=False, addresses__isnull=False)
    assert customers.count() >= 40
    assert Order.objects.count() >= 400
    assert Order.objects.values("user").distinct().count() >= 35


def test_all_customers_are_fictional():
    emails = get_user_model().objects.values_list("email", flat=True)
    assert all(email.endswith("@example.com") for email in emails)


def test_orders_lie_within_the_last_twelve_months(boutique_data):
    dates = Order.objects.values_list("date_placed", flat=True)
    assert all(boutique_data.now - timedelta(days=365) < day < boutique_data.now for day in dates)
    assert len({(day.year, day.month) for day in dates}) >= 11


def test_order_totals_equal_their_lines():
    summed = Order.objects.annotate(
        lines_total=Sum("lines__line_price_incl_tax"), number_of_lines=Count("lines")
    )
    assert all(order.total_incl_tax == order.lines_total for order in summed)
    assert all(order.number_of_lines for order in summed)
    odd = OrderLine.objects.exclude(line_price_incl_tax=F("unit_price_incl_tax") * F("quantity"))
    assert not odd.exists()


def test_orders_have_the_numbers_oscar_would_give():
    for order in Order.objects.select_related("basket", "shipping_address"):
        assert order.number == str(100_000 + order.basket_id)
        assert order.basket.status == Basket.SUBMITTED
        assert order.shipping_address.country_id


def test_order_numbers_follow_the_dates():
    dates = Order.objects.order_by("basket_id").values_list("date_placed", flat=True)
    assert all(earlier <= later for earlier, later in pairwise(dates))


def test_nothing_was_bought_before_it_arrived():
    lines = OrderLine.objects.select_related("order", "product__parent")
    for line in lines:
        article = line.product.parent or line.product
        assert article.date_created.date() <= line.order.date_placed.date()


def test_statistics_count_the_orders_and_nothing_else():
    for record in UserRecord.objects.select_related("user"):
        orders = record.user.orders.all()
        assert record.num_orders == orders.count()
        assert record.total_spent == sum(order.total_incl_tax for order in orders)
        assert record.date_last_order == max(order.date_placed for order in orders)
        assert record.num_product_views == record.num_basket_additions == 0


def test_orders_on_their_way_are_allocated():
    waiting = OrderLine.objects.exclude(status="Complete")
    allocated = StockRecord.objects.aggregate(total=Sum("num_allocated"))["total"] or 0
    assert allocated == sum(line.quantity for line in waiting)


def test_customers_buy_to_their_taste(boutique_data):
    bought = purchases(
        people(boutique_data.seed),
        articles(boutique_data.seed),
        seed=boutique_data.seed,
        today=TODAY,
    )
    lines = [
        (purchase.person.taste, line.article) for purchase in bought for line in purchase.lines
    ]
    liked = sum(article.style in taste.styles for taste, article in lines)
    assert liked / len(lines) > 0.4


def test_some_customers_keep_wish_lists_and_open_baskets():
    assert WishList.objects.filter(lines__isnull=False).distinct().count() >= 10
    baskets = Basket.objects.filter(status=Basket.OPEN, lines__isnull=False).distinct()
    assert baskets.count() >= 5
    for basket in baskets:
        for line in basket.lines.select_related("stockrecord"):
            assert line.quantity <= line.stockrecord.net_stock_level


def test_the_shopper_has_bought_several_linen_dresses():
    lines = OrderLine.objects.filter(order__user__email=SHOPPER, title__icontains="linen")
    dresses = lines.filter(product__parent__categories__slug="dresses")
    assert dresses.count() >= 3
    assert dresses.values("product__parent").distinct().count() == dresses.count()


@pytest.mark.parametrize("email", [SHOPPER, EDITOR, ADMIN])
def test_demo_accounts_can_log_in(email):
    assert authenticate(None, email=email, password=DEMO_PASSWORD).email == email


def test_the_editor_may_enter_wagtails_admin_and_is_no_superuser():
    editor = get_user_model().objects.get(email=EDITOR)
    assert editor.has_perm("wagtailadmin.access_admin")
    assert not editor.is_superuser


def test_the_editor_finds_the_desk_of_personalisation(client):
    client.force_login(get_user_model().objects.get(email=EDITOR))
    for screen in ("segments", "purposes", "questions"):
        assert client.get(f"/admin/personalization/{screen}/").status_code == 200


def test_the_same_seed_plans_the_same_shop():
    def plan(seed):
        articles.cache_clear()
        goods, persons = articles(seed), people(seed)
        return (
            goods,
            persons,
            purchases(persons, goods, seed=seed, today=TODAY),
            wishes(persons, goods, seed=seed),
        )

    assert plan(7) == plan(7)
    assert plan(7) != plan(8)


def test_loading_again_changes_nothing():
    told = StringIO()
    before = Order.objects.count(), Product.objects.count()
    call_command("load_boutique", stdout=told)
    assert "loaded already" in told.getvalue()
    assert (Order.objects.count(), Product.objects.count()) == before


def test_clearing_leaves_no_trace():
    clear_shop()
    assert not is_loaded()
    assert not Order.objects.exists()
    assert not Product.objects.exists()
    assert not get_user_model().objects.filter(email__endswith="@example.com").exists()
