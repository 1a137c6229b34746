"""When a shopper paused every use of her data, and when she let it go on."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.exceptions import LedgerRefusal

from .consent import Subject

_NEVER = "Restrictions are never changed or deleted by hand; record a new one instead."


class RestrictionQuerySet(models.QuerySet["RestrictionEvent"]):
    """Events can be added and read, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise LedgerRefusal(_NEVER)

    def delete(self) -> NoReturn:
        raise LedgerRefusal(_NEVER)


class RestrictionEvent(models.Model):
    """One pause (GDPR Art. 18) or its end, by her own hand; ``Subject.restricted_at`` follows.

    One with ``until`` ends by itself, without an event.

    It goes with the subject. It is in no chain of hashes: nobody has to prove a pause to be
    allowed to do something.
    """

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="restrictions")
    is_restricted = models.BooleanField(_("paused"))
    at = models.DateTimeField(_("at"))
    until = models.DateTimeField(_("until"), null=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.is_restricted}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused."""
        if not self._state.adding:
            raise LedgerRefusal(_NEVER)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerRefusal(_NEVER)
