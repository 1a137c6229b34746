"""*How we personalise* where the shop has no page of its own for it, and all that changed."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Site

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models import HowWePersonalisePage
from ethical_personalization.shopper.sites import site_id_at_hand
from ethical_personalization.transparency.how_changes import changes_on

TEMPLATE = "ethical_personalization/how/plain.html"


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """To the shop's own page, or else the tables; the same for everybody."""
    url = attempt(lambda: _url_of_page(request), otherwise="", what="how_page")
    return HttpResponseRedirect(url) if url else render(request, TEMPLATE)


@require_safe
def how_changes(request: HttpRequest) -> HttpResponse:
    """Everything that changed since it is recorded."""
    return render(request, TEMPLATE, {"history": changes_on(site_id_at_hand(request))})


def _url_of_page(request: HttpRequest) -> str:
    """The address of a public page on this site, first in the reader's language."""
    site = Site.find_for_request(request)
    if site is None:
        return ""
    pages = HowWePersonalisePage.objects.live().public().descendant_of(site.root_page)
    found = list(pages.select_related("locale").order_by("path"))
    language = get_language() or ""
    found.sort(key=lambda page: page.locale.language_code != language)
    return next((page.get_url(request) or "" for page in found), "")
