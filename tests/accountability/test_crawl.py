"""The crawl of a small shop: it finds what a project keeps, and names no person's data."""

from pathlib import Path

import oscar
import pytest
from boutique.models import LandingPage
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from oscar.apps.analytics.receivers import receive_product_view as record_view
from oscar.apps.catalogue.signals import product_viewed
from oscar.apps.customer.receivers import receive_product_view as keep_history
from oscar.core.loading import get_model

import ethical_personalization as ours
from ethical_personalization.accountability.addresses import Kinds
from ethical_personalization.accountability.frontier import Limits
from ethical_personalization.accountability.runs import crawl_in_process
from ethical_personalization.accountability.tables import changes, snapshot
from ethical_personalization.accountability.traces import Kind
from ethical_personalization.core.exceptions import PersonalizationError

pytestmark = pytest.mark.django_db
Product = get_model("catalogue", "Product")
LEAKS = "tests.accountability.leaks"


def found(report):
    """The findings as pairs of what kind and which name."""
    return {(t.kind.value, t.name) for t in report.traces if t.is_finding}


def leaking(settings, *names):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, *(f"{LEAKS}.{name}" for name in names)]


@pytest.fixture
def undone_gates():
    """Oscar's own receivers listen again, beside the gated ones."""
    for receiver in (record_view, keep_history):
        product_viewed.connect(receiver)
    yield
    for receiver in (record_view, keep_history):
        product_viewed.disconnect(receiver)


def test_crawl_finds_nothing_and_leaves_nothing_where_nothing_is_kept(crawl, mailoutbox):
    before = snapshot()
    report = crawl(with_garbage=True)
    assert report.pages > 50
    assert report.findings == ()
    assert changes(before, snapshot()) == []
    assert mailoutbox == []


def test_caches_of_the_shop_are_left_alone(crawl):
    cache.set("of-the-shop", "kept")
    seen = []

    def look(**kwargs):
        seen.append(cache.get("of-the-shop"))

    product_viewed.connect(look)
    crawl()
    assert set(seen) == {None}
    assert cache.get("of-the-shop") == "kept"


def test_oscars_cookie_of_viewed_products_is_found(crawl, undone_gates):
    assert ("cookie", "oscar_history") in found(crawl())


def test_oscars_rows_about_an_account_are_found(crawl, undone_gates, user):
    left = found(crawl(email=user.email))
    assert {("table", "analytics.UserProductView"), ("table", "analytics.UserRecord")} <= left


def test_cookie_session_and_row_of_middleware_are_found(crawl, settings):
    with connection.cursor() as cursor:  # a table without a model
        cursor.execute("CREATE TABLE seen (path varchar(200))")
    leaking(settings, "cookie", "session", "row_without_model")
    report = crawl()
    assert found(report) == {
        ("cookie", "visitor"),
        ("cookie", "sessionid"),
        ("table", "sessions.Session"),
        ("table", "seen"),
    }
    assert any("visits_#" in line for line in report.findings)


def test_changes_of_an_account_and_of_its_session_are_found_and_named(crawl, settings, user):
    leaking(settings, "session", "column_of_the_account")
    report = crawl(email=user.email)
    account = get_user_model()._meta.label
    assert {("table", "sessions.Session"), ("table", account)} <= found(report)
    (line,) = [line for line in report.findings if account in line][:1]
    assert "first_name" in line
    assert not any(user.email in line for line in report.findings)


def test_header_that_only_our_middleware_adds_is_found(crawl, monkeypatch):
    def finish(self, response):
        response.headers["X-Shopper"] = "1"
        response.headers["Vary"] = f"{response.headers.get('Vary', '')}, Sec-GPC"

    monkeypatch.setattr("ethical_personalization.shopper.shopper.Shopper.finish", finish)
    assert found(crawl()) == {("header", "X-Shopper"), ("header", "Vary: sec-gpc")}


def test_form_that_breaks_on_garbage_is_found_with_the_place_and_without_its_words(crawl, settings):
    leaking(settings, "error_on_forms")
    lines = [line for line in crawl(with_garbage=True).findings if "500" in line]
    assert "KeyError" in lines[0]
    assert "leaks.py" in lines[0]
    assert not any("what the visitor wrote" in line for line in lines)


@pytest.fixture
def oscars_templates(settings):
    """Oscar's templates as they are, in the place of the boutique's."""
    folders = [Path(module.__file__).parent / "templates" for module in (oscar, ours)]
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "APP_DIRS": False, "DIRS": folders}]


def test_fault_of_oscar_itself_is_told_but_is_no_finding(
    site, oscars_templates, catalogue, user, order
):
    placed = order(catalogue("Linen shirt"))
    page = reverse("customer:order", args=[placed.number])
    report = crawl_in_process(Limits(starts=(page,), most=1), email=user.email)
    told = {t.kind for t in report.traces if "order/line_detail.html" in t.reason}
    assert told == {Kind.ERROR}
    assert (Kind.ERROR, "500") not in found(report)


def test_crawl_says_so_if_no_product_could_be_added(crawl):
    Product.objects.update(is_public=False)
    assert {kind for kind, _name in found(crawl())} == {"gap"}


def test_each_type_of_page_is_a_kind_of_its_own(home):
    home.add_child(instance=LandingPage(title="Linen", slug="linen"))
    kinds = Kinds()
    found = {url: kinds.of(url) for url in ("/", "/linen/", "/linen/?page=2", "/none/")}
    assert found == {
        "/": "wagtail_serve homepage",
        "/linen/": "wagtail_serve landingpage",
        "/linen/?page=2": "wagtail_serve landingpage?",
        "/none/": "wagtail_serve ",
    }


def test_account_that_allowed_something_is_refused(crawl, client, allow, user):
    allow(client, "browsing", user=user)
    with pytest.raises(PersonalizationError, match="allowed something"):
        crawl(email=user.email)


@pytest.fixture
def command(starts):
    """Runs the command on the small shop."""

    def run(**options):
        call_command(
            "crawl_without_consent",
            start=list(starts),
            most=len(starts),
            with_garbage=False,
            **options,
        )

    return run


def test_command_ends_well_where_nothing_is_found_but_what_the_shop_allows(
    command, settings, capsys
):
    leaking(settings, "cookie")
    command(allow=["visitor"])
    assert "Nothing else was left." in capsys.readouterr().out


def test_command_fails_and_tells_what_it_found(command, settings, capsys):
    leaking(settings, "cookie")
    with pytest.raises(CommandError, match="findings"):
        command()
    assert "visitor" in capsys.readouterr().out


def test_command_refuses_an_account_that_is_none(command):
    with pytest.raises(CommandError, match="no account"):
        command(login="nobody@example.com")
