"""What a subject told us and what she told us not to use; both sealed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ethical_personalization.core.facts import Fact
from ethical_personalization.facts.browsing import PURPOSE as BROWSING
from ethical_personalization.facts.stated import RECORD as STATED
from ethical_personalization.models import SealedRecord, Subject, SubjectKey

from .instructions import INSTRUCTIONS, Part, hand_over_instructions, leave_out, take_back
from .oscar_rows import forget_rows
from .vault import change_record, open_record, seal_record


def save_stated(subject_id: UUID, answers: Mapping[str, Sequence[str]], *, now: datetime) -> None:
    """Replace the answers to the questions in ``answers``; an empty answer deletes it."""

    def change(before: Mapping[str, Any]) -> Mapping[str, Any]:
        record = dict(before)
        for key, values in answers.items():
            if not values:
                record.pop(key, None)
            elif sorted(values) != sorted(record.get(key, {}).get("values", ())):
                record[key] = {"values": sorted(values), "at": now.isoformat()}
        return record

    change_record(subject_id, STATED, change)


def stated_answers(subject_id: UUID) -> dict[str, tuple[str, ...]]:
    """What she answered, by the key of the question; ask only where she permits its use."""
    return answers_in(open_record(subject_id, STATED))


def answers_in(record: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The answers in her opened record, by the key of the question."""
    return {key: tuple(answer.get("values", ())) for key, answer in record.items()}


def excluded_facts(subject_id: UUID) -> Mapping[str, str]:
    """The facts that the shopper told us not to use, with the ISO time of the instruction."""
    return dict(open_record(subject_id, INSTRUCTIONS).get(Part.EXCLUDED, {}))


def set_excluded(subject_id: UUID, fact: str, *, excluded: bool, now: datetime) -> None:
    """Follow "don't use this", or its undoing, from the next response on."""
    if excluded:
        leave_out(subject_id, Part.EXCLUDED, fact, now=now)
    else:
        take_back(subject_id, Part.EXCLUDED, fact)


def hand_over(source_id: UUID, target_id: UUID, *, with_answers: bool) -> None:
    """Give what a device was told to the account: instructions always, answers if it has none."""
    hand_over_instructions(source_id, target_id)
    stated = open_record(source_id, STATED) if with_answers else {}
    if stated and not open_record(target_id, STATED):
        seal_record(target_id, STATED, stated)


def forget_fact(subject_id: UUID, fact: Fact) -> None:
    """Delete what is kept for ``fact``, in the sealed record of its purpose."""
    if fact.forget is not None and fact.purpose is not None:
        change_record(subject_id, fact.purpose, fact.forget)


def forget_purpose(subject_id: UUID, purpose: str) -> None:
    """Delete what was kept for ``purpose``: a sealed record is named after its purpose.

    With the last record goes the key, so that a key that no longer opens anything is no dead end.
    What Oscar kept about the account's views and searches goes with what she looks at.
    """
    seal_record(subject_id, purpose, {})
    if purpose == BROWSING:
        account = Subject.objects.filter(pk=subject_id, user__isnull=False)
        for user_id in account.values_list("user_id", flat=True):
            forget_rows(user_id)
    if not SealedRecord.objects.filter(subject_id=subject_id).exists():
        SubjectKey.objects.filter(subject_id=subject_id).delete()
