"""What login changes: a newer refusal of the device takes back the account's older yes."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from ethical_personalization.core.consent import withdrawn_by_device
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models import ConsentMethod, Subject
from ethical_personalization.models.savepoints import undisturbed

from .ledger import Occasion, record_answers
from .profile import forget_purpose
from .shopper import Shopper, find_refused_here
from .subjects import choices_of


def connect() -> None:
    """Listen to Django's login signal; calling it again changes nothing."""
    user_logged_in.connect(_on_login, dispatch_uid="ethical_personalization.login")


def _on_login(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if request is not None and "SERVER_NAME" in request.META:  # else no browser logged in, but code
        attempt(lambda: _apply_apart(request, user), otherwise=None, what="login")


def _apply_apart(request: HttpRequest, user: Any) -> None:
    with undisturbed():
        apply_device_refusals(request, user)


def apply_device_refusals(request: HttpRequest, user: Any) -> None:
    """Withdraw in the account what this device refused after the account had allowed it.

    A *yes* of the device is never taken over; the preference center asks.
    """
    device = Shopper(request)
    subject = Subject.objects.filter(user=user).first()
    if subject is None or device.site is None:
        return
    withdrawn = withdrawn_by_device(choices_of(subject, device.site.pk), find_refused_here(device))
    occasion = Occasion(
        site=device.site,
        language=get_language() or "",
        method=ConsentMethod.LOGIN,
        words={"text": gettext("A refusal on this device is newer than the account's choice.")},
        now=device.now,
    )
    record_answers(subject, dict.fromkeys(sorted(withdrawn), False), occasion)
    for purpose in withdrawn:
        forget_purpose(subject.pk, purpose)
