"""An editor looks at a page as one segment sees it."""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, PageViewRestriction

from ethical_personalization.personalization.adapter import ConsentSegmentsAdapter
from ethical_personalization.personalization.preview import PARAMETER
from ethical_personalization.personalization.segments import decide_named, decide_placement
from ethical_personalization.testing import nothing_kept

pytestmark = pytest.mark.django_db
NOTE = "Preview: what shoppers in “Romantic” see"


@pytest.fixture
def editor(client, django_user_model, home):
    """Logged in, with the given permissions on pages."""

    def make(*permissions, may_enter=True):
        group = Group.objects.create(name="Desk")
        if may_enter:
            group.permissions.add(Permission.objects.get(codename="access_admin"))
        for permission_type in permissions:
            GroupPagePermission.objects.create(
                group=group, page=home, permission_type=permission_type
            )
        user = django_user_model.objects.create_user("ed", "ed@example.com", "pass-word-1")
        user.groups.add(group)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def seen(landing, romantic, variant):
    """The page with a preview; by default of the segment that has a variant."""
    variant(landing, romantic, "Ruffles for you")

    def make(client, key=None):
        response = client.get("/linen/", {PARAMETER: romantic.pk if key is None else key})
        assert response.status_code == 200
        return response

    return make


@pytest.mark.parametrize("permission", ["change", "publish"])
def test_editor_of_the_page_sees_the_variant_and_that_it_is_a_preview(editor, seen, permission):
    html = seen(editor(permission)).content.decode()
    assert "Ruffles for you" in html
    assert NOTE in html
    assert "Why am I seeing this?" not in html


def test_preview_is_kept_by_nobody(editor, seen):
    client = editor("change")
    with nothing_kept(client):
        response = seen(client)
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert "Ruffles for you" not in client.get("/linen/").content.decode()


@pytest.mark.parametrize("key", ["abc", "", "-1", "0", "999999", "9" * 40, "1.5", "²", "1\x00"])
def test_garbage_is_ignored(editor, seen, key):
    html = seen(editor("change"), key).content.decode()
    assert "For everybody" in html
    assert "Preview" not in html


def test_disabled_segment_is_ignored(editor, seen, romantic):
    romantic.toggle()
    assert "Ruffles for you" not in seen(editor("change")).content.decode()


def test_who_may_not_edit_the_page_gets_the_page(editor, seen):
    assert "Ruffles for you" not in seen(editor()).content.decode()


def test_who_may_not_enter_the_admin_gets_the_page(editor, seen):
    assert "Ruffles for you" not in seen(editor("change", may_enter=False)).content.decode()


def test_visitor_gets_the_page_as_cacheable_as_ever(client, seen, landing):
    response, bare = seen(client), client.get("/linen/")
    assert "Ruffles for you" not in response.content.decode()
    assert response.headers.get("Vary") == bare.headers.get("Vary")
    assert not response.cookies


def test_preview_reads_no_facts_of_the_editor(editor, seen, allow, segment, variant, landing):
    client = editor("change")
    allow(client, "stated", user=client_user(client), styles=["classic"])
    classic = segment("Classic", ("stated.styles", "any_of", ["classic"]), priority=1)
    variant(landing, classic, "Classics for you")
    assert "Classics for you" in client.get("/linen/").content.decode()
    html = seen(client).content.decode()
    assert "Ruffles for you" in html
    assert "Classics" not in html


def test_block_is_previewed(editor, home, segment):
    romantic = segment("Romantic", ("stated.styles", "any_of", ["romantic"]))
    version = {"segment": romantic.pk, "content": "<p>Ruffles in a block</p>"}
    value = {"default": "<p>All</p>", "versions": [{"type": "item", "id": "1", "value": version}]}
    home.body = json.dumps([{"type": "personalized", "value": value}])
    home.save()
    html = editor("change").get("/", {PARAMETER: romantic.pk}).content.decode()
    assert "Ruffles in a block" in html
    assert NOTE in html


def test_restriction_of_the_page_comes_first(editor, seen, landing):
    PageViewRestriction.objects.create(page=landing, restriction_type="password", password="x")
    assert "Ruffles for you" not in seen(editor("change")).content.decode()


@pytest.fixture
def previewing(rf, segment):
    """A request in which an editor looks through a segment that fills a placement."""
    request = rf.get("/")
    request._ethical_personalization_preview = segment("Romantic", placements=["hero"])
    return request


def test_placements_and_names_are_decided_by_the_segment(previewing):
    assert decide_placement(previewing, "hero").decision.is_personal
    assert decide_placement(previewing, "foot").is_default
    assert decide_named(previewing, "Romantic").decision.is_personal
    assert decide_named(previewing, "Classic").is_default


def test_host_is_told_the_segment(previewing):
    segments = ConsentSegmentsAdapter(previewing).get_segments()
    assert [segment.name for segment in segments] == ["Romantic"]


def client_user(client):
    from django.contrib.auth import get_user

    class Request:
        session = client.session

    return get_user(Request)
