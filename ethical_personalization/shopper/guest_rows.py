"""What has a guest's address, taken out of its tables and sealed, so that it can be put back.

Nothing of Oscar's asks whether a guest is being erased: as long as her rows are there they are
used, and product alerts are sent. So they leave their tables with her confirmation, with all that
hangs on them, and lie encrypted beside the erasure until it is done or undone.
"""

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core import serializers
from django.db import router, transaction
from django.db.models import ForeignKey, Model
from django.db.models.deletion import Collector

from ethical_personalization.conf import conf
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models import Erasure

from .aead import Unsealable, decrypt, encrypt
from .holdings import Goes, Person, installed_holdings


class _Collector(Collector):
    """Finds every row that goes along, also those that a database could delete unseen."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:
        return False


@dataclass(frozen=True, kw_only=True)
class TakenOut:
    """Whose rows, and the rows as Django serializes them, first those that others refer to."""

    email: str
    rows: str = "[]"

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing."""
        return not json.loads(self.rows)


def take_out(email: str) -> TakenOut:
    """Delete what goes with an account and is of one who has none; orders stay."""
    found = _Collector(using=router.db_for_write(Erasure))
    person = Person(guest_email=email)
    for holding in installed_holdings():
        if holding.of_guest and holding.goes is not Goes.STAYS:
            found.collect(holding.rows(person))
    found.sort()
    rows = [row for model in reversed(list(found.data)) for row in found.data[model]]
    taken = TakenOut(email=email, rows=serializers.serialize("json", rows))
    found.delete()
    return taken


def seal(taken: TakenOut, guest: str) -> bytes:
    """For the erasure of ``guest``, the keyed hash of her address."""
    said = json.dumps([taken.email, taken.rows])
    return encrypt(conf.sealing_keys[0], said.encode(), guest.encode())


def unseal(erasure: Erasure) -> TakenOut:
    """What was taken out for it. Raises ``Unsealable`` where the shop's key is lost."""
    for key in conf.sealing_keys:
        try:
            said = decrypt(key, bytes(erasure.sealed or b""), erasure.guest.encode())
        except Unsealable:
            continue
        email, rows = json.loads(said)
        return TakenOut(email=email, rows=rows)
    raise Unsealable("No sealing key opens what was taken out for an erasure.")


def put_back(taken: TakenOut) -> None:
    """Every row as it was, as long as what it belongs to is still there."""
    for each in serializers.deserialize("json", taken.rows, ignorenonexistent=True):
        attempt(partial(_save, each), otherwise=None, what="guest_undo")


def _save(each: Any) -> None:
    if not _has_its_place(each.object):
        return
    with transaction.atomic():
        each.save()


def _has_its_place(row: Model) -> bool:
    """Whether nobody stands there, and everything that it refers to does.

    Databases look at that only when the transaction ends, which would take back the whole undoing.
    """
    if type(row)._base_manager.filter(pk=row.pk).exists():
        return False
    return all(
        field.related_model._base_manager.filter(
            **{field.target_field.attname: getattr(row, field.attname)}
        ).exists()
        for field in row._meta.concrete_fields
        if isinstance(field, ForeignKey) and getattr(row, field.attname) is not None
    )
