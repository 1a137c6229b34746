"""Who may do what at the desk."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail import hooks

from ethical_personalization.models import (
    DataRequest,
    PreferenceQuestion,
    Purpose,
    SegmentPolicy,
)
from tests.editor.conftest import DESK, STYLES
from tests.editor.forms import fields_of, with_rules

pytestmark = pytest.mark.django_db
EVERYTHING = (
    "add_segmentpolicy",
    "change_segmentpolicy",
    "delete_segmentpolicy",
    "publish_segmentpolicy",
    "change_purpose",
    "add_preferencequestion",
    "change_preferencequestion",
    "delete_preferencequestion",
    "add_controller",
    "change_controller",
    "delete_controller",
    "view_consentevent",
    "add_datarequest",
    "change_datarequest",
    "delete_datarequest",
    "add_agelimit",
    "change_agelimit",
    "delete_agelimit",
)


@pytest.fixture
def urls(policy):
    purpose, question = Purpose.objects.first(), PreferenceQuestion.objects.first()
    request = DataRequest.objects.create(kind="access")
    return [
        f"{DESK}/segments/",
        f"{DESK}/segments/add/",
        f"{DESK}/segments/edit/{policy.pk}/",
        f"{DESK}/segments/copy/{policy.pk}/",
        f"{DESK}/segments/delete/{policy.pk}/",
        f"{DESK}/segments/unpublish/{policy.pk}/",
        f"{DESK}/purposes/",
        f"{DESK}/purposes/edit/{purpose.pk}/",
        f"{DESK}/questions/",
        f"{DESK}/questions/new/",
        f"{DESK}/questions/edit/{question.pk}/",
        f"{DESK}/questions/delete/{question.pk}/",
        f"{DESK}/responsible/",
        f"{DESK}/responsible/new/",
        f"{DESK}/choices/",
        f"{DESK}/requests/",
        f"{DESK}/requests/new/",
        f"{DESK}/requests/edit/{request.pk}/",
        f"{DESK}/requests/delete/{request.pk}/",
        f"{DESK}/ages/",
        f"{DESK}/ages/new/",
    ]


@pytest.fixture
def log_in(editor):
    def make(*codenames):
        user, client = editor(*codenames), Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


def test_nothing_is_open_to_an_editor_without_permissions(urls, log_in):
    client = log_in()
    for url in urls:
        for answer in (client.get(url), client.post(url)):
            assert (answer.status_code, answer.url) == (302, "/admin/"), url
    assert b"personalization/segments" not in client.get("/admin/").content


def test_nothing_is_open_to_visitors(urls, client):
    client.logout()
    for url in urls:
        assert client.get(url).url.startswith("/admin/login/")


def test_everything_is_open_to_an_editor_with_permissions(urls, log_in):
    client = log_in(*EVERYTHING)
    for url in urls:
        assert client.get(url).status_code == 200, url


def test_without_permission_to_publish_there_is_only_a_draft(log_in, styles):
    client = log_in("add_segmentpolicy", "change_segmentpolicy")
    url = f"{DESK}/segments/add/"
    fields = with_rules(fields_of(client.get(url)), STYLES) | {"name": "Romantic"}
    client.post(url, fields | {"action-publish": "1"})
    assert not SegmentPolicy.objects.get().live


def test_segments_can_be_chosen_by_those_who_edit_pages(log_in, policy):
    client = log_in()
    url = "/admin/snippets/choose/wagtail_personalisation/segment/"
    assert client.get(url).status_code == 200


def test_the_permissions_can_be_given_to_groups():
    offered = Permission.objects.none()
    for function in hooks.get_hooks("register_permissions"):
        offered |= Permission.objects.filter(pk__in=function().values("pk"))
    ours = offered.filter(content_type__app_label="ethical_personalization")
    assert set(EVERYTHING) <= set(ours.values_list("codename", flat=True))
    nobodys = ["add_purpose", "delete_purpose", "change_consentevent", "delete_consentevent"]
    assert not ours.filter(codename__in=nobodys).exists()


def test_the_group_form_of_the_admin_opens(client, superuser):
    client.force_login(superuser, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/groups/new/").status_code == 200
