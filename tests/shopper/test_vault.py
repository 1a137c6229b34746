"""What is sealed opens only with the key of its subject."""

import pytest

from ethical_personalization.models import SealedRecord, Subject, SubjectKey
from ethical_personalization.shopper.aead import Unsealable
from ethical_personalization.shopper.vault import open_record, seal_record

pytestmark = pytest.mark.django_db
CONTENT = {"styles": {"values": ["romantic"], "at": "2026-06-01T12:00:00+00:00"}}
OLD, NEW = "11" * 32, "22" * 32


def test_record_opens_as_sealed_and_is_unreadable_in_the_table(subject):
    seal_record(subject.pk, "stated", CONTENT)
    assert open_record(subject.pk, "stated") == CONTENT
    assert b"romantic" not in bytes(SealedRecord.objects.get().ciphertext)


def test_record_of_another_subject_does_not_open(subject):
    other = Subject.objects.create()
    seal_record(subject.pk, "stated", CONTENT)
    seal_record(other.pk, "stated", CONTENT)
    stolen = SealedRecord.objects.get(subject=subject).ciphertext
    SealedRecord.objects.filter(subject=other).update(ciphertext=stolen)
    with pytest.raises(Unsealable):
        open_record(other.pk, "stated")


def test_record_under_another_name_does_not_open(subject):
    seal_record(subject.pk, "stated", CONTENT)
    SealedRecord.objects.update(name="instructions")
    with pytest.raises(Unsealable):
        open_record(subject.pk, "instructions")


def test_empty_content_removes_the_record_even_if_it_does_not_open(subject):
    seal_record(subject.pk, "stated", CONTENT)
    SealedRecord.objects.update(ciphertext=b"x" * 40)
    seal_record(subject.pk, "stated", {})
    assert not SealedRecord.objects.exists()


def test_older_sealing_key_still_opens(subject, settings):
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = [OLD]
    seal_record(subject.pk, "stated", CONTENT)
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = [NEW, OLD]
    assert open_record(subject.pk, "stated") == CONTENT


def test_lost_sealing_key_is_named(subject, settings):
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = [OLD]
    seal_record(subject.pk, "stated", CONTENT)
    settings.ETHICAL_PERSONALIZATION_SEALING_KEYS = [NEW]
    with pytest.raises(Unsealable, match=SubjectKey.objects.get().wrapped_by):
        open_record(subject.pk, "stated")
