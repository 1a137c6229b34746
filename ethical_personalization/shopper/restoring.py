"""Erases again, in a restored backup, whom and what a backup had brought back."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from ethical_personalization.models import Subject

from .erasure import erase_account_rows, erase_guest_rows, erase_subject
from .holdings import Goes, installed_holdings
from .taken_back import take_back_again
from .tombstones import Erased, marks_of

_CHUNK = 2000
#: When each mark was erased.
Marks = Mapping[str, datetime]


def erase_again(marks: Marks, *, now: datetime) -> Iterator[Erased]:
    """Walk everybody who is there, and erase whom ``marks`` knows; yields what was erased."""
    for key in _each_key(Subject.objects.all()):
        if _erased_at(marks, Erased.SUBJECT, key) is not None:
            erase_subject(key, now=now)
            yield Erased.SUBJECT
        else:
            yield from [Erased.YES] * take_back_again(marks, key, now=now)
    for key in _each_key(get_user_model()._default_manager.all()):
        yield from _erase_account(marks, key, now)
    for email in _guests():
        if _erased_at(marks, Erased.GUEST, email.casefold()) is not None:
            erase_guest_rows(email, now=now)
            yield Erased.GUEST


def _guests() -> set[str]:
    """Addresses of rows that an erasure deletes; who has orders alone has nothing to erase."""
    going = (holding for holding in installed_holdings() if holding.goes is not Goes.STAYS)
    return {email.casefold() for holding in going for email in holding.guests()}


def _erase_account(marks: Marks, key: Any, now: datetime) -> Iterator[Erased]:
    deleted_at = _erased_at(marks, Erased.ACCOUNT, key)
    account = get_user_model()._default_manager.get(pk=key) if deleted_at is not None else None
    if account is not None and deleted_at is not None and not _is_younger(account, deleted_at):
        account.delete()
        yield Erased.ACCOUNT
    elif _erased_at(marks, Erased.ROWS, key) is not None:
        erase_account_rows(key, now=now)
        yield Erased.ROWS


def _is_younger(account: Any, deleted_at: datetime) -> bool:
    """A restored database gives away numbers a second time."""
    joined = getattr(account, "date_joined", None)
    return joined is not None and joined > deleted_at


def _erased_at(marks: Marks, what: Erased, key: Any) -> datetime | None:
    return next((marks[mark] for mark in marks_of(what, key) if mark in marks), None)


def _each_key(everybody: QuerySet[Any]) -> Iterator[Any]:
    """Chunk by chunk: some of them are deleted on the way."""
    last = None
    while True:
        rest = everybody.filter(pk__gt=last) if last is not None else everybody
        keys = list(rest.order_by("pk").values_list("pk", flat=True)[:_CHUNK])
        if not keys:
            return
        yield from keys
        last = keys[-1]
