"""Keeps what is personal out of ``{% cache %}`` and of Wagtail's two tags that are made of it."""

from typing import Any

from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.cache import CacheNode

from ethical_personalization.shopper.for_everybody import is_for_everybody

from .preview import previewed

_django_renders = CacheNode.render


def mend() -> None:
    """Let the tags ask us first; calling it again changes nothing."""
    CacheNode.render = _render  # type: ignore[method-assign]  # on purpose


def _render(self: Any, context: Context) -> str:
    """For who has made a choice, and in an editor's preview, afresh and kept by nobody."""
    request: HttpRequest | None = context.get("request")
    if request is None or (is_for_everybody(request) and previewed(request) is None):
        return _django_renders(self, context)
    fresh: str = self.nodelist.render(context)
    return fresh
