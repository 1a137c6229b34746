"""The pages of the boutique that an editor writes."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_personalisation.models import PersonalisablePageMixin

from boutique.blocks import BodyBlock


class BodyField(StreamField):
    """A StreamField whose blocks stand in the code only, so that a new block needs no migration."""

    def deconstruct(self) -> tuple[str | None, str, list[Any], dict[str, Any]]:
        name, _path, _blocks, options = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], {**options, "block_lookup": {}}


class IllustratedPage(PersonalisablePageMixin, Page):
    """A page that opens with a picture and a few words, and may have variants for segments."""

    eyebrow = models.CharField(_("Line above the title"), max_length=80, blank=True)
    opening = models.TextField(_("Opening words"), blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("Picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    link = models.CharField(
        _("Link"), max_length=200, blank=True, help_text=_("A path of this shop, as /gifts/")
    )
    link_text = models.CharField(_("Words of the link"), max_length=80, blank=True)
    body = BodyField(BodyBlock(), verbose_name=_("Content"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("eyebrow"),
                FieldPanel("opening"),
                FieldPanel("picture"),
                FieldPanel("link"),
                FieldPanel("link_text"),
            ],
            heading=_("Opening"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        abstract = True


class HomePage(IllustratedPage):
    """The front door."""

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    template = "boutique/home_page.html"

    class Meta:
        verbose_name = _("Home page")


class LandingPage(IllustratedPage):
    """A theme, a season, or a page about the shop."""

    parent_page_types: ClassVar = ["boutique.HomePage", "boutique.LandingPage"]
    template = "boutique/landing_page.html"

    class Meta:
        verbose_name = _("Landing page")
