"""What the shop told of its personalisation, and from when on: one row each time it changed.

The terms of purposes are in their own versions. Here is what has none: where a purpose is offered,
which facts there are, and what moves a product in a list.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ethical_personalization.core.facts import Fact
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.registry import facts

from .preferences import PreferenceQuestion, live_questions
from .purpose_sites import PurposeSite
from .purposes import Purpose
from .savepoints import undisturbed
from .segments import SegmentPolicy
from .unchanging import Unchanging, UnchangingQuerySet

#: What an editor saves that can change what is told.
_WATCHED = (Purpose, PurposeSite, PreferenceQuestion, SegmentPolicy)


class DisclosureQuerySet(UnchangingQuerySet["Disclosure"]):
    """Rows can be added and read, nothing else."""


class Disclosure(Unchanging):
    """What was told from ``at`` on, until the next row; see ``core.told.told_on``."""

    at = models.DateTimeField(_("since"), default=timezone.now)
    told = models.JSONField(_("what is told"))
    told_hash = models.CharField(_("hash of it, without the words"), max_length=64)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("what was told")
        verbose_name_plural = _("what was told")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.at.isoformat()


def told_facts() -> Iterator[Fact]:
    """Every fact with a purpose, and those that code registers without one.

    What editors make without a purpose, such as a draw for a segment, bears names that are theirs.
    """
    declared = facts.declared()
    for key, fact in facts.all().items():
        if fact.purpose is not None or key in declared:
            yield fact


def told_now() -> dict[str, Any]:
    """What is told at this moment; labels are in the shop's first language."""
    with override(settings.LANGUAGE_CODE):
        return {
            "purposes": {
                purpose.key: _sites_of(purpose)
                for purpose in Purpose.objects.filter(is_offered=True).prefetch_related("on_sites")
                if purpose.declaration is not None
            },
            "facts": {
                fact.key: {
                    "purpose": fact.purpose or "",
                    "days": fact.retention.days if fact.retention else None,
                    "label": str(fact.label),
                }
                for fact in told_facts()
            },
            "parameters": {
                question.key: {"weight": question.weight, "label": str(question.wording)}
                for question in live_questions.get()
                if question.ranks_lists
            },
        }


def record_disclosure() -> Disclosure | None:
    """Store what is told now where it is not what was told last; None where nothing changed."""
    told = told_now()
    digest = _hash(told)
    newest = Disclosure.objects.order_by("-at", "-pk").values_list("told_hash", flat=True).first()
    if newest == digest:
        return None
    return Disclosure.objects.create(told=told, told_hash=digest)


def keep_disclosure() -> None:
    """The same where a failure must not matter: the next time makes up for it."""

    def apart() -> None:
        with undisturbed():
            record_disclosure()

    attempt(apart, otherwise=None, what="disclosure")


def connect() -> None:
    """Look after each change of an editor; calling it again changes nothing."""
    for model in _WATCHED:
        for signal in (post_save, post_delete):
            signal.connect(_on_change, sender=model, dispatch_uid=f"{__name__}.{model.__name__}")


def _on_change(*, raw: bool = False, using: str, **kwargs: Any) -> None:
    """After the transaction, so that what is rolled back was never told."""
    if not raw:
        transaction.on_commit(keep_disclosure, using=using)


def _sites_of(purpose: Purpose) -> list[int] | None:
    """None for every site."""
    if purpose.is_on_every_site:
        return None
    return sorted(row.site_id for row in purpose.on_sites.all())


def _hash(told: Any) -> str:
    """SHA-256 in hex; other words for the same are the same."""
    return hashlib.sha256(json.dumps(_wordless(told), sort_keys=True).encode()).hexdigest()


def _wordless(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    return {key: _wordless(value) for key, value in part.items() if key != "label"}
