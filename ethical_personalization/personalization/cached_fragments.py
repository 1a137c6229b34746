"""Keeps what is personal out of ``{% cache %}`` and of Wagtail's two tags that are made of it."""

from typing import Any

from django.core.cache.utils import make_template_fragment_key
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.cache import CacheNode

from ethical_personalization.conf import conf
from ethical_personalization.shopper.for_everybody import is_for_everybody

from .parts import parts_of
from .preview import previewed

_django_renders = CacheNode.render


def mend() -> None:
    """Let the tags ask us first; calling it again changes nothing."""
    CacheNode.render = _render  # type: ignore[method-assign]  # on purpose


def _render(self: Any, context: Context) -> str:
    """As Django does for everybody."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return _django_renders(self, context)
    if not conf.serves_fragments:
        return _shown(self, context, request)
    vary_on = [variable.resolve(context) for variable in self.vary_on]
    with parts_of(request).scoped(make_template_fragment_key(self.fragment_name, vary_on)):
        return _shown(self, context, request)


def _shown(node: Any, context: Context, request: HttpRequest) -> str:
    """For who has made a choice, and in an editor's preview, afresh and kept by nobody."""
    if is_for_everybody(request) and previewed(request) is None:
        return _django_renders(node, context)
    fresh: str = node.nodelist.render(context)
    return fresh
