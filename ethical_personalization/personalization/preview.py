"""How an editor sees a page as shoppers of one segment do: nothing is read or kept for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from wagtail_personalisation.models import Segment

from ethical_personalization.core.audiences import Audience
from ethical_personalization.core.conditions import AllOf
from ethical_personalization.core.decisions import Decision, Option
from ethical_personalization.core.explanations import Explained
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models import SegmentPolicy
from ethical_personalization.models.savepoints import undisturbed

#: Query parameter with a segment's primary key; the name is the host's.
PARAMETER = "segment"
_ATTRIBUTE = "_ethical_personalization_preview"
#: More digits than this may not fit into a primary key.
_MAX_DIGITS = 9

Serve = Callable[[Any, HttpRequest, Any, Any], HttpResponse]


@dataclass(frozen=True, kw_only=True)
class Preview(Explained):
    """What shoppers of ``segment`` (its name) see; it has no reason, because nobody was judged."""

    segment: str


def serve_preview(serve: Serve) -> Serve:
    """For the hook ``on_serve_page``, around the choice of a version."""

    def inner(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        segment = _asked_for(page, request) if PARAMETER in request.GET else None
        if segment is None:
            return serve(page, request, args, kwargs)
        setattr(request, _ATTRIBUTE, segment)
        response = serve(page, request, args, kwargs)
        add_never_cache_headers(response)
        return response

    return inner


def previewed(request: HttpRequest) -> Segment | None:
    """The segment that an editor looks through in this request."""
    return getattr(request, _ATTRIBUTE, None)


def preview(segment: Segment, placement: str, version: str | None) -> Explained:
    """``version`` (its key) as ``segment`` sees it, or the default where there is none for it."""
    if version is None:
        return Explained(decision=Decision(placement=placement))
    audience = Audience(key=segment.pk, name=segment.name, condition=AllOf(()))
    return Preview(
        decision=Decision(placement=placement, option=Option(key=version, audience=audience)),
        segment=segment.name,
    )


def preview_placement(segment: Segment, placement: str) -> Explained:
    """The personalised part of a registered placement, if ``segment`` fills it."""
    policy = SegmentPolicy.objects.filter(segment=segment, live=True).first()
    fills = policy is not None and placement in policy.placements
    return preview(segment, placement, str(segment.pk) if fills else None)


def may_preview(page: Any, request: HttpRequest) -> bool:
    """Whether the request comes from somebody who edits or publishes ``page``."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False  # without asking the session, so that the page stays cacheable
    user: Any = getattr(request, "user", None)
    if user is None or not user.has_perm("wagtailadmin.access_admin"):
        return False
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit() or permissions.can_publish())


def _asked_for(page: Any, request: HttpRequest) -> Segment | None:
    key = request.GET[PARAMETER]
    if not (key.isascii() and key.isdecimal() and len(key) <= _MAX_DIGITS):
        return None

    def find() -> Segment | None:
        with undisturbed():
            if not may_preview(page, request):
                return None
            return Segment.objects.enabled().filter(pk=int(key)).first()

    return attempt(find, otherwise=None, what="preview")
