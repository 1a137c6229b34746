"""Looks at two databases with the host alone, and prints what each of them shows.

Arguments: a database in which nothing has happened yet, and one that we were removed from.
"""

import json
import sys

if __name__ == "__main__":
    import django

    django.setup()

from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site as DjangoSite
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail_personalisation.models import Segment

from tests.peer_site.life import live


def open_database(path):
    """From now on the site lives in this database."""
    connection.close()
    connection.settings_dict["NAME"] = path
    ContentType.objects.clear_cache()
    DjangoSite.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    cache.clear()


def looked():
    """What visitors, members and editors get, last of all while a segment is deleted."""
    seen = {"visitor": _seen(_client(), "/", "/linen/", "/linen-friends/", "/sitemap.xml")}
    seen["member"] = _seen(_client("mary"), "/linen/")
    chief = _client("chief")
    seen["editor"] = [chief.get(url).status_code for url in _screens()]
    seen["deleted"] = _delete(chief, Segment.objects.get(name="Friends"))
    seen["left"] = [
        list(Page.objects.order_by("pk").values_list("title", flat=True)),
        list(Segment.objects.values_list("name", flat=True)),
    ]
    return seen


def left_page():
    """The page of our type that was left: nobody finds it, and an editor can delete it."""
    page, chief = Page.objects.get(title="How"), _client("chief")
    delete = reverse("wagtailadmin_pages:delete", args=[page.pk])
    found = [_client().get("/how/").status_code, chief.get(delete).status_code]
    return [*found, chief.post(delete).status_code, Page.objects.filter(pk=page.pk).exists()]


def _client(username=None):
    client = Client(raise_request_exception=False)
    if username:
        assert client.login(username=username, password="pass-word-1")
    return client


def _seen(client, *paths):
    return [(path, _told(client.get(path))) for path in paths]


def _told(response):
    return response.status_code, response.content.decode()


def _screens():
    linen, segment = Page.objects.get(title="Linen"), Segment.objects.get(name="Friends")
    yield reverse("wagtailadmin_home")
    yield reverse("wagtailadmin_explore", args=[linen.get_parent().pk])
    yield reverse("wagtailadmin_pages:edit", args=[linen.pk])
    yield reverse("wagtailadmin_pages:history", args=[linen.pk])
    yield reverse("wagtailadmin_reports:site_history")
    yield reverse("wagtailadmin_reports:workflow_tasks")
    yield reverse("wagtail_personalisation_segment_modeladmin_index")
    yield reverse("wagtail_personalisation_segment_modeladmin_edit", args=[segment.pk])


def _delete(client, segment):
    url = reverse("wagtail_personalisation_segment_modeladmin_delete", args=[segment.pk])
    return client.get(url).status_code, client.post(url).status_code


if __name__ == "__main__":
    untouched, removed = sys.argv[1:]
    open_database(untouched)
    live()
    shown = {"alone": looked()}
    open_database(removed)
    shown["page"] = left_page()
    shown["removed"] = looked()
    sys.stdout.write(json.dumps(shown))
