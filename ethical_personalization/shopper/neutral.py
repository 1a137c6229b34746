"""Which requests are answered alike for everybody.

In the cache mode *fragment*, pages know nobody. A browser that holds a choice asks for the same
page once more, for what it shows in another way to this shopper; only that request, forms and our
own pages know her. In both modes a shopper may ask, from the reason beside it, how one part of a
page looks to everybody else: that request knows nobody either.
"""

import re

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from ethical_personalization.conf import conf

APP = "ethical_personalization"
#: In the address, so that no cache takes the answer for the page or the page for the answer.
PARAMETER = "ep-parts"
HERS, NORMAL = "1", "normal"
#: No page of another site can send it: a browser would have to ask us first. It holds the name of
#: the part whose normal version is wanted.
HEADER = "Ep-Parts"
_ASKED = "_ethical_personalization_asks_for_parts"
_ASKED_NORMAL = "_ethical_personalization_asks_for_normal"
_IN_QUERY = re.compile(rf"(?:^|&){PARAMETER}=({HERS}|{NORMAL})(?=&|$)")


def notice_asking_for_parts(request: HttpRequest) -> None:
    """Take our parameter off a request that one of our pages sent; the view sees the page's own."""
    query = request.META.get("QUERY_STRING", "")
    if PARAMETER not in query or not _is_from_our_page(request):
        return
    asked = _IN_QUERY.search(query)
    if asked is None or not (asked[1] == NORMAL or conf.serves_fragments):
        return
    request.META["QUERY_STRING"] = _IN_QUERY.sub("", query).lstrip("&")
    request.__dict__.pop("GET", None)  # what was read of the query before
    if asked[1] == NORMAL:
        setattr(request, _ASKED_NORMAL, request.headers[HEADER])
    else:
        setattr(request, _ASKED, True)


def asks_for_parts(request: HttpRequest) -> bool:
    """Whether the answer holds what is personal of a page, instead of the page."""
    return getattr(request, _ASKED, False)


def normal_part_asked_for(request: HttpRequest) -> str:
    """The part of the page that is wanted as everybody sees it; empty: the page itself is."""
    return getattr(request, _ASKED_NORMAL, "")


def is_neutral(request: HttpRequest) -> bool:
    """Whether nobody may see in the answer who asks."""
    return bool(normal_part_asked_for(request)) or (
        conf.serves_fragments
        and request.method in ("GET", "HEAD")
        and not asks_for_parts(request)
        and not _is_ours(request)
    )


def _is_from_our_page(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return request.method == "GET" and HEADER in request.headers and site == "same-origin"


def _is_ours(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None:  # asked by a middleware, before the view is looked up
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return False
    return match.app_name == APP
