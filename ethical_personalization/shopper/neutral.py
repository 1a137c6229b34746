"""Which requests are answered alike for everybody, in the cache mode *fragment*.

There, pages know nobody. A browser that holds a choice asks for the same page once more, for what
it shows in another way to this shopper; only that request, forms and our own pages know her.
"""

import re

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from ethical_personalization.conf import conf

APP = "ethical_personalization"
#: In the address, so that no cache takes the answer for the page or the page for the answer.
PARAMETER = "ep-parts"
#: No page of another site can send it: a browser would have to ask us first.
HEADER = "Ep-Parts"
_ASKED = "_ethical_personalization_asks_for_parts"
_IN_QUERY = re.compile(rf"(^|&){PARAMETER}=1(?=&|$)")


def notice_asking_for_parts(request: HttpRequest) -> None:
    """Take our parameter off a request that one of our pages sent; the view sees the page's own."""
    query = request.META.get("QUERY_STRING", "")
    if not conf.serves_fragments or PARAMETER not in query or not _is_from_our_page(request):
        return
    request.META["QUERY_STRING"] = _IN_QUERY.sub("", query).lstrip("&")
    request.__dict__.pop("GET", None)  # what was read of the query before
    setattr(request, _ASKED, True)


def asks_for_parts(request: HttpRequest) -> bool:
    """Whether the answer holds what is personal of a page, instead of the page."""
    return getattr(request, _ASKED, False)


def is_neutral(request: HttpRequest) -> bool:
    """Whether nobody may see in the answer who asks."""
    return (
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
