"""Wagtail's userbar offers the page as each segment sees it."""

import pytest
from django.test import RequestFactory
from wagtail.admin.userbar import Userbar

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(home, superuser, client):
    """The userbar of a page, as somebody sees it."""

    def make(user=superuser, page=home):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        request = RequestFactory().get("/", headers={"host": "testserver"})
        request.user = user
        request.COOKIES = {"sessionid": client.cookies["sessionid"].value}
        return Userbar(object=page).render_html({"request": request})

    return make


def test_segments_are_offered_with_their_names_as_text(shown, policy, home):
    policy.segment.name = "<b>Romantic</b>"
    policy.segment.save()
    html = shown()
    assert f'href="{home.get_url()}?segment={policy.segment_id}"' in html
    assert "&lt;b&gt;Romantic" in html
    assert "<b>" not in html


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
