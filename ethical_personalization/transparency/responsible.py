"""Who is responsible for the data of a page's site, in words."""

from django.http import HttpRequest
from django.utils.translation import gettext

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models import Controller
from ethical_personalization.models.controllers import controllers_of_sites
from ethical_personalization.shopper.sites import site_id_at_hand


def controller_at_hand(request: HttpRequest) -> dict[str, str]:
    """What the controller of the request's site says, without a query; empty where nobody did."""
    return attempt(lambda: _at_hand(request), otherwise={}, what="controller")


def controller_of(site_id: int | None) -> dict[str, str]:
    """What the controller of the site says at this moment; empty where nobody did."""
    found = Controller.objects.filter(site=site_id).first() if site_id is not None else None
    return found.words if found is not None else {}


def responsible_in_words(controller: dict[str, str]) -> str:
    """One sentence on who it is; empty where nobody said."""
    name = controller.get("name", "")
    return gettext("Responsible: %(name)s.") % {"name": name} if name else ""


def _at_hand(request: HttpRequest) -> dict[str, str]:
    site_id = site_id_at_hand(request)
    return controllers_of_sites.at_hand().get(site_id, {}) if site_id is not None else {}
