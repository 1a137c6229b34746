"""Whether a request is answered like everybody's, so that a cache for all may answer it."""

from django.http import HttpRequest

from ethical_personalization.conf import conf

from .cookie import carries_ours
from .neutral import asks_for_parts, normal_part_asked_for
from .shopper import shopper_for


def is_for_everybody(request: HttpRequest) -> bool:
    """False for who has made a choice, on this device or with her account.

    No query without a session. In the mode *fragment* a page is for everybody, whoever asks.
    """
    if normal_part_asked_for(request):
        return False  # of a kept page or fragment nobody can tell the parts
    if conf.serves_fragments:
        return not asks_for_parts(request)
    if carries_ours(request):
        return False
    return not _has_account(request) or shopper_for(request).known.subject is None


def is_page_for_everybody(request: HttpRequest) -> bool:
    """The same of a whole page, which says for which account its question was put."""
    if not conf.serves_fragments and _has_account(request):
        return False
    return is_for_everybody(request)


def _has_account(request: HttpRequest) -> bool:
    if not hasattr(request, "user"):  # too early to ask: what is found now would be remembered
        return False
    return shopper_for(request).user is not None
