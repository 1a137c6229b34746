"""What ``migrate`` leaves behind."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from wagtail_personalisation.models import Segment

from ethical_personalization.core.registry import purposes
from ethical_personalization.models import PreferenceQuestion, Purpose, SegmentPolicy
from ethical_personalization.setup import create_defaults

pytestmark = pytest.mark.django_db


def test_purposes_and_questions_are_there_and_nothing_is_on():
    assert list(Purpose.objects.values_list("key", flat=True)) == [
        "stated",
        "orders",
        "browsing",
        "context",
    ]
    assert PreferenceQuestion.objects.count() == 4
    assert all(purpose.versions.count() == 1 for purpose in Purpose.objects.all())


def test_second_run_changes_nothing_that_an_editor_changed():
    Purpose.objects.filter(key="stated").update(title="Your answers")
    PreferenceQuestion.objects.exclude(key="sizes").delete()
    create_defaults(sender=None)
    assert Purpose.objects.get(key="stated").title == "Your answers"
    assert PreferenceQuestion.objects.count() == 1


def test_segments_from_before_get_their_policy():
    segment = Segment.objects.create(name="Old friends")
    create_defaults(sender=None)
    assert SegmentPolicy.objects.get(segment=segment).live


def test_nothing_happens_before_our_tables_are_there(monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    PreferenceQuestion.objects.all().delete()
    create_defaults(sender=None)
    assert not PreferenceQuestion.objects.exists()


def test_terms_of_a_new_release_reach_a_purpose_that_exists():
    release = replace(
        purposes.get("stated"), retention=timedelta(days=90), recipients=("Parcel Ltd",)
    )
    with purposes.temporarily(release):
        create_defaults(sender=None)
        create_defaults(sender=None)
    purpose = Purpose.objects.get(key="stated")
    assert (purpose.retention_days, purpose.recipients) == (90, "Parcel Ltd")
    assert [version.number for version in purpose.versions.all()] == [1, 2]


def test_nothing_happens_while_columns_of_today_are_missing(monkeypatch):
    monkeypatch.setattr(connection.introspection, "get_table_description", lambda *args: [])
    PreferenceQuestion.objects.all().delete()
    create_defaults(sender=None)
    assert not PreferenceQuestion.objects.exists()
