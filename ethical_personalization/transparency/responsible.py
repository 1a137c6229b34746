"""Who is responsible for the data of a page's site, in words."""

from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import gettext

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models import Controller
from ethical_personalization.models.controllers import SiteWords, controllers_of_sites

_NOBODY: tuple[SiteWords, ...] = ()


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
    host, _port = split_domain_port(request.get_host())
    return said_at(host, int(request.get_port()), controllers_of_sites.at_hand())


def said_at(host: str, port: int, sites: tuple[SiteWords, ...]) -> dict[str, str]:
    """As Wagtail finds the site: host and port, the default site's host, the only one, the default.

    Elsewhere nobody is responsible.
    """
    same_host = [site for site in sites if site[0] == host]
    exact = [site for site in same_host if site[1] == port]
    default = [site for site in sites if site[2]]
    default_here = [site for site in default if site[0] == host]
    only = same_host if default and len(same_host) == 1 else []
    found = next(iter([*exact, *default_here, *only, *default]), None)
    return found[3] if found is not None else {}
