"""Whether a request that changes something came from one of our own pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponseBase]


def is_from_this_site(request: HttpRequest) -> bool:
    """True if the browser itself vouches for it, without any cookie.

    ``Sec-Fetch-Site`` decides where it is present, because ``Referrer-Policy: no-referrer`` sends
    ``Origin: null`` even for our own pages. Else the ``Origin`` must be exactly ours.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def same_origin_or_csrf(confirm: View) -> Callable[[View], View]:
    """Guard a view that pages without a CSRF cookie post to.

    A POST that no browser vouches for is answered by ``confirm``, a form that carries a CSRF
    token; that form's own POST (with ``csrfmiddlewaretoken``) goes through Django's check.
    """

    def decorator(view: View) -> View:
        checked = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST" or is_from_this_site(request):
                return view(request, *args, **kwargs)
            if "csrfmiddlewaretoken" in request.POST:
                return checked(request, *args, **kwargs)
            return confirm(request, *args, **kwargs)

        return guarded

    return decorator
