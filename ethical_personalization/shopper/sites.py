"""The shop's sites, and which of them a request belongs to; no request asks the database for it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models.fingerprints import Rows
from ethical_personalization.models.published import Published
from ethical_personalization.models.release import code_signature


@dataclass(frozen=True, kw_only=True)
class Place:
    """A Wagtail site, as far as it takes to find it; ``pk`` is the site's."""

    pk: int
    hostname: str
    port: int
    is_default: bool


Places = tuple[Place, ...]
_COLUMNS = ("hostname", "port", "is_default_site")


def _find_all() -> Places:
    rows = Site.objects.order_by("pk").values_list("pk", *_COLUMNS)
    return tuple(
        Place(pk=pk, hostname=hostname, port=port, is_default=is_default)
        for pk, hostname, port, is_default in rows
    )


#: Every site of the shop.
places: Published[Places] = Published(
    "sites",
    rows=lambda: [Rows(label="site", queryset=Site.objects.all(), fields=_COLUMNS)],
    compile_rows=_find_all,
    signature=code_signature,
)


def place_at_hand(request: HttpRequest) -> Place | None:
    """The site of the request, without a query; None where there is none or no database."""
    nowhere: Place | None = None
    return attempt(lambda: place_of(request, places.at_hand()), otherwise=nowhere, what="site")


def site_id_at_hand(request: HttpRequest | None) -> int | None:
    """Its primary key."""
    place = place_at_hand(request) if request is not None else None
    return place.pk if place is not None else None


def place_of(request: HttpRequest, found: Places) -> Place | None:
    """The site of the request among ``found``."""
    host, _port = split_domain_port(request.get_host())
    return find_place(host, int(request.get_port()), found)


def find_place(host: str, port: int, found: Places) -> Place | None:
    """As Wagtail finds it: host and port, the default one there, the only one there, the default.

    None where neither is there.
    """
    here = [place for place in found if place.hostname == host]
    exact = [place for place in here if place.port == port]
    default = [place for place in found if place.is_default]
    default_here = [place for place in here if place.is_default]
    only = here if len(here) == 1 else []
    return next(iter([*exact, *default_here, *only, *default]), None)


def neighbours_of(place: Place | None, found: Places) -> Places:
    """The other sites on the same host name: browsers send them the same cookies."""
    if place is None:
        return ()
    return tuple(each for each in found if each.hostname == place.hostname and each != place)
