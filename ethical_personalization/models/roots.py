"""The signed root of each day's consent events."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.daily_roots import RootStatement
from ethical_personalization.core.exceptions import LedgerRefusal

_REFUSAL = "Daily roots are never changed or deleted."


class DailyRootQuerySet(models.QuerySet["DailyRoot"]):
    """Roots can be added and read, nothing else."""

    def update(self, **kwargs: Any) -> int:
        raise LedgerRefusal(_REFUSAL)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise LedgerRefusal(_REFUSAL)


class DailyRoot(models.Model):
    """One UTC day: what was signed, and the entries that the root was made of.

    ``entries`` outlive the events: they prove what remains after a purge, and say that what is
    gone was allowed to go.
    """

    day = models.DateField(_("day"), unique=True)
    size = models.PositiveIntegerField(_("number of events"))
    root = models.CharField(_("root"), max_length=64)
    previous = models.CharField(
        _("digest of the root before"), max_length=64, blank=True, unique=True
    )
    key_id = models.CharField(_("id of the signing key"), max_length=16)
    signature = models.CharField(_("signature"), max_length=128)
    entries = models.BinaryField(_("entries"))
    signed_at = models.DateTimeField(_("signed at"), default=timezone.now, editable=False)

    objects = DailyRootQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily root")
        verbose_name_plural = _("daily roots")
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.root[:12]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused."""
        if not self._state.adding:
            raise LedgerRefusal(_REFUSAL)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise LedgerRefusal(_REFUSAL)

    @property
    def statement(self) -> RootStatement:
        """What was signed."""
        return RootStatement(
            day=self.day,
            size=self.size,
            root=self.root,
            previous=self.previous,
            key_id=self.key_id,
        )
