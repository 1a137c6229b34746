"""What the shop says of Global Privacy Control at ``/.well-known/gpc.json``."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from .core.failing_closed import attempt
from .models import Purpose
from .models.purposes import offered_on, offered_purposes
from .shopper.gpc import UNDERSTOOD_AS_OF
from .shopper.sites import site_id_at_hand
from .transparency.gpc import honoured

#: The statement changes only when an editor changes a purpose.
MAX_AGE_SECONDS = 3600


@require_safe
def gpc_statement(request: HttpRequest) -> HttpResponse:
    """Whether any purpose of the site honours the header.

    ``lastUpdate`` is the specification that we read.
    """
    unknown: tuple[Purpose, ...] | None = None
    published = attempt(offered_purposes.at_hand, otherwise=unknown, what="gpc.json")
    if published is None:
        return HttpResponse(status=503)
    offered = offered_on(site_id_at_hand(request), published)
    statement = {"gpc": bool(honoured(offered)), "lastUpdate": UNDERSTOOD_AS_OF.isoformat()}
    return JsonResponse(statement, headers={"Cache-Control": f"max-age={MAX_AGE_SECONDS}"})


urlpatterns = [path("gpc.json", gpc_statement)]
