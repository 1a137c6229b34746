"""Parts of a page, as the answer to our own scripts: hers, or one as everybody sees it."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control

from ethical_personalization.personalization.parts import parts_of
from ethical_personalization.shopper.neutral import normal_part_asked_for

from .banner import banner


def only_parts(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """The personal parts of ``page`` by name, and the question as it stands for her.

    Nothing where there is no such page: whatever it answers instead stays with the page itself.
    """
    found = (
        {"parts": parts_of(request).found, "question": banner(request)} if _is_page(page) else {}
    )
    return _answer(request, page, found)


def only_normal_part(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """The part of ``page`` that was asked for; nothing where everybody's page has no such part."""
    normal = parts_of(request).found.get(normal_part_asked_for(request)) if _is_page(page) else None
    return _answer(request, page, {"normal": normal} if normal is not None else {})


def _is_page(response: HttpResponse) -> bool:
    is_html = response.get("Content-Type", "").startswith("text/html")
    return response.status_code == 200 and is_html


def _answer(request: HttpRequest, page: HttpResponse, found: dict[str, Any]) -> HttpResponse:
    """For nobody else's eyes, and for no cache."""
    response = JsonResponse(found) if found else HttpResponse(status=204)
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
