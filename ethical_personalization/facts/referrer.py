"""Which other site led the shopper here, by the header that her browser sends; never kept."""

import re
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from .source import FactSource

#: RFC 1035, section 2.3.4. A name in another script arrives in its ASCII form (RFC 5890), and is
#: left in it; an address of numbers names no site.
_HOST = re.compile(
    r"(?!.{254})(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)
_MAX_ADDRESS = 2000


def referrer_host(source: FactSource) -> str | None:
    """The host of another site, such as ``example.org``; the shop's own say nothing."""
    parts = _split(source.request.headers.get("Referer", ""))
    host = (parts.hostname or "").removesuffix(".") if parts is not None else ""
    if not _HOST.fullmatch(host) or _is_own(source, host):
        return None
    return host.removeprefix("www.")


def _split(address: str) -> SplitResult | None:
    """The parts of a web address; None for anything else, also for what is none at all."""
    if len(address) > _MAX_ADDRESS:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:  # such as an open bracket
        return None
    return parts if parts.scheme in {"http", "https"} else None


def _is_own(source: FactSource, host: str) -> bool:
    here, _port = split_domain_port(source.request.get_host())
    named = [own for own in settings.ALLOWED_HOSTS if own != "*"]
    return host.removeprefix("www.") == here.removeprefix("www.") or validate_host(host, named)
