"""The questions that a shop asks instead of guessing."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from ethical_personalization.core.text import Words

from .fingerprints import Rows
from .published import Published
from .release import code_signature

KEY_FORMAT = RegexValidator(
    r"^[a-z][a-z0-9_]*$", _("Use lower-case letters, digits and underscores, such as shoe_size.")
)

#: The questions that every shop starts with, by key; the database holds them in English.
STANDARD_QUESTIONS: Mapping[str, str] = {
    "styles": gettext_noop("Which styles do you like?"),
    "colours": gettext_noop("Which colours do you like to wear?"),
    "sizes": gettext_noop("Which sizes do you wear?"),
    "categories": gettext_noop("What do you look for here?"),
}


class QuestionSource(models.TextChoices):
    """Where a question's answers come from."""

    ATTRIBUTE = "attribute", _("values of a product attribute")
    CATEGORY = "category", _("the shop's main categories")
    OPTIONS = "options", _("answers written here")


class PreferenceQuestion(models.Model):
    """A question about taste or size. Its answers are the fact ``stated.<key>``."""

    key = models.CharField(
        _("key"),
        max_length=40,
        unique=True,
        validators=[KEY_FORMAT],
        help_text=_("The fact is called stated.<key>; rules refer to it, so it can't change."),
    )
    title = models.CharField(_("question"), max_length=150)
    help_text = models.CharField(_("explanation"), max_length=250, blank=True)
    source = models.CharField(
        _("answers come from"),
        max_length=12,
        choices=QuestionSource.choices,
        default=QuestionSource.OPTIONS,
    )
    attribute_code = models.CharField(
        _("code of the product attribute"),
        max_length=128,
        blank=True,
        help_text=_("For “values of a product attribute”, such as colour."),
    )
    options = models.TextField(
        _("answers"), blank=True, help_text=_("For “answers written here”, one per line.")
    )
    weight = models.PositiveSmallIntegerField(
        _("weight in product lists"),
        default=2,
        help_text=_("Points for a product that fits an answer; 0: not used for lists."),
    )
    is_live = models.BooleanField(_("asked"), default=True)
    is_sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_(
            "Tick it if an answer tells, or lets somebody guess, what the law protects most: "
            "health, religion or philosophical belief, ethnic origin, political opinion, "
            "trade-union membership, sexual life or orientation, genetic or biometric data (GDPR "
            "Art. 9). Then it is asked no more, nothing uses its answers, and those that were "
            "given are deleted the following night."
        ),
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("preference question")
        verbose_name_plural = _("preference questions")
        ordering = ("sort_order", "key")

    def __str__(self) -> str:
        return self.title

    @property
    def fact_key(self) -> str:
        """The key of the fact that the answers are."""
        return f"stated.{self.key}"

    @property
    def is_asked(self) -> bool:
        """Whether shoppers see it. What may serve nothing is not collected (GDPR Art. 5(1)(c))."""
        return self.is_live and not self.is_sensitive

    @property
    def wording(self) -> Words:
        """The question as the shopper reads it: an editor's own words are in one language."""
        return _(self.title) if self.title in STANDARD_QUESTIONS.values() else self.title

    @property
    def ranks_lists(self) -> bool:
        """Whether its answers move products in lists: products must be able to have them."""
        return bool(self.weight) and self.source != QuestionSource.OPTIONS

    def clean(self) -> None:
        """A question needs the answers that its source promises."""
        if self.source == QuestionSource.ATTRIBUTE and not self.attribute_code:
            raise ValidationError(
                {"attribute_code": _("Give the code of the attribute whose values are offered.")}
            )
        if self.source == QuestionSource.OPTIONS and not self.options.strip():
            raise ValidationError({"options": _("Write at least one answer, one per line.")})


def _rows() -> Iterable[Rows]:
    columns = tuple(f.name for f in PreferenceQuestion._meta.fields if not f.primary_key)
    yield Rows(label="question", queryset=PreferenceQuestion.objects.all(), fields=columns)


#: Every question, in the shop's order.
all_questions: Published[tuple[PreferenceQuestion, ...]] = Published(
    "all_questions",
    rows=_rows,
    compile_rows=lambda: tuple(PreferenceQuestion.objects.all()),
    signature=code_signature,
)
#: Those that are asked.
live_questions: Published[tuple[PreferenceQuestion, ...]] = Published(
    "questions",
    rows=_rows,
    compile_rows=lambda: tuple(each for each in PreferenceQuestion.objects.all() if each.is_asked),
    signature=code_signature,
)
