"""Where on the network a request comes from, as far as that tells one visitor from another."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.http import HttpRequest

from ethical_personalization.conf import conf

#: What providers give to one household; within it a visitor picks addresses at will.
_HOUSEHOLD_BITS = 64


def address_of(request: HttpRequest) -> str:
    """The client's address, of IPv6 its network; empty where nothing tells visitors apart.

    The header that the shop's own proxy sets counts, else the other end of the connection. A
    private address there is a proxy of the shop's and would stand for all visitors at once.
    """
    named = _parsed(request.headers.get(conf.address_header, "")) if conf.address_header else None
    if named is not None:
        return _written(named)
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    return _written(peer) if peer is not None and peer.is_global else ""


def _parsed(value: str) -> IPv4Address | IPv6Address | None:
    """The last of a list: what stands before it was there when the request reached the proxy."""
    try:
        found = ip_address(value.rpartition(",")[2].strip())
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _written(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((int(address), _HOUSEHOLD_BITS), strict=False))
