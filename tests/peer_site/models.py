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
from wagtail_personalisation.rules import QueryRule


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


class StrictRule(QueryRule):
    """A site's own rule that asks for more than the one it extends; nobody declared it."""

    def test_user(self, request):
        return False


class SameRule(QueryRule):
    """The same rows under another class."""

    class Meta:
        proxy = True
