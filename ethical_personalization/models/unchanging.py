"""Rows that are added and read, and never changed: what a choice refers to stays what it was."""

from typing import Any, NoReturn, TypeVar

from django.db import models

from ethical_personalization.core.exceptions import LedgerRefusal

_Row = TypeVar("_Row", bound=models.Model)


class UnchangingQuerySet(models.QuerySet[_Row]):
    """Rows can be added and read, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise LedgerRefusal(f"{self.model._meta.label} is never changed; choices refer to it.")

    def delete(self) -> NoReturn:
        raise LedgerRefusal(f"{self.model._meta.label} is never deleted; choices refer to it.")


class Unchanging(models.Model):
    """A row that is inserted once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused."""
        if not self._state.adding:
            raise LedgerRefusal(f"{self._meta.label} is never changed; choices refer to it.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerRefusal(f"{self._meta.label} is never deleted; choices refer to it.")
