"""The mark by which a browser's own script knows that it holds a choice, in the mode *fragment*.

Our cookie can't be read by scripts, and pages are the same for everybody. The mark says *yes* and
nothing else; it comes and goes with a choice.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from ethical_personalization.conf import conf
from ethical_personalization.models import Subject

from .cookie import carries_ours, is_ours
from .neutral import is_neutral

_HELD = "1"


def mark_name() -> str:
    """The same for all sites of a host name: it says nothing that differs between them."""
    return f"{conf.cookie_name}_held"


def depends_on_device(request: HttpRequest) -> bool:
    """Whether our cookie came and the answer may show it."""
    return carries_ours(request) and not is_neutral(request)


def tell_mark(request: HttpRequest, response: HttpResponse) -> None:
    """Set the mark, or take it away, where it does not say what is true."""
    if not conf.serves_fragments:
        return
    if is_neutral(request):
        _tell_on_neutral_page(request, response)
        return
    held, is_marked = _is_held(request, response), mark_name() in request.COOKIES
    if held and (not is_marked or _written(response)):
        _set(response)
    elif is_marked and not held:
        response.delete_cookie(mark_name(), samesite="Lax")


def _tell_on_neutral_page(request: HttpRequest, response: HttpResponse) -> None:
    """Only for a choice from before the mode was switched on, and then for no cache."""
    if carries_ours(request) and mark_name() not in request.COOKIES:
        patch_cache_control(response, private=True, no_store=True)
        _set(response)


def _is_held(request: HttpRequest, response: HttpResponse) -> bool:
    held = {name: value for name, value in request.COOKIES.items() if is_ours(name)}
    if any((held | _written(response)).values()):
        return True
    user: Any = getattr(request, "user", None)  # who it is now, after a login too
    session = getattr(request, "session", None)
    if session is None or not session.session_key or user is None or not user.is_authenticated:
        return False
    return Subject.objects.filter(user=user).exists()


def _written(response: HttpResponse) -> dict[str, str]:
    """The cookies of ours that go with the answer; one that is taken away is empty."""
    return {name: each.value for name, each in response.cookies.items() if is_ours(name)}


def _set(response: HttpResponse) -> None:
    response.set_cookie(
        mark_name(),
        _HELD,
        max_age=conf.cookie_max_age,
        secure=conf.cookie_is_secure,
        samesite="Lax",
    )
