"""What shoppers asked for about their data, and what was erased; no names anywhere."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.periods import one_month_after

from .consent import Subject

NO_NAMES = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9./#-]*$",
    _("A number of your own, such as 2026-17: letters, digits and dashes, no name, no address."),
)


class RequestKind(models.TextChoices):
    """The rights of GDPR Art. 15 to 21."""

    ACCESS = "access", _("Access to the data")
    ERASURE = "erasure", _("Erasure")
    RECTIFICATION = "rectification", _("Correction")
    RESTRICTION = "restriction", _("Restriction of the use")
    OBJECTION = "objection", _("Objection to the use")


class RequestChannel(models.TextChoices):
    """How a request reached the shop."""

    PAGE = "page", _("Page of the shop")
    GUEST = "guest", _("Link to the e-mail address of an order")
    ACCOUNT = "account", _("Deletion of the account")
    MAIL = "mail", _("By mail, by telephone or in person")


class DataRequest(models.Model):
    """A request of a shopper. Who it came from stands in the shop's own correspondence."""

    kind = models.CharField(_("asks to"), max_length=16, choices=RequestKind.choices)
    channel = models.CharField(
        _("came by"), max_length=8, choices=RequestChannel.choices, default=RequestChannel.MAIL
    )
    reference = models.CharField(
        _("your reference"),
        max_length=40,
        blank=True,
        validators=[NO_NAMES],
        help_text=_("The number of your correspondence. Write no name and no address here."),
    )
    asked_on = models.DateField(_("asked on"), default=timezone.localdate)
    due_on = models.DateField(
        _("due on"),
        blank=True,
        help_text=_(
            "Leave empty for one month after it was asked (GDPR Art. 12(3)). It can be extended by "
            "two months at most; the shopper has to be told within the first."
        ),
    )
    done_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("data request")
        verbose_name_plural = _("data requests")
        ordering = ("due_on", "pk")
        indexes = (models.Index(fields=("done_on", "due_on"), name="ep_request_open"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store; without a due date it is due in one month."""
        if not self.due_on:
            self.due_on = one_month_after(self.asked_on)
        super().save(*args, **kwargs)

    @property
    def is_overdue(self) -> bool:
        """Whether the law's time is over and nobody has answered."""
        return self.done_on is None and self.due_on < timezone.localdate()


class Erasure(models.Model):
    """An erasure that was confirmed and can still be undone; the row goes when it is done.

    Of an account that never allowed anything there is no subject, of a device there is no account.
    A guest is a keyed hash of her address; ``sealed`` is what had that address.
    """

    subject = models.OneToOneField(
        Subject, on_delete=models.CASCADE, null=True, related_name="erasure"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("account"),
    )
    guest = models.CharField(
        _("keyed hash of a guest's address"),
        max_length=64,
        blank=True,
        default="",
        editable=False,
        db_index=True,
    )
    sealed = models.BinaryField(null=True)
    request = models.ForeignKey(DataRequest, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now)
    due_at = models.DateTimeField(_("can be undone until"), db_index=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(subject__isnull=False)
                | models.Q(user__isnull=False)
                | models.Q(guest__gt="", sealed__isnull=False),
                name="ep_erasure_of_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.subject_id or self.pk)


class Tombstone(models.Model):
    """That somebody was erased: a keyed hash that only finds her again in a restored backup."""

    mark = models.CharField(_("keyed hash"), max_length=64, unique=True)
    erased_at = models.DateTimeField(_("erased at"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")

    def __str__(self) -> str:
        return self.mark[:12]
