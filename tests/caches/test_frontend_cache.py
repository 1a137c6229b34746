"""Wagtail's frontend cache: what is purged when an editor publishes."""

import pytest
from django.apps import apps
from wagtail.contrib.frontend_cache import signal_handlers
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_unpublished

from ethical_personalization.testing import published_segment
from tests.personalization.conftest import home, landing, variant

__all__ = ["home", "landing", "variant"]
pytestmark = pytest.mark.django_db(transaction=True)


class Recording(BaseBackend):
    """A cache that notes what it is asked to forget."""

    purged = []

    def purge(self, url):
        Recording.purged.append(url)


@pytest.fixture
def site(db):
    return Site.objects.get(is_default_site=True)


@pytest.fixture(autouse=True)
def purged(settings):
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": f"{__name__}.Recording"}}
    signal_handlers.register_signal_handlers()
    Recording.purged.clear()
    yield Recording.purged
    for model in (each for each in apps.get_models() if issubclass(each, Page)):
        page_published.disconnect(signal_handlers.page_published_signal_handler, model)
        page_unpublished.disconnect(signal_handlers.page_unpublished_signal_handler, model)


def test_publishing_a_segment_purges_nothing(purged, home):
    published_segment("S", placements=["home-welcome"])
    assert purged == []


def test_publishing_a_page_purges_its_default(purged, home):
    home.save_revision().publish()
    assert {url.partition("//")[2].partition("/")[2] for url in purged} == {""}


def test_publishing_a_version_purges_no_page_that_is_kept(purged, landing, variant):
    made = variant(landing, published_segment("S"))
    made.save_revision().publish()
    assert set(purged) == {made.full_url}
    assert landing.full_url not in purged
