"""Seals and opens what is stored about a subject (AES-GCM, one key per subject)."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ethical_personalization.conf import conf
from ethical_personalization.models import SealedRecord, Subject, SubjectKey

from .aead import Unsealable, decrypt, encrypt, new_key

Change = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class WrappedKey:
    """A subject's key as it is stored, and the id of the shop's key that unwraps it."""

    wrapped: bytes
    wrapped_by: str


@dataclass(kw_only=True)
class SealedBox:
    """The sealed records of one subject, in one query; each is opened when it is asked for."""

    subject_id: UUID | None = None
    key: WrappedKey | None = None
    ciphertexts: Mapping[str, bytes] = field(default_factory=dict)
    _opened: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def open(self, name: str) -> Mapping[str, Any]:
        """The record's JSON object; empty where there is none. Raises ``Unsealable``."""
        if name not in self._opened:
            self._opened[name] = self._open(name)
        return self._opened[name]

    def _open(self, name: str) -> Mapping[str, Any]:
        if self.subject_id is None or name not in self.ciphertexts:
            return {}
        if self.key is None:
            raise Unsealable("The key of a sealed record was destroyed.")
        plain = decrypt(
            _unwrap(self.key, self.subject_id),
            self.ciphertexts[name],
            _about(self.subject_id, name),
        )
        return dict(json.loads(plain))


def read_box(subject_id: UUID) -> SealedBox:
    """Everything that is sealed about the subject."""
    return read_boxes([subject_id]).get(subject_id, SealedBox(subject_id=subject_id))


def read_boxes(subject_ids: Sequence[UUID]) -> dict[UUID, SealedBox]:
    """Everything that is sealed about each subject of whom anything is, in one query."""
    rows = SealedRecord.objects.filter(subject__in=subject_ids).values_list(
        "subject_id",
        "name",
        "ciphertext",
        "subject__sealing_key__wrapped",
        "subject__sealing_key__wrapped_by",
    )
    keys: dict[UUID, WrappedKey | None] = {}
    sealed: dict[UUID, dict[str, bytes]] = {}
    for subject_id, name, ciphertext, wrapped, by in rows:
        keys[subject_id] = (
            WrappedKey(wrapped=bytes(wrapped), wrapped_by=by) if wrapped is not None else None
        )
        sealed.setdefault(subject_id, {})[name] = bytes(ciphertext)
    return {
        subject_id: SealedBox(subject_id=subject_id, key=keys[subject_id], ciphertexts=ciphertexts)
        for subject_id, ciphertexts in sealed.items()
    }


def open_record(subject_id: UUID, name: str) -> Mapping[str, Any]:
    """The record's JSON object; empty where there is none. Raises ``Unsealable``."""
    return read_box(subject_id).open(name)


def seal_record(subject_id: UUID, name: str, content: Mapping[str, Any]) -> None:
    """Store ``content`` as the record; an empty one removes it, even if it can't be opened."""
    if content:
        change_record(subject_id, name, lambda before: content)
    else:
        SealedRecord.objects.filter(subject_id=subject_id, name=name).delete()


def change_record(subject_id: UUID, name: str, change: Change) -> None:
    """Replace the record by ``change(record)`` under a lock, so that no update is lost.

    Nothing is kept about a subject who was closed meanwhile.
    """
    with transaction.atomic():
        subject = Subject.objects.select_for_update().get(pk=subject_id)
        if subject.closed_at is None:
            change_locked_record(read_box(subject_id), subject, name, change)


def change_locked_record(box: SealedBox, subject: Subject, name: str, change: Change) -> None:
    """The same where the caller holds the lock, and has read ``box`` of ``subject`` since."""
    content = change(box.open(name))
    rows = SealedRecord.objects.filter(subject=subject, name=name)
    if not content:
        rows.delete()
        return
    plain = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    sealed = encrypt(_key_of(box, subject), plain, _about(subject.pk, name))
    written = {"ciphertext": sealed, "updated_at": timezone.now()}
    if name in box.ciphertexts:
        rows.update(**written)
    else:
        SealedRecord.objects.create(subject=subject, name=name, **written)


def _key_of(box: SealedBox, subject: Subject) -> bytes:
    """Her key; a box in which nothing lies doesn't know whether there is one."""
    stored = box.key or _stored_key(subject)
    if stored is not None:
        return _unwrap(stored, subject.pk)
    key = new_key()
    renewed = _wrap(key, subject.pk)
    SubjectKey.objects.create(
        subject=subject, wrapped=renewed.wrapped, wrapped_by=renewed.wrapped_by
    )
    return key


def _stored_key(subject: Subject) -> WrappedKey | None:
    held = SubjectKey.objects.filter(subject=subject).first()
    if held is None:
        return None
    return WrappedKey(wrapped=bytes(held.wrapped), wrapped_by=held.wrapped_by)


def key_id(key: bytes) -> str:
    """Names a key of the shop without telling it."""
    return hashlib.sha256(b"id" + key).hexdigest()[:16]


def rewrap(held: WrappedKey, subject_id: UUID) -> WrappedKey:
    """The same key under the shop's newest one. Raises ``Unsealable``."""
    return _wrap(_unwrap(held, subject_id), subject_id)


def _wrap(key: bytes, subject_id: UUID) -> WrappedKey:
    wrapping = conf.sealing_keys[0]
    return WrappedKey(wrapped=encrypt(wrapping, key, subject_id.bytes), wrapped_by=key_id(wrapping))


def _unwrap(held: WrappedKey, subject_id: UUID) -> bytes:
    for wrapping in conf.sealing_keys:
        if key_id(wrapping) == held.wrapped_by:
            return decrypt(wrapping, held.wrapped, subject_id.bytes)
    raise Unsealable(
        f"No sealing key {held.wrapped_by}; add it to ETHICAL_PERSONALIZATION_SEALING_KEYS."
    )


def _about(subject_id: UUID, name: str) -> bytes:
    """Associated data: a record moved to another subject or name does not open."""
    return subject_id.bytes + name.encode()
