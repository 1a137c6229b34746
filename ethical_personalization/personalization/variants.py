"""Serves the page variant that fits, inside Wagtail's own check of view restrictions."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from wagtail.models import Page, PageViewRestriction
from wagtail_personalisation.models import PersonalisablePageMetadata, PersonalisablePageMixin

from ethical_personalization.core.explanations import Explained
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.models.published import StillCompiling
from ethical_personalization.models.savepoints import undisturbed
from ethical_personalization.shopper.shopper import shopper_for
from ethical_personalization.shopper.visits import count_visit

from .parts import parts_of
from .plan import published_plan
from .preview import previewed
from .segments import decide_page

_IS_RESTRICTED = "_ethical_personalization_is_restricted"
_HAS_OWN_RESTRICTIONS = "_ethical_personalization_has_own_restrictions"
Serve = Callable[[Any, HttpRequest, Any, Any], HttpResponse]


def serve_chosen_version(serve: Serve) -> Serve:
    """For the hook ``on_serve_page``, after (inside) the restriction check at order 0."""

    def inner(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        if not isinstance(page, PersonalisablePageMixin):
            return serve(page, request, args, kwargs)
        original_url = _safely(lambda: _original_url(page, request), "variant_url")
        if original_url is not None:
            return redirect(original_url)
        chosen = None
        if previewed(request) is not None:
            chosen = _safely(lambda: _choose(page, request), "variant")
        elif shopper_for(request).may_be_known:
            chosen = _safely(lambda: _choose(page, request), "variant")
            _safely(lambda: count_visit(shopper_for(request), page.pk), "visit")
        if chosen is None:
            return serve(page, request, args, kwargs)
        response = serve(chosen, request, args, kwargs)
        if getattr(chosen, _IS_RESTRICTED, False):
            add_never_cache_headers(response)
        return response

    return inner


def _safely(action: Callable[[], Any], what: str) -> Any:
    """``action()``, or None where it fails, with the request's transaction as it was."""

    def inside() -> Any:
        with undisturbed():
            return action()

    return attempt(inside, otherwise=None, what=what)


def _original_url(page: Any, request: HttpRequest) -> str | None:
    """Where to go if ``page`` is a variant, which has no address of its own."""
    original = _original_pk(page)
    if original is None:
        return None
    url: str | None = Page.objects.get(pk=original).get_url(request)
    return url


def _original_pk(page: Any) -> int | None:
    """The page of which ``page`` is a variant; the database is asked where no plan is at hand."""
    try:
        return published_plan.at_hand().originals.get(page.pk)
    except StillCompiling:
        rows = PersonalisablePageMetadata.objects.filter(variant=page.pk)
        found: int | None = (
            rows.exclude(canonical_page=page.pk).values_list("canonical_page", flat=True).first()
        )
        return found


def _choose(page: Any, request: HttpRequest) -> Any:
    """The page or variant to serve, with the decision on it; None: the page as it is."""
    if previewed(request) is None and not shopper_for(request).permitted:
        return None
    explained = decide_page(request, page.pk)
    if explained.is_default:
        return None
    parts_of(request).note_version()
    if explained.decision.option is None:  # the shopper asked for the normal version
        page.personalization = explained
        return page
    return _as_variant(page, int(explained.decision.option.key), explained, request)


def _as_variant(page: Any, variant_pk: int, explained: Explained, request: HttpRequest) -> Any:
    """The variant under the address and title of ``page``; None if she may not see it.

    The plan that named it may be a second older than its end.
    """
    own = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    found = type(page).objects.filter(pk=variant_pk, live=True)
    variant = found.annotate(**{_HAS_OWN_RESTRICTIONS: Exists(own)}).first()
    if variant is None:
        return None
    restrictions = _restrictions_beyond(page, variant)
    if not all(restriction.accept_request(request) for restriction in restrictions):
        return None
    setattr(variant, _IS_RESTRICTED, bool(restrictions))
    for name in ("title", "seo_title", "slug", "url_path"):
        setattr(variant, name, getattr(page, name))  # in memory only: never saved
    variant.personalization = explained
    return variant


def _restrictions_beyond(page: Any, variant: Any) -> Iterable[Any]:
    """The view restrictions of ``variant`` that were not checked with ``page`` already.

    Usually they stand side by side, so what lies above both was checked, and most variants have
    none of their own. A shop's own rules are asked, and so are those of Wagtail for aliases.
    """
    is_beside = variant.path[: -variant.steplen] == page.path[: -page.steplen]
    asks_wagtail = type(variant).get_view_restrictions is Page.get_view_restrictions
    if is_beside and asks_wagtail and variant.alias_of_id is None:
        return variant.view_restrictions.all() if getattr(variant, _HAS_OWN_RESTRICTIONS) else ()
    asked: Iterable[Any] = variant.get_view_restrictions()
    return asked
