"""What becomes of wagtail-personalisation's own screens and of page versions."""

import json
from inspect import unwrap

import pytest
from boutique.models import LandingPage
from bs4 import BeautifulSoup
from django.urls import resolve, reverse
from wagtail.models import GroupPagePermission, Page
from wagtail_personalisation import admin_urls
from wagtail_personalisation.models import PersonalisablePageMetadata, Segment
from wagtail_personalisation.views import SegmentModelAdmin

from tests.editor.conftest import DESK
from tests.editor.forms import text_of

pytestmark = pytest.mark.django_db
MODELADMIN = "wagtail_personalisation_segment_modeladmin"


@pytest.fixture
def copy_url(policy, home):
    return reverse("segment:copy_page", args=[home.pk, policy.segment_id])


def test_the_menu_has_one_place_for_segments(desk):
    page = BeautifulSoup(desk.get("/admin/").content, "html.parser")
    menu = page.select_one("#wagtail-sidebar-props").string
    assert f"{DESK}/segments/" in menu
    assert "/admin/wagtail_personalisation/segment/" not in menu


@pytest.mark.parametrize(
    ("name", "of_one"),
    [
        (f"{MODELADMIN}_index", False),
        (f"{MODELADMIN}_create", False),
        (f"{MODELADMIN}_edit", True),
        (f"{MODELADMIN}_delete", True),
        ("segment:toggle", True),
        ("segment:toggle_segment_view", False),
        ("segment:segment_user_data", True),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_host_screens_lead_to_ours_and_change_nothing(policy, desk, name, of_one, method):
    before = Segment.objects.values().get()
    url = reverse(name, args=[policy.segment_id] if of_one else [])
    response = getattr(desk, method)(url)
    assert response.status_code == 302
    assert response.url.startswith(f"{DESK}/segments/")
    assert Segment.objects.values().get() == before


@pytest.mark.parametrize(
    "rest", ["choose_parent/", "edit/abc/", "history/1/", "x/y/", "inspect/a-b/"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_of_the_modeladmin_is_left(desk, policy, rest, method):
    response = getattr(desk, method)(f"/admin/wagtail_personalisation/segment/{rest}")
    assert response.status_code == 302
    assert response.url.startswith(f"{DESK}/segments/")


def test_every_address_of_the_host_is_answered_by_us():
    hosts = [*admin_urls.urlpatterns, *SegmentModelAdmin().get_admin_urls_for_registration()]
    for pattern in hosts:
        name = pattern.name if "modeladmin" in pattern.name else f"segment:{pattern.name}"
        number = pattern.pattern.regex.groups
        answering = resolve(reverse(name, args=[1] * number)).func
        assert unwrap(answering).__module__.startswith("ethical_personalization."), name


def test_looking_at_the_question_creates_no_version(desk, copy_url, home):
    response = desk.get(copy_url)
    assert response.status_code == 200
    assert "Make a version of “Home” for the segment “Romantic”?" in text_of(response)
    assert not PersonalisablePageMetadata.objects.filter(segment__isnull=False).exists()


def test_confirming_creates_an_unpublished_version(desk, copy_url, home):
    response = desk.post(copy_url)
    variant = PersonalisablePageMetadata.objects.get(segment__isnull=False).variant
    assert response.url == reverse("wagtailadmin_pages:edit", args=[variant.pk])
    assert (variant.title, variant.slug, variant.live) == (
        "Home (Romantic)",
        "start-romantic",
        False,
    )


def test_a_second_click_leads_to_the_version_that_is_there(desk, copy_url):
    first = desk.post(copy_url).url
    assert desk.get(copy_url).url == first
    assert desk.post(copy_url).url == first
    assert Page.objects.filter(title="Home (Romantic)").count() == 1


def test_a_taken_address_and_a_name_without_letters_are_no_obstacle(desk, copy_url, home, policy):
    Segment.objects.update(name="★")
    home.get_parent().add_child(instance=LandingPage(title="x", slug=f"start-{policy.segment_id}"))
    assert desk.post(copy_url).status_code == 302


def test_only_pages_that_can_have_versions_get_one(desk, policy, copy_url, home):
    root = Page.get_first_root_node()
    for page_pk in (root.pk, 99999):
        url = reverse("segment:copy_page", args=[page_pk, policy.segment_id])
        assert desk.post(url).status_code == 404
    desk.post(copy_url)
    variant = PersonalisablePageMetadata.objects.get(segment__isnull=False).variant
    url = reverse("segment:copy_page", args=[variant.pk, policy.segment_id])
    assert desk.post(url).status_code == 404
    assert desk.post(reverse("segment:copy_page", args=[home.pk, 99999])).status_code == 404


def test_a_version_needs_permission_to_add_a_page(client, desk, copy_url, editor, home):
    user = editor("change_segmentpolicy")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(copy_url).status_code == 302
    assert not PersonalisablePageMetadata.objects.filter(segment__isnull=False).exists()


def test_an_editor_of_the_pages_may_create_a_version(client, desk, copy_url, editor, home):
    user = editor()
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.create(
            group=user.groups.get(), page=home.get_parent(), permission_type=codename.split("_")[0]
        )
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.post(copy_url)
    assert PersonalisablePageMetadata.objects.filter(segment__isnull=False).exists()


def test_the_explorer_offers_versions(desk, policy, home):
    html = desk.get(reverse("wagtailadmin_explore", args=[home.get_parent().pk])).content
    buttons = BeautifulSoup(html, "html.parser")
    assert buttons.find("a", href=reverse("segment:copy_page", args=[home.pk, policy.segment_id]))


def test_pages_can_be_added_edited_and_seen_with_the_userbar(desk, home, policy):
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code == 200
    add = reverse("wagtailadmin_pages:add", args=["boutique", "landingpage", home.pk])
    assert desk.get(add).status_code == 200
    assert desk.get(reverse("wagtailadmin_explore", args=[home.pk])).status_code == 200


def test_the_editing_screen_of_a_page_works_with_a_personalised_block(desk, home, policy):
    version = {"segment": policy.segment_id, "content": "<p>For you</p>"}
    block = {
        "default": "<p>For everybody</p>",
        "versions": [{"type": "item", "id": "1", "value": version}],
    }
    home.body = json.dumps([{"type": "personalized", "value": block}])
    home.save_revision().publish()
    response = desk.get(reverse("wagtailadmin_pages:edit", args=[home.pk]))
    assert response.status_code == 200
    assert b"snippets/choose/wagtail_personalisation/segment/" in response.content
    assert b"For you" in response.content
    assert b"Romantic" in response.content
