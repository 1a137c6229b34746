"""The preference center: one page of sections, which other apps may add to, reorder or drop."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from ethical_personalization.shopper.gpc import HEADER
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.shopper.who import who_of
from ethical_personalization.transparency.saved import saved_message

from .our_sections import OUR_SECTIONS
from .replies import endpoint, refusal, wants_json
from .sections import CenterPage, sections_of, shown_sections


@endpoint("GET", "HEAD")
def center(request: HttpRequest) -> HttpResponse:
    """The whole page; opening it changes nothing."""
    return center_page(request)


def center_page(
    request: HttpRequest,
    *,
    complaints: Mapping[str, str] | None = None,
    ticked: Mapping[str, Sequence[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with ``complaints`` (section to sentence) about what was just sent.

    Answers that were sent with it stand ``ticked``, by the key of their question.
    """
    if complaints and wants_json(request):
        return refusal(request, "", " ".join(complaints.values()), status=status)
    page = CenterPage(shopper_for(request), complaints, ticked)
    context = {
        "shopper": page.shopper,
        "message": saved_message(request),
        "complaints": page.complaints,
        "who": who_of(request),
        "sections": shown_sections(page, sections_of(page, OUR_SECTIONS)),
        **page.narrowed,
    }
    response = render(
        request, "ethical_personalization/preferences/center.html", context, status=status
    )
    patch_vary_headers(response, [HEADER])  # here alone: other pages leave it to the browser
    return response
