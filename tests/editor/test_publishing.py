"""Draft, publish, schedule, take back: what the segment and its rules become."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask
from wagtail_personalisation.models import Segment
from wagtail_personalisation.rules import UserIsLoggedInRule

from ethical_personalization.editor.definitions import definition_of, read_definition
from ethical_personalization.editor.projection import project
from ethical_personalization.models import FactRule, SegmentPolicy
from tests.editor.conftest import DESK, MANY_ORDERS, STYLES
from tests.editor.forms import fields_of

pytestmark = pytest.mark.django_db


def rows():
    fields = ("fact", "operator", "value", "negated", "group")
    return list(FactRule.objects.order_by("pk").values_list(*fields))


def test_a_draft_gets_a_disabled_segment_without_rules(save):
    response = save(STYLES, name="Romantic", action=None)
    policy = SegmentPolicy.objects.get()
    assert response.status_code == 302
    assert not policy.live
    assert (policy.segment.name, policy.segment.status) == ("Romantic", "disabled")
    assert rows() == []


def test_publishing_writes_segment_and_rules(save):
    save(STYLES, name="Romantic", shopper_benefit="Nice things.")
    policy = SegmentPolicy.objects.get()
    assert policy.live
    assert policy.definition == definition_of(policy.segment)
    assert (policy.segment.name, policy.segment.status) == ("Romantic", "enabled")
    assert rows() == [("stated.styles", "any_of", ["romantic"], False, 0)]


def test_a_negation_and_a_group_are_stored(save):
    rule = ("orders.count", "not:at_least", {"number": "3", "group": "2"})
    save(STYLES, rule, name="Few orders")
    assert rows()[1] == ("orders.count", "at_least", "3", True, 2)


def test_one_rule_of_several_can_be_enough(save):
    save(STYLES, MANY_ORDERS, name="Either", **{"rules-joined_by": "any"})
    assert Segment.objects.get().match_any


def test_a_draft_of_a_live_segment_changes_nothing_shoppers_see(policy, save):
    save(MANY_ORDERS, policy=policy, action=None, name="Regulars")
    policy.refresh_from_db()
    assert policy.has_unpublished_changes
    assert (policy.name, policy.segment.name) == ("Romantic", "Romantic")
    assert rows() == [("stated.styles", "any_of", ["romantic"], False, 0)]


def test_publishing_replaces_every_rule(policy, save):
    save(MANY_ORDERS, policy=policy, name="Regulars")
    assert Segment.objects.get().name == "Regulars"
    assert rows() == [("orders.count", "at_least", "3", False, 0)]


def test_the_form_shows_the_newest_draft(policy, save, desk):
    save(MANY_ORDERS, policy=policy, action=None)
    fields = fields_of(desk.get(f"{DESK}/segments/edit/{policy.pk}/"))
    assert fields["rules-ethical_personalization_factrules-0-fact"] == ["orders.count"]
    assert fields["rules-ethical_personalization_factrules-0-number"] == ["3"]


def test_sending_the_form_as_it_is_keeps_every_rule(policy, desk):
    url = f"{DESK}/segments/edit/{policy.pk}/"
    before = policy.definition
    desk.post(url, fields_of(desk.get(url)) | {"action-publish": "1"})
    policy.refresh_from_db()
    assert policy.definition == before
    assert len(rows()) == 1


def test_a_rule_of_the_host_is_kept_at_its_defaults(policy, desk):
    url = f"{DESK}/segments/edit/{policy.pk}/"
    relation = "rules-wagtail_personalisation_userisloggedinrules"
    more = {f"{relation}-TOTAL_FORMS": 1, f"{relation}-0-id": "", f"{relation}-0-DELETE": ""}
    desk.post(url, fields_of(desk.get(url)) | more | {"action-publish": "1"})
    assert UserIsLoggedInRule.objects.get().is_logged_in is False
    desk.post(url, fields_of(desk.get(url)) | {"action-publish": "1"})
    assert UserIsLoggedInRule.objects.count() == 1


def test_a_deleted_row_is_gone(policy, save, desk):
    save(STYLES, MANY_ORDERS, policy=policy)
    url = f"{DESK}/segments/edit/{policy.pk}/"
    fields = fields_of(desk.get(url))
    fields["rules-ethical_personalization_factrules-0-DELETE"] = "1"
    desk.post(url, fields | {"action-publish": "1"})
    assert [row[0] for row in rows()] == ["orders.count"]


def test_unpublishing_disables_the_segment_and_keeps_its_rules(policy, desk):
    desk.post(f"{DESK}/segments/unpublish/{policy.pk}/")
    policy.refresh_from_db()
    assert not policy.live
    assert policy.segment.status == "disabled"
    assert len(rows()) == 1


def test_going_back_to_an_old_version_restores_its_rules(policy, save, desk):
    first = policy.latest_revision_id
    save(MANY_ORDERS, policy=policy)
    url = f"{DESK}/segments/history/{policy.pk}/revisions/{first}/revert/"
    desk.post(url, fields_of(desk.get(url)) | {"action-publish": "1"})
    assert rows() == [("stated.styles", "any_of", ["romantic"], False, 0)]


def test_versions_are_compared_in_words(policy, save, desk):
    save(MANY_ORDERS, policy=policy, action=None)
    response = desk.get(f"{DESK}/segments/history/{policy.pk}/revisions/compare/live...latest/")
    assert response.status_code == 200
    assert b"Rules" in response.content
    assert b"at least" in response.content


def test_a_scheduled_version_is_projected_when_its_time_has_come(policy, save):
    soon = timezone.now() + timedelta(hours=1)
    save(MANY_ORDERS, policy=policy, go_live_at=timezone.localtime(soon).strftime("%Y-%m-%d %H:%M"))
    assert rows()[0][0] == "stated.styles"
    revision = policy.revisions.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled")
    assert rows()[0][0] == "orders.count"


def test_a_new_segment_scheduled_for_later_stays_disabled(save):
    later = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    save(STYLES, name="Tomorrow", go_live_at=later)
    assert Segment.objects.get().status == "disabled"


def test_an_expired_segment_is_disabled(policy):
    policy.expire_at = timezone.now() - timedelta(minutes=1)
    policy.save()
    call_command("publish_scheduled")
    assert Segment.objects.get().status == "disabled"


def test_what_fails_half_way_leaves_everything_as_it_was(policy, monkeypatch):
    revision = policy.save_revision()
    monkeypatch.setattr(Segment, "save", lambda self, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        policy.unpublish()
    policy = SegmentPolicy.objects.get()
    assert policy.live
    assert policy.segment.status == "enabled"
    assert revision.pk


def test_a_rule_that_can_not_be_read_keeps_the_segment_disabled(policy):
    policy.definition = {**policy.definition, "gone_app_rules": [{"pk": None, "level": 3}]}
    project(policy)
    assert Segment.objects.get().status == "disabled"


def test_a_policy_that_describes_nothing_stands_for_its_segment(host_segment):
    policy = SegmentPolicy.objects.create(segment=host_segment, name="From before")
    project(policy)
    assert len(rows()) == 1


def test_the_definition_is_the_same_each_time(policy):
    assert definition_of(policy.segment) == definition_of(Segment.objects.get())
    assert definition_of(policy.segment) == policy.definition


def test_a_workflow_ends_in_the_segment(save, superuser, desk):
    workflow = Workflow.objects.create(name="Four eyes")
    task = GroupApprovalTask.objects.create(name="Look")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    content_type = ContentType.objects.get_for_model(SegmentPolicy)
    WorkflowContentType.objects.create(content_type=content_type, workflow=workflow)
    save(STYLES, name="Romantic", action="submit")
    policy = SegmentPolicy.objects.get()
    assert policy.workflow_in_progress
    assert policy.segment.status == "disabled"
    policy.current_workflow_state.current_task_state.approve(user=superuser)
    assert Segment.objects.get().status == "enabled"
    assert len(rows()) == 1


def test_what_is_submitted_to_a_workflow_has_to_make_sense(save, desk):
    workflow = Workflow.objects.create(name="Four eyes")
    content_type = ContentType.objects.get_for_model(SegmentPolicy)
    WorkflowContentType.objects.create(content_type=content_type, workflow=workflow)
    assert save(name="Empty", action="submit").status_code == 200
    assert not SegmentPolicy.objects.exists()


@pytest.mark.parametrize(
    "rows_", [[{"start_time": "noon"}], ["x"], [None], [{"start_time": None, "end_time": 7}]]
)
def test_a_definition_that_does_not_fit_its_classes_counts_as_lost(rows_):
    described = read_definition({"wagtail_personalisation_timerules": rows_})
    assert (described.rules, described.lost) == ((), 1)
