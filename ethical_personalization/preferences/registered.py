"""That an account was opened with our questions beside the form: remembered until it is logged in.

Most workers never open one, so what looks at the answers is loaded by the first that does.
"""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from oscar.apps.customer.signals import user_registered

#: Our fields stand among those of Oscar's form, or of the shop's.
PREFIX = "ep-"
_REGISTERED = "_ethical_personalization_registered"


def connect() -> None:
    """Listen to Oscar's signal; calling it again changes nothing."""
    user_registered.connect(_on_registered, dispatch_uid="ethical_personalization.registration")


def keep_answers(request: HttpRequest, response: HttpResponse) -> None:
    """After the response to a registration that worked: see to what she answered."""
    registered = getattr(request, _REGISTERED, None)
    if registered is not None and response.status_code < 400:
        _keeping()(request, response, registered)


def _on_registered(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Only remember: the account is not logged in yet, and there is no response."""
    if any(name.startswith(PREFIX) for name in request.POST):
        setattr(request, _REGISTERED, user.pk)


@cache
def _keeping() -> Any:
    return import_string(f"{__package__}.registration.keep_answers_of")
