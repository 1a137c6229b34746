"""Keys are wrapped anew beside the traffic, and nothing that was sealed is rewritten."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ethical_personalization.models import SealedRecord, Subject, SubjectKey
from ethical_personalization.shopper import rotation
from ethical_personalization.shopper.vault import open_record, seal_record

pytestmark = pytest.mark.django_db
OLD, NEW = "11" * 32, "22" * 32
CONTENT = {"styles": {"values": ["romantic"]}}


@pytest.fixture
def sealed(settings):
    """Records of some shoppers, sealed before the shop got a new key."""
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = [OLD]
    subjects = [Subject.objects.create() for _number in range(5)]
    for subject in subjects:
        seal_record(subject.pk, "stated", CONTENT)
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = [NEW, OLD]
    return subjects


def rotate(*options):
    said = StringIO()
    call_command("rotate_keys", *options, stdout=said)
    return said.getvalue()


def test_rotated_keys_open_with_the_new_key_alone(sealed, settings):
    rotate()
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = [NEW]
    assert [open_record(subject.pk, "stated") for subject in sealed] == [CONTENT] * 5


def test_rotation_rewrites_no_record(sealed):
    before = list(SealedRecord.objects.order_by("pk").values_list("ciphertext", "updated_at"))
    rotate()
    after = list(SealedRecord.objects.order_by("pk").values_list("ciphertext", "updated_at"))
    assert [(bytes(c), at) for c, at in after] == [(bytes(c), at) for c, at in before]


def test_rotation_can_be_repeated_and_goes_in_batches(sealed):
    assert rotate("--batch", "2").splitlines()[:3] == ["2 so far", "4 so far", "5 so far"]
    assert rotate().startswith("0 keys wrapped anew.")


def test_key_that_is_destroyed_meanwhile_stays_destroyed(sealed, monkeypatch):
    def destroyed_first(held, subject_id):
        SubjectKey.objects.filter(subject=subject_id).delete()
        return rewrap(held, subject_id)

    rewrap = rotation.rewrap
    monkeypatch.setattr(rotation, "rewrap", destroyed_first)
    rotate()
    assert not SubjectKey.objects.exists()


def test_shopper_changes_her_answers_between_two_batches(sealed):
    steps = rotation.rotate_keys(2)
    next(steps)
    for subject in sealed:
        seal_record(subject.pk, "stated", {"colours": {"values": ["blue"]}})
    assert sum(steps) == 3
    assert all("colours" in open_record(subject.pk, "stated") for subject in sealed)


def test_key_that_nobody_has_any_more_is_named_and_stops_no_other(sealed, settings):
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = ["33" * 32]
    lost = Subject.objects.create()
    seal_record(lost.pk, "stated", CONTENT)
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = [NEW, OLD]
    with pytest.raises(CommandError, match="1 key is still wrapped by"):
        rotate()
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = [NEW]
    assert [open_record(subject.pk, "stated") for subject in sealed] == [CONTENT] * 5
