"""The editor's audience: the rule on a fact, and the policy of a segment."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin
from wagtail_personalisation.models import Segment
from wagtail_personalisation.rules import AbstractBaseRule

from ethical_personalization.core.conditions import Condition
from ethical_personalization.core.exceptions import InvalidCondition, UnknownName
from ethical_personalization.core.operators import BY_KEY, operator_for, parse_value
from ethical_personalization.core.registry import facts

#: A condition on this fact is never known, so its segment can't match by it.
BROKEN = "broken-rule"

OPERATOR_LABELS = {
    "any_of": _("has at least one of"),
    "all_of": _("has all of"),
    "is_empty": _("is empty"),
    "at_least": _("is at least"),
    "at_most": _("is at most"),
    "one_of": _("is one of"),
    "is_true": _("is true"),
    "between": _("is between"),
    "matches": _("matches the pattern"),
}


class FactRule(AbstractBaseRule):
    """A condition on a fact, beside wagtail-personalisation's own rules on a segment.

    Fact and operator have no ``choices``: facts come and go with code and with the editor's
    questions, and neither may need a migration. ``clean`` and the form know what fits.

    Rules of one ``group`` are alternatives where the segment wants all of its rules, and belong
    together where it wants any of them. Group 0 holds rules that stand for themselves.
    """

    icon = "user"

    fact = models.CharField(_("fact"), max_length=100)
    operator = models.CharField(_("comparison"), max_length=20)
    value = models.JSONField(_("value"), null=True, blank=True)
    negated = models.BooleanField(_("not"), default=False)
    group = models.PositiveSmallIntegerField(
        _("group"),
        default=0,
        help_text=_(
            "Rules with the same number form a group: alternatives if the segment asks for all "
            "its rules, together if it asks for any. 0: the rule stands for itself."
        ),
    )

    class Meta:
        verbose_name = _("rule on a fact")
        verbose_name_plural = _("rules on facts")

    def __str__(self) -> str:
        return f"{self.fact} {self.operator}"

    def clean(self) -> None:
        """Refuse what can't be evaluated, naming what would fit."""
        super().clean()
        try:
            fact = facts.get(self.fact)
        except UnknownName as error:
            raise ValidationError({"fact": str(error)}) from error
        try:
            parse_value(operator_for(fact, self.operator), self.value, fact=fact)
        except InvalidCondition as error:
            raise ValidationError({"value": str(error)}) from error

    def as_condition(self) -> Condition:
        """The row as the core sees it; one that can't be read is never true."""
        operator = BY_KEY.get(self.operator)
        try:
            if operator is None:
                raise InvalidCondition(self.operator)
            value = parse_value(operator, self.value)
        except InvalidCondition:
            return Condition(fact=BROKEN, operator="is_true")
        return Condition(fact=self.fact, operator=self.operator, value=value, negated=self.negated)

    def test_user(self, request: Any = None) -> bool:
        """False: only our adapter, which knows the shopper's consent, evaluates this rule."""
        return False

    def description(self) -> dict[str, Any]:
        """For wagtail-personalisation's dashboard."""
        fact = facts.find(self.fact)
        values = self.value if isinstance(self.value, list) else [self.value]
        words = (str(value) for value in values if value not in (None, ""))
        return {
            "title": fact.label if fact else self.fact,
            "value": " ".join(
                [
                    *([str(_("not:"))] if self.negated else []),
                    str(OPERATOR_LABELS.get(self.operator, self.operator)),
                    ", ".join(words),
                ]
            ).strip(),
        }


class SegmentPolicy(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """What editors edit, review, schedule and publish.

    ``definition`` is the whole segment with its rules, as ``Segment.serializable_data()``. The
    segment itself is the published projection of it, written in one transaction.
    """

    segment = models.OneToOneField(
        Segment, on_delete=models.CASCADE, related_name="ethical_policy", editable=False
    )
    name = models.CharField(_("name"), max_length=255)
    shopper_benefit = models.TextField(
        _("what the shopper gets"),
        blank=True,
        help_text=_("One plain sentence, shown to the shopper as your promise."),
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"),
        default=100,
        help_text=_("Where a shopper belongs to several segments, the lowest number is shown."),
    )
    placements = models.JSONField(
        _("placements"),
        default=list,
        blank=True,
        help_text=_("The places in templates whose personalised part this segment sees."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("The colleague who answers for this segment."),
    )
    definition = models.JSONField(_("segment and rules"), default=dict, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="segment_policy")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="segment_policy",
        for_concrete_model=False,
    )

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ("priority", "name")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store; a new policy gets its segment, disabled, so that versions can be prepared."""
        with transaction.atomic():
            if not self.segment_id:
                self.segment = Segment.objects.create(
                    name=self.name, status=Segment.STATUS_DISABLED
                )
            super().save(*args, **kwargs)

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Wagtail's, in one transaction with the projection that listens to it."""
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Wagtail's, in one transaction with the projection that listens to it."""
        with transaction.atomic():
            return super().unpublish(*args, **kwargs)

    @property
    def revisions(self) -> Any:
        """Wagtail's name for the revisions of this object."""
        return self._revisions
