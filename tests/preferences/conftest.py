"""Shoppers before the preference center."""

import pytest
from boutique.models import HomePage
from django.contrib.auth import get_user_model
from django.core.cache import cache
from wagtail.models import Page, Site

from ethical_personalization.models import PreferenceQuestion

from .visitor import Visitor


@pytest.fixture(autouse=True)
def _cold_cache():
    cache.clear()


@pytest.fixture
def home(db):
    """A home page, which carries the banner."""
    site = Site.objects.get(is_default_site=True)
    root = Page.get_first_root_node()
    site.root_page = root.add_child(instance=HomePage(title="Home", slug="start"))
    site.save()
    return site.root_page


@pytest.fixture
def visitor(db):
    """Nobody we know, in a browser that vouches for its forms."""
    return Visitor()


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("demo", "demo@example.com", "demo-pass-1")


@pytest.fixture
def question(db):
    """A question with answers of its own, and only that one."""
    PreferenceQuestion.objects.all().delete()
    return PreferenceQuestion.objects.create(
        key="fabric", title="Which fabrics do you like?", options="linen\nwool\nsilk"
    )
