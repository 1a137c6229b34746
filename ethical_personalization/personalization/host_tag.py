"""Repairs wagtail-personalisation's tag ``{% segment name=… %}``.

The host's asks whether a segment of that name is persistent, not whether the shopper belongs to it.
"""

from typing import Any

from django.http import HttpRequest
from django.template.context import Context
from django.utils.safestring import mark_safe
from wagtail_personalisation.templatetags.wagtail_personalisation_tags import SegmentNode

from .parts import as_part, begins_with_element
from .reason_beside import request_of, stands_by_itself, with_reason
from .segments import decide_named


def mend() -> None:
    """Let the tag ask us."""
    SegmentNode.render = _render


def _render(self: Any, context: Context) -> str:
    """The content, with the reason where one can stand there; nothing for everybody else."""
    request = request_of(context)
    if request is None:
        return ""
    if not begins_with_element([self.nodelist]):
        return _render_for(self, context, request)
    return as_part(request, "segment", lambda: _render_for(self, context, request))


def _render_for(self: Any, context: Context, request: HttpRequest) -> str:
    explained = decide_named(request, str(self.name.resolve(context)))
    if explained.is_default:
        return ""
    content = self.nodelist.render(context)
    can_say_why = stands_by_itself(content)
    if not explained.decision.is_personal:  # the shopper asked for the normal version
        return with_reason("", explained, request) if can_say_why else ""
    return with_reason(content, explained, request) if can_say_why else mark_safe(content)  # noqa: S308 - rendered template
