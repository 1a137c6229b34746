"""The desks for who is responsible and for what was chosen."""

import pytest
from bs4 import BeautifulSoup
from django.urls import NoReverseMatch, reverse
from wagtail.models import Site

from ethical_personalization.models import ConsentEvent, Controller, Notice
from tests.editor.conftest import DESK
from tests.editor.forms import fields_of, text_of
from tests.preferences.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    Visitor().opens().presses("Allow all")
    return ConsentEvent.objects.get(purpose_version__purpose__key="stated")


def inspected(desk, event):
    return BeautifulSoup(desk.get(f"{DESK}/choices/inspect/{event.pk}/").content, "html.parser")


def test_choice_is_found_by_the_number_of_its_receipt(desk, event):
    response = desk.get(f"{DESK}/choices/", {"hash": event.hash})
    rows = BeautifulSoup(response.content, "html.parser").select("main tbody tr")
    assert len(rows) == 1
    assert event.hash[:12] in rows[0].text


def test_choice_shows_its_screen_in_a_sandbox(desk, event):
    frame = inspected(desk, event).select_one("iframe")
    assert frame["sandbox"] == []  # nothing is let through
    screen = desk.get(frame["src"])
    assert "sandbox" in screen["Content-Security-Policy"]
    assert "default-src 'none'" in screen["Content-Security-Policy"]
    assert screen["X-Frame-Options"] == "SAMEORIGIN"
    assert "Allow all" in text_of(screen)


@pytest.mark.parametrize(("language", "is_rtl"), [("x-elvish", False), ("ar-x-old", True)])
def test_screen_in_a_language_that_django_does_not_know_is_shown(desk, event, language, is_rtl):
    notice = Notice.objects.filter(pk=event.notice_id)
    notice._update([(Notice._meta.get_field("language"), None, language)])
    page = desk.get(f"{DESK}/choices/screen/{event.pk}/").content.decode()
    assert f'<html lang="{language}"' in page
    assert ('dir="rtl"' in page) is is_rtl


def test_desk_names_nobody(desk, event):
    page = str(inspected(desk, event)) + desk.get(f"{DESK}/choices/").content.decode()
    assert str(event.subject_id) not in page
    assert event.subject_id.hex not in page


def test_notice_that_somebody_changed_is_named(desk, event):
    notice = Notice.objects.filter(pk=event.notice_id)
    assert "somebody has changed it" not in inspected(desk, event).text
    notice._update([(Notice._meta.get_field("screen"), None, "<p>Something else</p>")])
    assert "somebody has changed it" in inspected(desk, event).text


def test_choices_can_only_be_read(desk):
    for name in ("add", "edit", "delete", "copy", "history", "usage"):
        with pytest.raises(NoReverseMatch):
            reverse(f"ethical_personalization_choices:{name}")


def test_screens_of_choices_need_their_permission(editor, client, event):
    client.force_login(editor("change_purpose"), "django.contrib.auth.backends.ModelBackend")
    for path in ("", f"inspect/{event.pk}/", f"screen/{event.pk}/"):
        response = client.get(f"{DESK}/choices/{path}")
        assert (response.status_code, response.url) == (302, "/admin/")


def test_permission_to_view_choices_suffices(editor, client, event):
    client.force_login(editor("view_consentevent"), "django.contrib.auth.backends.ModelBackend")
    for path in ("", f"inspect/{event.pk}/", f"screen/{event.pk}/"):
        assert client.get(f"{DESK}/choices/{path}").status_code == 200


def test_who_is_responsible_is_written_at_the_desk_and_read_by_shoppers(desk):
    site = Site.objects.get(is_default_site=True)
    url = f"{DESK}/responsible/new/"
    desk.post(url, fields_of(desk.get(url)) | {"site": str(site.pk), "name": "Nord SARL"})
    assert Controller.objects.get().site == site
    listing = text_of(desk.get(f"{DESK}/responsible/"))
    assert "the supervisory authority for complaints" in listing
    assert "Nord SARL" in Visitor().opens().text
