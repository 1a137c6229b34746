"""Wraps each subject's key under the shop's newest key; what she told is not touched."""

from collections.abc import Iterator

from django.db.models import Count

from ethical_personalization.conf import conf
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models import SubjectKey

from .vault import WrappedKey, key_id, rewrap


def rotate_keys(batch: int) -> Iterator[int]:
    """How many keys were wrapped anew, after each batch; runs beside the shop's traffic.

    A key is replaced only where it still is what was read: one that was destroyed meanwhile stays
    destroyed. Readers open both as long as the old key is in the setting.
    """
    newest = key_id(conf.sealing_keys[0])
    older = SubjectKey.objects.exclude(wrapped_by=newest).order_by("pk")
    last = None
    while rows := list((older.filter(pk__gt=last) if last else older)[:batch]):
        last = rows[-1].pk
        yield sum(_wrap_anew(row) for row in rows)


def keys_left() -> dict[str, int]:
    """How many keys each older shop key still wraps, by its id."""
    older = SubjectKey.objects.exclude(wrapped_by=key_id(conf.sealing_keys[0]))
    counted = older.order_by("wrapped_by").values("wrapped_by").annotate(number=Count("pk"))
    return dict(counted.values_list("wrapped_by", "number"))


def _wrap_anew(row: SubjectKey) -> int:
    """1, or 0 where the key was lost, destroyed, or wrapped anew by somebody else."""
    held = WrappedKey(wrapped=bytes(row.wrapped), wrapped_by=row.wrapped_by)
    nothing: WrappedKey | None = None
    renewed = attempt(lambda: rewrap(held, row.pk), otherwise=nothing, what="rotation")
    if renewed is None:
        return 0
    same = SubjectKey.objects.filter(pk=row.pk, wrapped_by=row.wrapped_by, wrapped=row.wrapped)
    return same.update(wrapped=renewed.wrapped, wrapped_by=renewed.wrapped_by)
