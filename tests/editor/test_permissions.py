"""Who may do what at the desk: asked of every screen of ours that the resolver knows."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.storage import default_storage
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask
from wagtail_personalisation.models import Segment

from ethical_personalization.models import (
    AgeLimit,
    ConsentEvent,
    Controller,
    DataRequest,
    Feedback,
    SegmentPolicy,
    SensitiveCategory,
    Subject,
)
from tests.editor.conftest import DESK, STYLES
from tests.editor.forms import fields_of, text_of, with_rules
from tests.filling import a_row
from tests.security.ours import everything_kept, screens

pytestmark = pytest.mark.django_db
OURS = "ethical_personalization"
REFUSED = (302, "/admin/")
READING = {"add", "change", "delete", "view"}
#: What opens a screen, by its name; any of these does, and nothing else.
OPENS = {
    **dict.fromkeys(("list", "list_results", "index", "index_results"), READING),
    **dict.fromkeys(("inspect", "history", "history_results", "usage"), READING),
    **dict.fromkeys(("revisions_compare", "workflow_history"), READING),
    "add": {"add"},
    "edit": {"change"},
    "revisions_revert": {"change"},
    "delete": {"delete"},
    "unpublish": {"publish"},
    "revisions_unschedule": {"publish"},
    "lock": {"lock"},
    "unlock": {"unlock"},
    "confirm_workflow_cancellation": {"change", "publish"},
    "screen": {"view"},
}
#: These ask for the group of a task in a workflow, or for more than one permission: see below.
OF_WORKFLOWS = {"workflow_action", "collect_workflow_action_data", "workflow_history_detail"}
OTHERS = {*OF_WORKFLOWS, "copy"}


def desk_screens():
    return [
        screen
        for screen in screens()
        if screen.model is not None and screen.model._meta.app_label == OURS
    ]


def opened_by(screen):
    """The codenames of which any opens the screen."""
    model = screen.model._meta.model_name
    verbs = {"view"} if screen.model is ConsentEvent else OPENS[screen.name]
    return {f"{verb}_{model}" for verb in verbs}


@pytest.fixture
def known(policy):
    """A row for every screen, and what stands in the addresses of some."""
    for model in (DataRequest, Controller, AgeLimit, Feedback, ConsentEvent, SensitiveCategory):
        a_row(model)
    return {
        "segment_id": policy.segment_id,
        "revision_id": policy.latest_revision.pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "action_name": "approve",
    }


@pytest.fixture
def holder(db):
    """A client of somebody who may enter the admin and has these permissions; made once each."""
    made, access = {}, Permission.objects.get(codename="access_admin")

    def make(permissions, *groups):
        key = (frozenset(permissions), *groups)
        if key not in made:
            number = len(made)
            user = get_user_model().objects.create(username=f"editor{number}")
            user.user_permissions.set([access, *permissions])
            user.groups.set(groups)
            made[key] = Client()
            made[key].user = user
            made[key].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return made[key]

    return make


@pytest.fixture
def permissions():
    """All of our models, by codename."""
    ours = Permission.objects.filter(content_type__app_label=OURS)
    return {permission.codename: permission for permission in ours}


def asked(client, path):
    """What GET and POST answer: the status, and where it leads to."""
    answers = [client.get(path), client.post(path)]
    return [(answer.status_code, answer.headers.get("Location", "")) for answer in answers]


def entered(client, path):
    """The same of the view alone; its page is not drawn, and everything is as before after it."""
    view = resolve(path)
    with transaction.atomic():
        for request in (RequestFactory().get(path), RequestFactory().post(path)):
            request.user, request.session = client.user, client.session
            request._messages = default_storage(request)
            answer = view.func(request, *view.args, **view.kwargs)
            yield answer.status_code, answer.headers.get("Location", "")
        transaction.set_rollback(True)


def test_each_permission_opens_its_screens_and_no_other(known, permissions, holder):
    before = everything_kept()
    for screen in desk_screens():
        if screen.name not in OTHERS:
            path, opening = screen.path(known), opened_by(screen)
            for codename in opening:
                for status, to in entered(holder([permissions[codename]]), path):
                    assert status in (200, 302, 405), (screen, codename)
                    assert to != REFUSED[1], (screen, codename)
            others = [held for codename, held in permissions.items() if codename not in opening]
            assert asked(holder(others), path) == [REFUSED, REFUSED], screen
    assert everything_kept() == before


def test_copying_takes_the_permissions_to_read_and_to_add(permissions, holder, policy):
    url = f"{DESK}/segments/copy/{policy.pk}/"
    adding, reading = permissions["add_segmentpolicy"], permissions["view_segmentpolicy"]
    for held in ([adding], [reading], [held for held in permissions.values() if held != adding]):
        assert asked(holder(held), url) == [REFUSED, REFUSED]
    assert holder([adding, reading]).get(url).status_code == 200


def test_reader_reads_all_that_a_form_holds_and_finds_no_way_to_change_it(
    known, permissions, holder
):
    reading = [held for codename, held in permissions.items() if codename.startswith("view_")]
    client = holder(reading)
    for screen in desk_screens():
        if screen.name in ("list", "index", "inspect"):
            page = BeautifulSoup(client.get(screen.path(known)).content, "html.parser")
            led = {link["href"] for link in page.select("main a[href^='/admin/personalization/']")}
            assert not any(re.search("/(edit|delete|new|add|copy)/", to) for to in led), screen
    segment = text_of(client.get(f"{DESK}/segments/inspect/{SegmentPolicy.objects.get().pk}/"))
    assert "Romantic" in segment
    assert "Nice things." in segment
    assert "Which styles do you like?” has at least one of romantic" in segment
    assert f"{DESK}/segments/inspect/" in client.get(f"{DESK}/segments/").content.decode()


def test_words_of_somebody_who_is_being_erased_are_open_to_nobody(desk, allow):
    allow(1, "stated")
    subject = Subject.objects.get()
    feedback = Feedback.objects.create(kind="question", words="Why?", subject=subject)
    for page in ("inspect", "edit"):
        assert desk.get(f"{DESK}/feedback/{page}/{feedback.pk}/").status_code == 200
    Subject.objects.update(closed_at=timezone.now())
    for page in ("inspect", "edit"):
        assert desk.get(f"{DESK}/feedback/{page}/{feedback.pk}/").status_code == 404


@pytest.mark.parametrize("model", [SegmentPolicy, Segment])
def test_segments_are_not_deleted_in_bulk(desk, holder, policy, model):
    names = (model._meta.app_label, model._meta.model_name, "delete")
    url = f"{reverse('wagtail_bulk_action', args=names)}?id={model.objects.get().pk}"
    for client in (desk, holder([])):
        for method in (client.get, client.post):
            answer = method(url)
            assert (answer.status_code, answer.url) == (302, f"{DESK}/segments/")
    assert model.objects.count() == 1


@pytest.fixture
def waiting(policy, save):
    """The state of a task that the group of approvers has to do."""
    workflow, approvers = Workflow.objects.create(name="Four eyes"), Group.objects.create(name="A")
    task = GroupApprovalTask.objects.create(name="Approve")
    task.groups.add(approvers)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    content_type = ContentType.objects.get_for_model(SegmentPolicy)
    WorkflowContentType.objects.create(content_type=content_type, workflow=workflow)
    save(STYLES, policy=policy, action="submit", name="Classic")
    return approvers


def test_waiting_segment_is_approved_by_who_may_publish_in_the_group_of_the_task_alone(
    known, waiting, permissions, holder, policy
):
    state = policy.current_workflow_state
    known |= {"task_state_id": state.current_task_state.pk, "workflow_state_id": state.pk}
    path = {screen.name: screen.path(known) for screen in desk_screens() if screen.name in OTHERS}
    approver, everything = holder([], waiting), holder(permissions.values())
    for name in ("workflow_action", "collect_workflow_action_data"):
        for client in (everything, holder([])):
            assert asked(client, path[name]) == [REFUSED, REFUSED]
    reader = holder([permissions["view_segmentpolicy"]])
    assert reader.get(path["workflow_history_detail"]).status_code == 200
    assert asked(approver, path["workflow_history_detail"]) == [REFUSED, REFUSED]
    assert SegmentPolicy.objects.get().name == "Romantic"
    approver.post(path["workflow_action"])
    assert SegmentPolicy.objects.get().name == "Romantic"
    holder([permissions["publish_segmentpolicy"]], waiting).post(path["workflow_action"])
    assert SegmentPolicy.objects.get().name == "Classic"


def test_without_permission_to_publish_there_is_only_a_draft(permissions, holder, styles):
    client = holder([permissions["add_segmentpolicy"], permissions["change_segmentpolicy"]])
    url = f"{DESK}/segments/add/"
    fields = with_rules(fields_of(client.get(url)), STYLES) | {"name": "Romantic"}
    client.post(url, fields | {"action-publish": "1"})
    assert not SegmentPolicy.objects.get().live


def test_segments_can_be_chosen_by_those_who_edit_pages(holder, policy):
    client = holder([])
    url = "/admin/snippets/choose/wagtail_personalisation/segment/"
    assert client.get(url).status_code == 200


def test_the_permissions_can_be_given_to_groups():
    offered = Permission.objects.none()
    for function in hooks.get_hooks("register_permissions"):
        offered |= Permission.objects.filter(pk__in=function().values("pk"))
    ours = offered.filter(content_type__app_label="ethical_personalization")
    used = set().union(*(opened_by(screen) for screen in desk_screens() if screen.name in OPENS))
    nobodys = {"add_purpose", "delete_purpose", "add_feedback"}
    assert set(ours.values_list("codename", flat=True)) - nobodys == used - nobodys


def test_the_group_form_of_the_admin_opens(client, superuser):
    client.force_login(superuser, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/groups/new/").status_code == 200
