"""The shop's other sites on which the shopper has chosen something."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.models import Site

from ethical_personalization.shopper.cookie import DeviceChoices
from ethical_personalization.shopper.shopper import Shopper


@dataclass(frozen=True, kw_only=True)
class OtherSite:
    """A site, and the address of its preference center."""

    name: str
    url: str


def other_sites(shopper: Shopper) -> list[OtherSite]:
    """Those of her account, and those whose cookies this device carries; mostly none, no query."""
    nothing = DeviceChoices()
    chosen = {
        *shopper.known.choices,
        *(each.site_id for each in shopper.cookies.neighbours if each.choices != nothing),
    }
    chosen.discard(shopper.site_id)
    if not chosen:
        return []
    path = reverse("ethical_personalization:center")
    return [
        OtherSite(name=site.site_name or site.hostname, url=f"{site.root_url}{path}")
        for site in Site.objects.filter(pk__in=chosen)
    ]
