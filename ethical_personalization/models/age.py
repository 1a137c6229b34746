"""From which age on a site offers to make a profile of its shoppers."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

#: GDPR Art. 8(1); a member state may go down to 13 and no further.
DEFAULT_AGE = 16
LOWEST_AGE = 13
HIGHEST_AGE = 21


class AgeLimit(models.Model):
    """The age of one site; a site without a row has ``DEFAULT_AGE``."""

    site = models.OneToOneField(
        "wagtailcore.Site", on_delete=models.CASCADE, related_name="+", verbose_name=_("site")
    )
    age = models.PositiveSmallIntegerField(
        _("age"),
        default=DEFAULT_AGE,
        validators=[MinValueValidator(LOWEST_AGE), MaxValueValidator(HIGHEST_AGE)],
        help_text=_(
            "Who says in the preferences that she is younger is offered nothing that makes a "
            "profile. By law it is 16, or as low as 13 in some countries; ask your lawyer."
        ),
    )

    class Meta:
        verbose_name = _("age limit")
        verbose_name_plural = _("age limits")

    def __str__(self) -> str:
        return f"{self.site}: {self.age}"


def age_limit_on(site_id: int | None) -> int:
    """The age that holds on a site."""
    found = AgeLimit.objects.filter(site=site_id).values_list("age", flat=True).first()
    return DEFAULT_AGE if found is None else found
