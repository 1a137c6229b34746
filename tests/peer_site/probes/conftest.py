"""A site with pages and segments, and the people who come to it, with us or without."""

import os
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.test import Client
from wagtail.models import Page, Site
from wagtail_personalisation import rules
from wagtail_personalisation.models import PersonalisablePageMetadata, Segment

from tests.peer_site.models import PlainPage, ShopPage

from .odd_rules import MODELS

WITH_US = settings.MODE == "ours"
#: What Django has loaded by starting, before it is asked for a page.
LOADED_AT_START = frozenset(sys.modules)
PURPOSES = ("stated", "orders", "browsing", "context")

# Django's own GeoIP2 answers only where this package can be imported.
sys.path.insert(0, str(Path(__file__).parent.parent / "stand_ins"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """The database is there; what ``migrate`` starts with may have changed since it was made."""
    assert os.environ["EP_PEER_DATABASE"]
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for model in MODELS:
                editor.create_model(model)
        if WITH_US:
            from ethical_personalization.setup import create_defaults

            create_defaults(apps.get_app_config("ethical_personalization"))
        _build_site()


def _build_site():
    """Two pages, for all probes: each takes back what it changes."""
    home = Page.get_first_root_node().add_child(
        instance=ShopPage(title="Home", slug="start", intro="For everybody")
    )
    Site.objects.update(root_page=home, hostname="testserver")
    home.add_child(
        instance=ShopPage(title="Linen", slug="linen", intro="For everybody", show_in_menus=True)
    )


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    yield
    cache.clear()


def browser():
    return Client(raise_request_exception=False)


@pytest.fixture
def visitor(db):
    """Somebody who has not been asked anything."""
    return browser()


@pytest.fixture
def member(db):
    """A customer who is logged in and, where somebody asks, allows everything."""
    client = browser()
    user = get_user_model().objects.create_user("mary", "mary@example.com", "pass-word-1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.user = user
    if WITH_US:
        from ethical_personalization.testing import consent_given

        consent_given(client, *PURPOSES)
    return client


@pytest.fixture
def guest(visitor):
    """Somebody who is not logged in and, where somebody asks, allows everything."""
    if WITH_US:
        from ethical_personalization.testing import consent_given

        consent_given(visitor, *PURPOSES)
    return visitor


@pytest.fixture
def staff(db):
    """A superuser in the admin."""
    client = browser()
    user = get_user_model().objects.create_superuser("chief", "chief@example.com", "pass-word-1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def helper(db):
    """May enter the admin, and nothing more."""
    client = browser()
    user = get_user_model().objects.create_user("temp", "temp@example.com", "pass-word-1")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def home(db):
    return ShopPage.objects.get(slug="start")


@pytest.fixture
def linen(db):
    return ShopPage.objects.get(slug="linen")


@pytest.fixture
def plain(home):
    """A page without variants that shows the userbar."""
    return home.add_child(instance=PlainPage(title="Plain", slug="plain"))


@pytest.fixture
def segment(db):
    """An enabled segment of customers who are logged in, and of further rules."""

    def make(*more, name="Friends", logged_in=True, **fields):
        made = Segment.objects.create(name=name, **fields)
        rules.UserIsLoggedInRule.objects.create(segment=made, is_logged_in=logged_in)
        for rule in more:
            rule.segment = made
            rule.save()
        return made

    return make


@pytest.fixture
def variant():
    """A variant made the host's way, published or not."""

    def make(page, segment, intro="For friends", live=True):
        metadata = page.personalisation_metadata
        made = metadata.copy_for_segment(segment)
        made.intro, made.live = intro, live
        made.save()
        return made

    return make


@pytest.fixture
def prioritise():
    """Let an editor say which segment wins, where there is a way to say it."""

    def make(segment, number):
        if WITH_US:
            from ethical_personalization.models import SegmentPolicy

            SegmentPolicy.objects.create(segment=segment, name=segment.name, priority=number)

    return make


@pytest.fixture
def rows():
    """How many rows say what this page is."""
    return PersonalisablePageMetadata.objects.count
