"""Who may enter which screen: asked of every screen that the resolver knows."""

import pytest
from boutique.models import LandingPage
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from wagtail.models import GroupPagePermission, Page
from wagtail_personalisation.models import PersonalisablePageMetadata

from tests.security.ours import everything_kept, screens

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
#: In these an editor of pages picks a segment, or is led on to a screen that asks for permission.
OF_PAGE_EDITORS = ("wagtailsnippetchoosers_wagtail_personalisation_segment",)
LEAD_ON = ("/admin/personalization/segments/",)


@pytest.fixture
def known(policy, home):
    """What stands in the addresses of screens."""
    return {
        "segment_id": policy.segment_id,
        "page_id": home.pk,
        "revision_id": policy.latest_revision.pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "action_name": "approve",
    }


@pytest.fixture
def enter(editor):
    """A client of an editor with these permissions."""

    def make(*codenames):
        client = Client()
        client.force_login(editor(*codenames), backend=BACKEND)
        return client

    return make


def is_refused(answer, *, by="/admin/"):
    if answer.status_code in (403, 404):
        return True
    return answer.status_code == 302 and (answer.url == by or answer.url.startswith(LEAD_ON))


def test_no_screen_is_open_to_visitors_or_to_customers(known, account):
    customer = Client()
    customer.force_login(account("somebody"), backend=BACKEND)
    before = everything_kept()
    for screen in screens():
        path = screen.path(known)
        for client in (Client(), customer):
            for method in (client.get, client.post):
                assert "/login/" in method(path).headers["Location"], screen
    assert everything_kept() == before


def test_no_screen_is_open_to_an_editor_without_permission(known, enter):
    client = enter()
    before = everything_kept()
    for screen in screens():
        if screen.area not in OF_PAGE_EDITORS:
            for method in (client.get, client.post):
                assert is_refused(method(screen.path(known))), screen
    assert everything_kept() == before


def test_permissions_for_all_other_desks_open_none(known, editor):
    models = {screen.model for screen in screens() if _is_ours(screen.model)}
    assert len(models) >= 3
    user = editor()
    for model in models:
        _grant(user, models - {model})
        client = Client()
        client.force_login(type(user).objects.get(pk=user.pk), backend=BACKEND)
        for screen in screens():
            if screen.model is model:
                assert is_refused(client.get(screen.path(known))), screen


def test_screens_that_are_open_to_page_editors_show_segments_and_change_nothing(known, enter):
    client, before = enter(), everything_kept()
    for screen in screens():
        if screen.area in OF_PAGE_EDITORS:
            for method in (client.get, client.post):
                assert method(screen.path(known)).status_code < 500, screen
    assert everything_kept() == before


def test_every_screen_answers_somebody_who_may_do_everything_and_changes_nothing(known, desk):
    before = everything_kept()
    for screen in screens():
        assert desk.get(screen.path(known)).status_code in (200, 302, 400, 404, 405), screen
    assert everything_kept() == before


def test_editor_of_one_part_of_the_site_makes_no_version_in_another(known, editor, home, policy):
    mine = home.add_child(instance=LandingPage(title="Mine", slug="mine"))
    page = mine.add_child(instance=LandingPage(title="My page", slug="my-page"))
    theirs = home.add_child(instance=LandingPage(title="Theirs", slug="theirs"))
    user = editor()
    for kind in ("add", "change"):
        permission = Permission.objects.get(codename=f"{kind}_page")
        GroupPagePermission.objects.create(
            group=user.groups.get(), page=mine, permission=permission
        )
    client = Client()
    client.force_login(user, backend=BACKEND)
    for target in (theirs, home, mine, page):
        client.post(f"/admin/personalisation/{target.pk}/copy/{policy.segment_id}")
    made = PersonalisablePageMetadata.objects.filter(segment__isnull=False)
    assert [version.canonical_page_id for version in made] == [page.pk]
    assert Page.objects.filter(title="Theirs (Romantic)").count() == 0


def test_preview_shows_no_segment_to_who_may_not_edit_the_page(known, policy, home, enter):
    ordinary = Client().get("/").content
    assert Client().get("/", {"segment": policy.segment_id}).content.count(b"Preview:") == 0
    assert b"Preview:" not in enter().get("/", {"segment": policy.segment_id}).content
    assert b"Romantic" not in ordinary


def _is_ours(model):
    return model is not None and model._meta.app_label == "ethical_personalization"


def _grant(user, models):
    kinds = ContentType.objects.get_for_models(*models).values()
    access = Permission.objects.get(codename="access_admin")
    permissions = Permission.objects.filter(content_type__in=kinds)
    user.groups.get().permissions.set([access, *permissions])
