"""What a page shows in another way to this shopper, as the answer to our own script."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control

from ethical_personalization.personalization.parts import parts_of

from .banner import banner


def only_parts(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """The personal parts of ``page`` by name, and the question as it stands for her.

    Nothing where there is no such page: whatever it answers instead stays with the page itself.
    """
    if page.status_code == 200 and page.get("Content-Type", "").startswith("text/html"):
        found = {"parts": parts_of(request).found, "question": banner(request)}
        response: HttpResponse = JsonResponse(found)
    else:
        response = HttpResponse(status=204)
    _leave_messages(request)
    response.cookies.update(page.cookies)
    patch_cache_control(response, private=True, no_store=True)
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _leave_messages(request: HttpRequest) -> None:
    """The shop's word on what she just did waits for a page that she sees."""
    messages: Any = get_messages(request)
    if hasattr(messages, "used"):
        messages.used = False
