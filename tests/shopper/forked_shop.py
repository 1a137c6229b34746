"""Runs in a process of its own, in a shop whose settings name forks of Oscar's apps.

Makes the tables, walks through the shop as a logged-in shopper before and after her *yes*, and
prints what was kept about her. The empty tables are kept beside the shop for the next process.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from oscar.core.loading import get_model  # noqa: E402
from wagtail.models import Locale, Page, Site  # noqa: E402

from ethical_personalization.shopper.vault import open_record  # noqa: E402
from ethical_personalization.testing import consent_given, consent_refused  # noqa: E402

HISTORY = "oscar_history"
TABLES = Path("tables.sqlite3")


def main():
    _make_tables()
    call_command("check", fail_level="WARNING")
    locale = Locale.objects.create(language_code="en")
    root = Page.add_root(title="Root", slug="root", locale=locale)
    Site.objects.create(hostname="testserver", root_page=root, is_default_site=True)
    product, client = _product(), Client()
    client.force_login(get_user_model().objects.create_user("demo", "demo@example.com"))
    before = _walk(client, product)
    subject = consent_given(client, "browsing")
    after = _walk(client, product)
    viewed = list(open_record(subject.pk, "browsing").get("categories", {}))
    consent_refused(client, "browsing")
    apps_here = [apps.get_app_config(label).name for label in ("analytics", "customer")]
    said = {"apps": apps_here, "before": before, "after": after, "viewed": viewed, "end": _rows()}
    print(json.dumps(said))  # noqa: T201


def _make_tables():
    if not TABLES.exists():
        call_command("migrate", run_syncdb=True, verbosity=0, skip_checks=True)
        with closing(sqlite3.connect(TABLES)) as kept:
            connection.connection.backup(kept)
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(TABLES)) as kept:
        kept.backup(connection.connection)


def _product():
    kind = get_model("catalogue", "ProductClass").objects.create(name="Garment", track_stock=False)
    product = get_model("catalogue", "Product").objects.create(
        title="Dress", slug="dress", product_class=kind
    )
    product.categories.add(get_model("catalogue", "Category").add_root(name="Dresses"))
    partner = get_model("partner", "Partner").objects.create(name="Demo partner")
    product.stockrecords.create(partner=partner, partner_sku="dress", price=10)
    return product


def _walk(client, product):
    answers = [
        client.get(product.get_absolute_url()),
        client.get("/shop/search/", {"q": "dress"}),
        client.post(f"/shop/basket/add/{product.pk}/", {"quantity": 1}),
    ]
    return {
        "status": [answer.status_code for answer in answers],
        "history": HISTORY in client.cookies,
        **_rows(),
    }


def _rows():
    names = ("UserProductView", "UserSearch", "UserRecord")
    counted = get_model("analytics", "ProductRecord").objects.get()
    return {
        "rows": sum(get_model("analytics", name).objects.count() for name in names),
        "counted": [counted.num_views, counted.num_basket_additions],
    }


main()
