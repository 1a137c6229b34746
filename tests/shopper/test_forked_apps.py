"""Oscar's collection is gated as well where a shop runs copies of Oscar's apps of its own.

Each shop is real: forked by Oscar's command, installed by our documentation, in its own process.
"""

import json
import os
import subprocess
import sys
from contextlib import chdir
from io import StringIO

import pytest
from django.core.management import call_command

from tests.pages import ROOT, page

FORKS = ("analytics", "customer", "basket", "catalogue", "search")

SETTINGS = """
import os
from tests.bare_shop.settings import *

ROOT_URLCONF = "shop_urls"
ALLOWED_HOSTS = ["testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class NoMigrations:
    def __contains__(self, label):
        return True

    def __getitem__(self, label):
        return None


MIGRATION_MODULES = NoMigrations()
"""

FORKED = """
for number, path in enumerate(INSTALLED_APPS):
    label = path.removeprefix("oscar.apps.").split(".")[0]
    if label in {forks} and path.count(".") == 4:
        INSTALLED_APPS[number] = path.replace("oscar.apps", "forks")
"""

#: It leaves Oscar's receivers out and has one of another name that does what they did.
OWN_ANALYTICS = """
from django.dispatch import receiver
from oscar.apps.catalogue.signals import product_viewed
from oscar.core.loading import get_model


@receiver(product_viewed)
def remember(sender, product, user, **kwargs):
    record, _ = get_model("analytics", "ProductRecord").objects.get_or_create(product=product)
    record.num_views += 1
    record.save()
    if user.is_authenticated:
        get_model("analytics", "UserProductView").objects.create(product=product, user=user)
"""

#: It keeps Oscar's receiver and adds one more.
OWN_CUSTOMER = """
from django.dispatch import receiver
from oscar.apps.catalogue.signals import product_viewed


@receiver(product_viewed)
def receive_product_view(sender, product, request, response, **kwargs):
    response.set_cookie("oscar_history", "[1, 2, 3]")
"""

READY = """
    def ready(self):
        {before}
        from . import receivers
"""


def run(folder, *command):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *command],
        cwd=folder,
        env={
            "DJANGO_SETTINGS_MODULE": "shop_settings",
            "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
            "PATH": "",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def forked(tmp_path_factory):
    """A folder with a shop that is forked and has installed us."""
    folder = tmp_path_factory.mktemp("forked")
    code = {"settings": SETTINGS, "urls": "from django.urls import include, path\n"}
    code["urls"] += "from tests.bare_shop.urls import *\n"
    with chdir(folder):
        for label in FORKS:
            call_command("oscar_fork_app", label, "forks", stdout=StringIO())
    code["settings"] += FORKED.format(forks=FORKS)
    for block in page("docs/how-to/install.md").blocks():
        code[block.role] += block.code
    for role, text in code.items():
        (folder / f"shop_{role}.py").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def walked(forked):
    """What the shop kept about a shopper who walked through it."""
    return lambda: json.loads(
        run(forked, str(ROOT / "tests/shopper/forked_shop.py")).split("\n")[-2]
    )


def test_forks_as_oscar_makes_them_are_gated(walked):
    kept = walked()
    assert kept["apps"] == ["forks.analytics", "forks.customer"]
    assert kept["before"] == {
        "status": [200, 200, 302],
        "history": False,
        "rows": 0,
        "counted": [1, 1],
    }
    assert kept["after"] == {**kept["before"], "history": True, "counted": [2, 2]}
    assert len(kept["viewed"]) == 1
    assert kept["end"]["rows"] == 0


def test_receivers_that_a_fork_brings_are_gated_and_those_it_leaves_out_stay_out(forked, walked):
    for label, receivers, before in (
        ("analytics", OWN_ANALYTICS, "pass"),
        ("customer", OWN_CUSTOMER, "super().ready()"),
    ):
        (forked / "forks" / label / "receivers.py").write_text(receivers, encoding="utf-8")
        with (forked / "forks" / label / "apps.py").open("a", encoding="utf-8") as config:
            config.write(READY.format(before=before))
    kept = walked()
    assert kept["before"] == {
        "status": [200, 200, 302],
        "history": False,
        "rows": 0,
        "counted": [1, 0],
    }
    assert kept["after"] == {**kept["before"], "history": True, "counted": [2, 0]}
