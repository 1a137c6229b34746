"""What a page need not wait for: done once its response was sent."""

from collections.abc import Callable

from django.http import HttpRequest

from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models.savepoints import undisturbed


def after_response(request: HttpRequest, work: Callable[[], object], *, what: str) -> None:
    """Call ``work`` when Django closes ``request``, which it does after the last byte.

    A worker that is killed before that loses it, and so does a page that is rendered for no
    client. What fails in it is logged. Not by a signal: Django gives the connection to the
    database up with ``request_finished``, and the view's transaction is over before that.
    """
    close = request.close

    def close_and_work() -> None:
        close()
        attempt(inside, otherwise=None, what=what)

    def inside() -> None:
        with undisturbed():
            work()

    request.close = close_and_work  # type: ignore[method-assign]  # of this one request
