"""Rule classes of a site as the host does not expect them; their tables are made with the pages."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail_personalisation.rules import AbstractBaseRule

from tests.peer_site.models import StrictRule


class CampaignBase(AbstractBaseRule):
    """Stands in between, so that the host's form does not list what extends it."""

    class Meta:
        abstract = True
        app_label = "peer_site"


class CampaignRule(CampaignBase):
    """Has a table with a name of its own, by which the host's form does not find it."""

    level = models.PositiveSmallIntegerField()
    panels = (FieldPanel("level"),)

    class Meta:
        app_label = "peer_site"
        db_table = "campaigns"
        verbose_name = "Campaign"


class StricterRule(StrictRule):
    """Extends what extends another, by a link that the other does not know."""

    strict = models.OneToOneField(
        StrictRule, models.CASCADE, parent_link=True, related_name="+", primary_key=True
    )
    level = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "peer_site"


MODELS = (CampaignRule, StricterRule)
