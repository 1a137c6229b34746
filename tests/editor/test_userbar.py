"""Wagtail's userbar offers the page as each segment sees it."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from wagtail.admin.userbar import Userbar

from ethical_personalization.personalization.preview import serve_preview

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(home, superuser, client):
    """The userbar of a page, as somebody sees it."""

    def make(user=superuser, page=home, through=None):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        query = {"segment": through.pk} if through else {}
        request = RequestFactory().get("/", query, headers={"host": "testserver"})
        request.user = user
        request.COOKIES = {"sessionid": client.cookies["sessionid"].value}
        serve_preview(lambda *args: HttpResponse())(page, request, (), {})
        return Userbar(object=page).render_html({"request": request})

    return make


def test_segments_are_offered_with_their_names_as_text(shown, policy, home):
    policy.segment.name = "<b>Romantic</b>"
    policy.segment.save()
    html = shown()
    assert f'href="{home.get_url()}?segment={policy.segment_id}"' in html
    assert "&lt;b&gt;Romantic" in html
    assert "<b>" not in html


def test_segment_that_is_previewed_is_marked_and_can_be_left(shown, policy):
    assert "End the preview" not in shown()
    html = shown(through=policy.segment)
    assert 'aria-current="true"' in html
    assert "End the preview" in html


def test_unpublished_segments_are_not_offered(shown, host_segment):
    host_segment.toggle()
    assert "segment=" not in shown()


def test_who_may_not_edit_the_page_is_offered_nothing(shown, policy, editor):
    assert "segment=" not in shown(editor())


def test_page_that_is_not_live_has_no_preview(shown, policy, home):
    home.live = False
    assert "segment=" not in shown()


def test_userbar_without_a_page_works(shown, policy):
    assert "segment=" not in shown(page=None)
