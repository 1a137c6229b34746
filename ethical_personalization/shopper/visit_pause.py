"""A pause for this visit: a word that one browser keeps until it is closed, and nobody else."""

from django.http import HttpRequest, HttpResponse

from ethical_personalization.conf import conf


def is_paused_for_visit(request: HttpRequest) -> bool:
    """Whether the browser carries it. It is not signed, because it can only narrow."""
    return bool(request.COOKIES.get(_name()))


def pause_for_visit(response: HttpResponse) -> None:
    """Let the browser carry it; without a date, so that it goes with the visit, and no id."""
    response.set_cookie(_name(), "1", secure=conf.cookie_is_secure, httponly=True, samesite="Lax")


def end_pause_for_visit(response: HttpResponse) -> None:
    """Take it away."""
    response.delete_cookie(_name(), samesite="Lax")


def _name() -> str:
    """Begins as our other cookies do, which caches outside know by their beginning."""
    return f"{conf.cookie_name}-pause"
