"""How every address of the preference center answers: saved, refused, or plainly wrong."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, ObjectDoesNotExist, SuspiciousOperation
from django.db import DatabaseError, transaction
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters

from ethical_personalization.conf import conf
from ethical_personalization.core.exceptions import AnsweredBefore, PersonalizationError
from ethical_personalization.shopper.address import address_of
from ethical_personalization.shopper.origin import is_from_this_site
from ethical_personalization.shopper.throttle import WINDOW_SECONDS, is_too_often
from ethical_personalization.shopper.who import is_for_another
from ethical_personalization.transparency.addresses import with_parameters
from ethical_personalization.transparency.saved import MESSAGES, SAVED

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]

#: Our largest form, with every answer to every question ticked, stays far below.
MAX_BODY_BYTES = 50_000
MAX_DIGITS = 9
#: Of our pages, and so of every form that a browser sends from them.
ENCODING = "utf-8"
#: Longer ones don't fit into the header that leads back.
MAX_ADDRESS = 2_000
#: From one address within ten minutes: an office where everybody answers at once stays below.
MAX_WRITES = 600


def endpoint(*methods: str, for_another: View | None = None) -> Callable[[View], View]:
    """A view that no cache keeps, for ``methods`` and bodies that can be read.

    ``for_another`` answers a form that was made for somebody else; else it is refused.
    """

    def decorator(view: View) -> View:
        @sensitive_post_parameters()  # Django's reports of errors leave them out
        @wraps(view)
        def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response: HttpResponseBase
            if request.method not in methods:
                response = _wrong_method(request, methods)
            elif request.method == "POST" and _is_flooding(request):
                response = wait_a_little(request)
            elif request.method == "POST" and not _is_readable(request):
                response = not_understood(request)
            elif request.method == "POST" and is_for_another(request):
                response = (for_another or refuse_for_another)(request)
            else:
                response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_store=True)
            response.headers.setdefault("X-Frame-Options", "DENY")  # nobody's click is led here
            return response

        return answering

    return decorator


def wants_json(request: HttpRequest) -> bool:
    """Whether our own module asks, rather than a browser that opens a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def saved(request: HttpRequest, what: str, *, page: str = "center", part: str = "") -> HttpResponse:
    """Back to the page that asked, or to ``part`` of ``page``, with a word on what was saved."""
    if wants_json(request):
        return JsonResponse({"saved": True, "message": str(MESSAGES[what])})
    there = reverse(f"ethical_personalization:{page}") + (f"#{part}" if part else "")
    # In the mode "fragment" the page she came from can't say what was saved: it knows nobody.
    back = "" if conf.serves_fragments else way_back(request)
    return HttpResponseRedirect(with_parameters(back or there, {SAVED: what}))


def saving(request: HttpRequest, save: Callable[[], HttpResponse]) -> HttpResponse:
    """``save()`` in one transaction; if it fails nothing is saved, and the shopper is told."""
    try:
        with transaction.atomic():
            return save()
    except AnsweredBefore:  # the view knows how to ask again
        raise
    except (DatabaseError, PersonalizationError, ObjectDoesNotExist) as error:
        logger.error("event=not_saved error=%s", type(error).__name__)
        return refusal(
            request,
            gettext("This could not be saved"),
            gettext("Nothing was recorded. Please try again in a few minutes."),
            status=503,
        )


def not_understood(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that none of our pages would send."""
    return refusal(
        request,
        gettext("We could not read this form"),
        reason or gettext("Nothing was saved. Please open your preferences and choose there."),
        status=400,
    )


def refuse_for_another(request: HttpRequest) -> HttpResponse:
    """She has logged in or out since the page was opened; what she wrote is not lost."""
    text = gettext(
        "You have logged in or out since you opened that page, so this would hold for somebody "
        "else than it said. Nothing was saved. Please choose again in your preferences."
    )
    title, words = gettext("This page is not yours any more"), request.POST.get("words", "")
    return refusal(request, title, text, status=409, words=words)


def wait_a_little(request: HttpRequest) -> HttpResponse:
    """Too much came from there. What she sent stands in the page, to be sent once more.

    Only if it came from a page of ours: it must not make a form of somebody else's look like it.
    """
    title = gettext("Please wait a little")
    text = gettext(
        "Very many choices came from your network within a few minutes. Nothing was saved of this "
        "one, and nothing has changed. Please send it once more in ten minutes."
    )
    is_ours = is_from_this_site(request) and _is_readable(request)
    response = refusal(request, title, text, status=429, again=request.POST if is_ours else None)
    response.headers["Retry-After"] = str(WINDOW_SECONDS)
    return response


def refusal(
    request: HttpRequest,
    title: str,
    text: str,
    *,
    status: int,
    again: QueryDict | None = None,
    words: str = "",
) -> HttpResponse:
    """A page, or JSON for our own module, that says what is wrong.

    ``again`` is a form that she may send once more, ``words`` what she wrote, to take along.
    """
    if wants_json(request):
        return JsonResponse({"saved": False, "message": text}, status=status)
    context = {"title": title, "text": text, "again": list(again.lists()) if again else []}
    context["words"] = words
    return render(
        request, "ethical_personalization/preferences/refusal.html", context, status=status
    )


def way_back(request: HttpRequest) -> str:
    """The address in the form's field ``next``, if it is one of this shop."""
    url = request.POST.get("next", "").strip()
    is_ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    is_path = url.startswith("/") and not url.startswith(("//", "/\\"))
    return url if is_ours and is_path and len(url) <= MAX_ADDRESS else ""


def _wrong_method(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    response = refusal(
        request,
        gettext("There is nothing to see here"),
        gettext("This address only takes a form. Your preferences are on their own page."),
        status=405,
    )
    response.headers["Allow"] = ", ".join(methods)
    return response


def _is_flooding(request: HttpRequest) -> bool:
    return is_too_often("write", address_of(request), limit=MAX_WRITES)


def _is_readable(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or len(length) > MAX_DIGITS or int(length) > MAX_BODY_BYTES:
        return False
    if (request.encoding or ENCODING).lower() != ENCODING:
        return False  # others can make halves of characters, which no answer could repeat
    try:
        return bool(request.POST) and not request.FILES
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return False
