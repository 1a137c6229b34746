"""Who chose what, under which words, when: append-only proof and its current projection."""

import uuid
from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethical_personalization.core.consent import ConsentStatus, Narrowing
from ethical_personalization.core.exceptions import LedgerRefusal
from ethical_personalization.core.notices import notice_hash

from .purposes import Purpose, PurposeVersion
from .unchanging import Unchanging, UnchangingQuerySet

STATUS_LABELS = {
    ConsentStatus.UNKNOWN: _("not answered"),
    ConsentStatus.REQUESTED: _("asked"),
    ConsentStatus.GIVEN: _("allowed"),
    ConsentStatus.REFUSED: _("not allowed"),
    ConsentStatus.WITHDRAWN: _("taken back"),
    ConsentStatus.EXPIRED: _("run out"),
    ConsentStatus.INVALIDATED: _("to be asked again"),
    ConsentStatus.OBJECTED: _("objected to"),
}
STATUS_CHOICES = [(status.value, label) for status, label in STATUS_LABELS.items()]


class Subject(models.Model):
    """The shopper as a pseudonym. Created at the first *yes*, never before."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(
        _("closed at"),
        null=True,
        editable=False,
        help_text=_(
            "Since then nothing is read, used or newly kept about her: she asked to be erased, "
            "which she may undo for some days."
        ),
    )
    restricted_at = models.DateTimeField(
        _("paused since"),
        null=True,
        editable=False,
        help_text=_("Since then nothing is used and nothing new is kept, on any site."),
    )
    restricted_until = models.DateTimeField(
        _("paused until"),
        null=True,
        editable=False,
        help_text=_("Empty for a pause that she ends herself."),
    )
    under_age_until = models.DateTimeField(
        _("under age until"),
        null=True,
        editable=False,
        help_text=_("She said so herself. Her birthday is not known."),
    )

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")

    def __str__(self) -> str:
        return str(self.id)

    @property
    def narrowing(self) -> Narrowing:
        """What she said that narrows all of her answers."""
        is_restricted = self.restricted_at is not None
        return Narrowing(
            is_restricted=is_restricted and self.restricted_until is None,
            restricted_until=self.restricted_until if is_restricted else None,
            under_age_until=self.under_age_until,
        )


class NoticeQuerySet(UnchangingQuerySet["Notice"]):
    """Notices can be added and read, nothing else."""


class Notice(Unchanging):
    """What was on screen when a choice was made: stored once, never changed.

    ``words`` are the same as data. ``screen`` is inert markup, empty for a choice that was made
    on no screen; ``style`` is our style sheet of that time.
    """

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.DO_NOTHING, db_constraint=False)
    language = models.CharField(_("language"), max_length=12)
    words = models.JSONField(_("words"))
    screen = models.TextField(_("screen"), blank=True)
    style = models.TextField(_("style sheet"), blank=True)
    words_hash = models.CharField(_("hash of words, screen and style sheet"), max_length=64)
    created_at = models.DateTimeField(_("first shown at"), default=timezone.now, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = (
            models.UniqueConstraint(
                fields=("site", "language", "words_hash"), name="ep_notice_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.language} {self.words_hash[:12]}"

    @property
    def is_intact(self) -> bool:
        """Whether it is still what its hash was made of."""
        return notice_hash(self.words, self.screen, self.style) == self.words_hash


class ConsentMethod(models.TextChoices):
    """Where on the shop a choice was made."""

    BANNER = "banner", _("banner")
    PREFERENCE_CENTER = "preference_center", _("preference center")
    WIDGET = "widget", _("explanation beside the content")
    REGISTRATION = "registration", _("registration")
    LOGIN = "login", _("refusal on a device, applied at login")
    API = "api", _("the shop's own code")


class ConsentEventQuerySet(models.QuerySet["ConsentEvent"]):
    """Events can be added and read; what need not be kept any longer can be dropped."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise LedgerRefusal("Consent events are never changed; record a new choice instead.")

    def delete(self) -> NoReturn:
        raise LedgerRefusal("Consent events are never deleted by hand.")

    def drop(self, *, now: datetime) -> int:
        """Delete those of them whose time to be kept has passed; how many."""
        return models.QuerySet.delete(self.filter(keep_until__lte=now))[0]


class ConsentEvent(models.Model):
    """One choice, for ever. No IP address and no user agent: they would prove nothing more.

    ``hash`` covers the event and ``previous_hash``, so a changed or missing event breaks the
    subject's chain. ``keep_until`` says how long the proof is kept, for ever where it is empty.
    ``request_key`` is the digest of a key that came with the request, so that a request that is
    repeated is recorded once.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="events")
    purpose_version = models.ForeignKey(
        PurposeVersion, on_delete=models.PROTECT, related_name="events"
    )
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="events")
    status = models.CharField(_("choice"), max_length=12, choices=STATUS_CHOICES)
    method = models.CharField(_("made in"), max_length=20, choices=ConsentMethod.choices)
    language = models.CharField(_("language"), max_length=12)
    site = models.ForeignKey("wagtailcore.Site", on_delete=models.DO_NOTHING, db_constraint=False)
    at = models.DateTimeField(_("at"))
    valid_until = models.DateTimeField(_("valid until"), null=True)
    despite_gpc = models.BooleanField(
        _("said in a browser that sent Global Privacy Control"), default=False
    )
    keep_until = models.DateTimeField(_("proof kept until"), null=True)
    request_key = models.CharField(_("key of the request"), max_length=64, blank=True)
    previous_hash = models.CharField(_("hash of the event before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    #: Wagtail would look for references at each choice and keep a list of them.
    wagtail_reference_index_ignore = True

    objects = ConsentEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent event")
        verbose_name_plural = _("consent events")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "previous_hash"), name="ep_event_chain_is_a_line"
            ),
            models.UniqueConstraint(
                fields=("request_key", "purpose_version"),
                condition=~models.Q(request_key=""),
                name="ep_event_once_per_request",
            ),
        )
        indexes = (models.Index(fields=("at",), name="ep_event_by_day"),)

    def __str__(self) -> str:
        return f"{self.purpose_version} {self.status}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused."""
        if not self._state.adding:
            raise LedgerRefusal("Consent events are never changed; record a new choice instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerRefusal("Consent events are never deleted by hand.")


class ConsentState(models.Model):
    """The newest event of a subject, purpose and site; can be rebuilt from the events."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="states")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="states")
    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
    event = models.OneToOneField(ConsentEvent, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("consent state")
        verbose_name_plural = _("consent states")
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "purpose", "site"), name="ep_state_once_per_purpose"
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose}: {self.event.status}"
