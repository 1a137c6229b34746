"""A page with the host's mixin and block, and with our blocks."""

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_personalisation.models import PersonalisablePageMixin

from ethical_personalization.personalization.blocks import HowWePersonaliseBlock, PersonalizedBlock
from tests.peer_site.models import TeaserBlock


class StoryPage(PersonalisablePageMixin, Page):
    body = StreamField(
        [
            ("teaser", TeaserBlock()),
            ("story", PersonalizedBlock(blocks.TextBlock())),
            ("how", HowWePersonaliseBlock()),
        ],
        blank=True,
    )
