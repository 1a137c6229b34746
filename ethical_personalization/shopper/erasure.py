"""Erases a shopper: use stops at once, deletion follows, and for a while she can undo it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.db.models.signals import pre_delete
from django.utils import timezone

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.periods import UNDO_WINDOW
from ethical_personalization.models import (
    DataRequest,
    Erasure,
    RequestChannel,
    RequestKind,
    Subject,
)
from ethical_personalization.signals import erasing, erasure_confirmed

from .guest_rows import put_back, seal, take_out, unseal
from .holdings import Goes, Person, installed_holdings
from .shared_choices import changing
from .tombstones import Erased, keep_mark, mark_erased, marks_of


def connect() -> None:
    """Erase with each account that is deleted; calling it again changes nothing."""
    pre_delete.connect(
        _on_account_deleted,
        sender=get_user_model(),
        dispatch_uid="ethical_personalization.erasure",
    )


def confirm_erasure(subjects: Iterable[Subject], user: Any = None, *, now: datetime) -> None:
    """Stop using everything about these subjects and ``user`` at once; delete it later.

    The account is taken off its subject: what it allows from now on begins a new one.
    """
    with transaction.atomic():
        request = DataRequest.objects.create(kind=RequestKind.ERASURE, channel=RequestChannel.PAGE)
        owners = {}
        for subject in subjects:
            changing(subject)
            owners[subject.pk] = subject.user_id
        planned = [_close_and_plan(request, *owner, now=now) for owner in owners.items()]
        if user is not None and user.pk not in owners.values():
            planned.append(_plan(request, None, user.pk, now))
        if not any(planned):  # another tab was faster
            request.delete()


def pending_erasures(user: Any, pseudonyms: Sequence[UUID]) -> list[Erasure]:
    """Those that the account or a device with ``pseudonyms`` can still undo, the newest first."""
    hers = Q(pk__in=())
    if user is not None:
        hers |= Q(user=user)
    if pseudonyms:
        hers |= Q(subject__in=pseudonyms, user__isnull=True)
    return list(Erasure.objects.filter(hers).order_by("-confirmed_at", "-pk"))


def pending_of_guest(email: str) -> list[Erasure]:
    """Those of the guest to whom a link to this address was sent, the newest first."""
    marks = list(marks_of(Erased.GUEST, email.casefold()))
    return list(Erasure.objects.filter(guest__in=marks).order_by("-confirmed_at", "-pk"))


def can_be_undone(erasure: Erasure, *, now: datetime) -> bool:
    """Until its window ends, and as long as the account has not begun anew."""
    if now >= erasure.due_at:
        return False
    return erasure.user_id is None or not Subject.objects.filter(user=erasure.user_id).exists()


def undo_erasure(erasure: Erasure, *, now: datetime) -> bool:
    """Give everything back as it was; False where it can't be undone any more."""
    with transaction.atomic():
        held = Erasure.objects.select_for_update().filter(pk=erasure.pk).first()
        if held is None or not can_be_undone(held, now=now):
            return False
        if held.subject_id is not None:
            subject = Subject.objects.select_for_update().get(pk=held.subject_id)
            subject.closed_at, subject.user_id = None, held.user_id
            changing(subject)
            subject.save(update_fields=["closed_at", "user"])
        if held.guest:
            put_back(unseal(held))
        _is_answered(held)
        held.delete()
    return True


def finish_erasure(erasure_pk: int, *, now: datetime) -> bool:
    """Delete for good; False where another run did it, or she undid it, meanwhile."""
    with transaction.atomic():
        erasure = Erasure.objects.select_for_update().filter(pk=erasure_pk).first()
        if erasure is None:
            return False
        if erasure.subject_id is not None:
            erase_subject(erasure.subject_id, now=now)
        if erasure.user_id is not None:
            erase_account_rows(erasure.user_id, now=now)
        if erasure.guest:
            keep_mark(erasure.guest, now=now)
        _tell_deletion(erasure)
        _is_answered(erasure)
        erasure.delete()
    return True


def erase_subject(subject_id: UUID, *, now: datetime) -> None:
    """Key, records and states go; the pseudonym keeps the proof alone, and no account."""
    with transaction.atomic():
        changing(Subject.objects.select_for_update().get(pk=subject_id))
        _close(subject_id, now)
        Subject.objects.filter(pk=subject_id).update(
            restricted_at=None, restricted_until=None, under_age_until=None
        )
        _delete_rows(Person(subject_id=subject_id))
        mark_erased(Erased.SUBJECT, subject_id, now=now)


def erase_account_rows(user_id: Any, *, now: datetime) -> None:
    """What personalisation and Oscar's analytics kept about an account that stays."""
    with transaction.atomic():
        _delete_rows(Person(user_id=user_id))
        mark_erased(Erased.ROWS, user_id, now=now)


def confirm_guest_erasure(email: str, *, now: datetime) -> None:
    """Take what has the address out of use at once, and delete it later; orders stay."""
    guest = next(marks_of(Erased.GUEST, email.casefold()))
    about = {"subject_id": None, "user_id": None, "guest_email": email}
    with transaction.atomic():
        taken = take_out(email)
        if taken.is_empty and pending_of_guest(email):  # another tab was faster
            return
        Erasure.objects.create(
            guest=guest,
            sealed=seal(taken, guest),
            request=DataRequest.objects.create(
                kind=RequestKind.ERASURE, channel=RequestChannel.GUEST
            ),
            confirmed_at=now,
            due_at=now + UNDO_WINDOW,
        )
        transaction.on_commit(lambda: erasure_confirmed.send_robust(Erasure, **about), robust=True)


def erase_guest_rows(email: str, *, now: datetime) -> None:
    """The same at once and for good, after a backup brought it back."""
    with transaction.atomic():
        take_out(email)
        mark_erased(Erased.GUEST, email.casefold(), now=now)


def _on_account_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """The same without undo, in the transaction that deletes the account."""
    now = timezone.now()
    subjects = list(Subject.objects.filter(user=instance).values_list("pk", flat=True))
    pending = Erasure.objects.filter(user=instance).exclude(subject=None)
    subjects += pending.values_list("subject", flat=True)
    for closed in subjects:
        erase_subject(closed, now=now)
    _delete_rows(Person(user_id=instance.pk))
    told: list[UUID | None] = [*subjects] or [None]
    for subject_id in told:
        erasing.send(Erasure, subject_id=subject_id, user_id=instance.pk, guest_email="")
    for erasure in Erasure.objects.filter(user=instance).select_related("request"):
        _is_answered(erasure)
    Erasure.objects.filter(user=instance).delete()
    DataRequest.objects.create(
        kind=RequestKind.ERASURE, channel=RequestChannel.ACCOUNT, done_on=timezone.localdate()
    )
    mark_erased(Erased.ACCOUNT, instance.pk, now=now)


def _close(subject_id: UUID, now: datetime) -> None:
    """No page reads her from here on; the first time it happened counts."""
    subject = Subject.objects.filter(pk=subject_id)
    subject.update(closed_at=Coalesce("closed_at", now), user=None)


def _close_and_plan(request: DataRequest, subject_id: UUID, user_id: Any, *, now: datetime) -> bool:
    _close(subject_id, now)
    return _plan(request, subject_id, user_id, now)


def _plan(request: DataRequest, subject_id: UUID | None, user_id: Any, now: datetime) -> bool:
    """Whether it was not planned yet."""
    planned = {"request": request, "confirmed_at": now, "due_at": now + UNDO_WINDOW}
    if subject_id is None:
        _erasure, is_new = Erasure.objects.get_or_create(
            subject=None, user_id=user_id, defaults=planned
        )
    else:
        _erasure, is_new = Erasure.objects.get_or_create(
            subject_id=subject_id, defaults={**planned, "user_id": user_id}
        )
    about = {"subject_id": subject_id, "user_id": user_id, "guest_email": ""}
    transaction.on_commit(lambda: erasure_confirmed.send_robust(Erasure, **about), robust=True)
    return is_new


def _delete_rows(person: Person) -> None:
    for holding in installed_holdings():
        if holding.goes is Goes.WITH_ERASURE and holding.model_class is not Erasure:
            holding.rows(person).delete()


def _tell_deletion(erasure: Erasure) -> None:
    """Other apps know a guest by her address, which is lost with the shop's key."""
    email = ""
    if erasure.guest:
        email = attempt(lambda: unseal(erasure).email, otherwise="", what="guest_erasure")
        if not email:
            return
    about = {"subject_id": erasure.subject_id, "user_id": erasure.user_id, "guest_email": email}
    erasing.send(Erasure, **about)


def _is_answered(erasure: Erasure) -> None:
    request: DataRequest | None = erasure.request
    if request is not None and request.done_on is None:
        request.done_on = timezone.localdate()
        request.save(update_fields=["done_on"])
