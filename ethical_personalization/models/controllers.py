"""Who is responsible for the shop's data, and where shoppers can turn (GDPR Art. 13)."""

from collections.abc import Iterable, Mapping

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from .fingerprints import Rows
from .published import Published
from .release import code_signature

#: What a shop must say; the other fields are said where they apply.
NEEDED = ("name", "address", "email", "authority", "jurisdiction", "storage")


class Controller(models.Model):
    """The controller of one site: who decides what data is used for, and answers for it."""

    site = models.OneToOneField(
        Site, on_delete=models.CASCADE, related_name="+", verbose_name=_("site")
    )
    name = models.CharField(
        _("name"), max_length=150, help_text=_("The company or person that runs the shop.")
    )
    address = models.TextField(_("address"), blank=True)
    email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("For questions about data.")
    )
    data_protection_officer = models.CharField(
        _("data protection officer"),
        max_length=250,
        blank=True,
        help_text=_("Name and address, if there has to be one."),
    )
    authority = models.CharField(
        _("supervisory authority"),
        max_length=250,
        blank=True,
        help_text=_("Where shoppers can complain: its name, and its address on the web."),
    )
    jurisdiction = models.CharField(
        _("jurisdiction"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, such as DE."))],
        help_text=_("The country whose law applies, in two letters, such as DE."),
    )
    storage = models.CharField(
        _("place of storage"),
        max_length=250,
        blank=True,
        help_text=_("Where the data is kept, and whether it leaves the European Economic Area."),
    )
    policy = models.URLField(_("privacy policy"), blank=True)

    class Meta:
        verbose_name = _("responsible for data")
        verbose_name_plural = _("responsible for data")
        ordering = ("site",)

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> dict[str, str]:
        """What is said, by field; nothing for what is not."""
        said = {name: str(getattr(self, name)).strip() for name in _SAID}
        return {name: text for name, text in said.items() if text}


_SAID = (*NEEDED, "data_protection_officer", "policy")

#: What the controller of each site says, by the site's primary key.
WordsOfSites = Mapping[int, dict[str, str]]


def _rows() -> Iterable[Rows]:
    yield Rows(label="controller", queryset=Controller.objects.all(), fields=("site", *_SAID))


def _compile() -> WordsOfSites:
    return {each.site_id: each.words for each in Controller.objects.all()}


#: For pages that must not ask the database.
controllers_of_sites: Published[WordsOfSites] = Published(
    "controllers", rows=_rows, compile_rows=_compile, signature=code_signature
)
