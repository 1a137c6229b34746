"""The receipt of a choice, for the shopper herself: a page to print, a file, the screen of then."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from ethical_personalization.core.consent import ConsentStatus
from ethical_personalization.models import ConsentEvent
from ethical_personalization.models.consent import STATUS_LABELS
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.transparency.receipts import purpose_then, receipt_of
from ethical_personalization.transparency.screen_pages import screen_markup, screen_page

from .replies import endpoint, refusal

OwnView = Callable[[HttpRequest, ConsentEvent], HttpResponseBase]


def of_her_own(view: OwnView) -> Callable[..., HttpResponseBase]:
    """Open to the subject of the choice alone; for anybody else there is no such receipt."""

    @endpoint("GET", "HEAD")
    @wraps(view)
    def opening(request: HttpRequest, record: str) -> HttpResponseBase:
        subject = shopper_for(request).subject
        found = ConsentEvent.objects.filter(subject=subject, hash=record) if subject else None
        related = ("notice", "purpose_version__purpose")
        event = found.select_related(*related).first() if found is not None else None
        return view(request, event) if event is not None else _nothing_there(request)

    return opening


@of_her_own
def receipt_page(request: HttpRequest, event: ConsentEvent) -> HttpResponse:
    """The receipt to read and print."""
    context = {
        "event": event,
        "receipt": _receipt(request, event),
        "purpose": purpose_then(event),
        "answer": STATUS_LABELS[ConsentStatus(event.status)],
        "screen": screen_markup(event.notice, is_unfolded=True),
    }
    return render(request, "ethical_personalization/preferences/receipt.html", context)


@of_her_own
def receipt_file(request: HttpRequest, event: ConsentEvent) -> HttpResponse:
    """The receipt to keep."""
    response = JsonResponse(_receipt(request, event), json_dumps_params={"indent": 2})
    response.headers["Content-Disposition"] = (
        f'attachment; filename="receipt-{event.hash[:12]}.json"'
    )
    return response


@of_her_own
def receipt_screen(request: HttpRequest, event: ConsentEvent) -> HttpResponse:
    """The screen on which the choice was made, by itself."""
    return screen_page(event.notice)


def _receipt(request: HttpRequest, event: ConsentEvent) -> dict[str, object]:
    center = reverse("ethical_personalization:center")
    key = event.purpose_version.purpose.key
    return receipt_of(event, withdraw_at=request.build_absolute_uri(f"{center}#choice-{key}"))


def _nothing_there(request: HttpRequest) -> HttpResponse:
    return refusal(
        request,
        gettext("There is no such receipt"),
        gettext(
            "Or it is not yours: a receipt opens where the choice was made, or in its account."
        ),
        status=404,
    )
