"""What shoppers said about something personalised, their questions, and the shop's answers."""

import uuid
from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .consent import Subject

#: Two paragraphs; whoever has more to say writes to the shop.
MAX_WORDS = 1000


class FeedbackKind(models.TextChoices):
    """Four words on a decision, and two ways to turn to the shop without one."""

    HELPFUL = "helpful", _("Helpful")
    NOT_HELPFUL = "not_helpful", _("Not helpful")
    INTRUSIVE = "intrusive", _("Feels intrusive")
    UNFAIR = "unfair", _("Unfair")
    QUESTION = "question", _("Question")
    COMPLAINT = "complaint", _("Complaint")


ON_DECISION = (
    FeedbackKind.HELPFUL,
    FeedbackKind.NOT_HELPFUL,
    FeedbackKind.INTRUSIVE,
    FeedbackKind.UNFAIR,
)
TO_THE_SHOP = (FeedbackKind.QUESTION, FeedbackKind.COMPLAINT)


def this_week() -> date:
    """Its Monday."""
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


class Feedback(models.Model):
    """A word on a decision, or a question. It names its subject only if she wants an answer.

    The random key and the week keep it from being counted back to a choice of the same minute.
    ``mark`` finds what she said before about the same decision; it is a keyed hash, and goes when
    the page that it came from does not hold any more.
    """

    wagtail_reference_index_ignore = True  # its rows are numbered in the order they come

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=FeedbackKind.choices, editable=False)
    placement = models.CharField(_("place"), max_length=200, blank=True, editable=False)
    segment = models.ForeignKey(
        "wagtail_personalisation.Segment",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("segment"),
    )
    facts = models.JSONField(_("facts of the reason"), default=list, editable=False)
    words = models.TextField(_("words"), blank=True, editable=False)
    week = models.DateField(_("week of"), default=this_week, editable=False)
    subject = models.ForeignKey(
        Subject,
        on_delete=models.CASCADE,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("pseudonym"),
    )
    mark = models.CharField(  # noqa: DJ001 - unique, and most rows have none
        _("keyed hash"), max_length=64, null=True, unique=True, editable=False
    )
    mark_until = models.DateField(_("mark kept until"), null=True, editable=False)
    answer = models.TextField(
        _("answer"),
        blank=True,
        max_length=4000,
        help_text=_("The shopper reads it in her preferences, under “Questions and complaints”."),
    )
    answered_on = models.DateField(_("answered on"), null=True, editable=False)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ("-week", "pk")
        indexes = (models.Index(fields=("week", "answered_on"), name="ep_feedback_week"),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(kind__in=("question", "complaint"))
                | models.Q(subject__isnull=False),
                name="ep_feedback_question_of_somebody",
            ),
        )

    def __str__(self) -> str:
        """Without her words: Wagtail writes it into its log."""
        return f"{self.get_kind_display()} {self.placement}".strip()

    @property
    def wants_answer(self) -> bool:
        """Whether she asked for one, so that there is somebody to read it."""
        return self.subject_id is not None
