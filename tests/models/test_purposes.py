"""Purposes and the versions that choices refer to."""

import pytest
from django.db.models import ProtectedError

from ethical_personalization.core.exceptions import LedgerRefusal
from ethical_personalization.models import Purpose, PurposeVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def purpose():
    return Purpose.objects.get(key="stated")


@pytest.mark.parametrize(
    "change", [{"title": "Told"}, {"benefit": "x"}, {"data": "x"}, {"sort_order": 9}]
)
def test_wording_starts_no_version(purpose, change):
    for name, value in change.items():
        setattr(purpose, name, value)
    purpose.save()
    assert purpose.versions.count() == 1


@pytest.mark.parametrize("change", [{"retention_days": 9}, {"recipients": "Parcel Ltd"}])
def test_terms_start_a_version_and_leave_the_old_one(purpose, change):
    old = purpose.versions.get()
    for name, value in change.items():
        setattr(purpose, name, value)
    purpose.save()
    assert purpose.versions.count() == 2
    assert purpose.versions.get(number=1).material == old.material


def test_version_is_never_changed_or_deleted(purpose):
    version = purpose.versions.get()
    version.material = {}
    for attempt in (
        version.save,
        version.delete,
        PurposeVersion.objects.all().delete,
        lambda: PurposeVersion.objects.update(material={}),
        lambda: purpose.versions.update(material={}),
    ):
        with pytest.raises(LedgerRefusal):
            attempt()
    assert purpose.versions.get().material != {}


def test_version_is_not_changed_in_bulk_either(purpose):
    version = purpose.versions.get()
    with pytest.raises(LedgerRefusal):
        PurposeVersion.objects.bulk_update([version], ["material"])


def test_purpose_with_versions_can_not_be_deleted(purpose):
    with pytest.raises(ProtectedError):
        purpose.delete()


def test_purpose_that_is_offered_again_is_new_to_who_answered_meanwhile(purpose):
    since = purpose.offered_since
    purpose.save()
    assert Purpose.objects.get(key="stated").offered_since == since
    purpose.is_offered = False
    purpose.save()
    purpose.is_offered = True
    purpose.save()
    assert Purpose.objects.get(key="stated").offered_since > since
