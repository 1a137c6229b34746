"""Pages as a site of wagtail-personalisation has them."""

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_personalisation.blocks import PersonalisedStructBlock
from wagtail_personalisation.models import PersonalisablePageMixin


class TeaserBlock(PersonalisedStructBlock):
    text = blocks.CharBlock()


class ShopPage(PersonalisablePageMixin, Page):
    """May have variants."""

    intro = models.TextField(blank=True)
    body = StreamField([("text", blocks.CharBlock()), ("teaser", TeaserBlock())], blank=True)

    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    api_fields = [APIField("intro"), APIField("body")]
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]


class PlainPage(Page):
    """Has nothing to do with personalisation, and shows the userbar."""
