"""Which categories of the shop tell what the law protects most (GDPR Art. 9(1))."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SensitiveCategory(models.Model):
    """An editor's mark on a category; it holds for everything below the category, too.

    Marked by an editor because nobody else knows: an interest in a category may tell of health or
    religion where its name does not (CJEU C-184/20, C-21/23).
    """

    category = models.OneToOneField(
        "catalogue.Category",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("category"),
        error_messages={"unique": _("This category is marked already.")},
        help_text=_(
            "Choose a category in which an interest tells, or lets somebody guess, what the law "
            "protects most: health, religion or philosophical belief, ethnic origin, political "
            "opinion, trade-union membership, sexual life or orientation, genetic or biometric "
            "data (GDPR Art. 9). Everything below it is marked with it. From then on no view of "
            "it is kept, no segment and no list rests on it, and what was kept is deleted the "
            "following night."
        ),
    )

    class Meta:
        verbose_name = _("sensitive category")
        verbose_name_plural = _("sensitive categories")
        ordering = ("category__path",)

    def __str__(self) -> str:
        return str(self.category)
