"""What is stored about a subject, sealed with a key of her own."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .consent import Subject


class SubjectKey(models.Model):
    """A subject's data key, wrapped by the shop's key. Destroying the row erases the records."""

    subject = models.OneToOneField(
        Subject, on_delete=models.CASCADE, primary_key=True, related_name="sealing_key"
    )
    wrapped = models.BinaryField(_("wrapped key"))
    wrapped_by = models.CharField(_("id of the shop's key"), max_length=16)

    class Meta:
        verbose_name = _("subject key")
        verbose_name_plural = _("subject keys")

    def __str__(self) -> str:
        return str(self.subject_id)


class SealedRecord(models.Model):
    """One encrypted document about a subject, such as her stated preferences.

    Everything that is encrypted lies here, so a new kind of record needs no migration.
    """

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="sealed_records")
    name = models.SlugField(_("name"), max_length=40)
    ciphertext = models.BinaryField(_("encrypted content"))
    updated_at = models.DateTimeField(_("last change"), default=timezone.now)

    class Meta:
        verbose_name = _("sealed record")
        verbose_name_plural = _("sealed records")
        constraints = (
            models.UniqueConstraint(fields=("subject", "name"), name="ep_sealed_record_once"),
        )

    def __str__(self) -> str:
        return self.name
