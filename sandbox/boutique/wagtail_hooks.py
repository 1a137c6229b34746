"""What the boutique registers with its personalisation, as any shop would."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from ethical_personalization.core.placements import Placement


@hooks.register("register_personalization_placement")
def register_placements() -> Placement:
    return Placement(
        key="home-welcome",
        title=_("Welcome on the home page"),
        description=_("A line above the products, for example for customers who come back."),
    )
