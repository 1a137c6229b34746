"""Repairs wagtail-personalisation's ``PersonalisedStructBlock``, and says why it shows something.

The host's raises without a request, and its REST and search forms hold every segment's content.
"""

from typing import Any

from django.http import HttpRequest
from wagtail_personalisation.blocks import PersonalisedStructBlock

from ethical_personalization.core.explanations import Explained

from .parts import as_part
from .reason_beside import request_of, with_reason
from .segments import decide_version

EVERYBODY = -1


def mend() -> None:
    """Let the block ask us."""
    PersonalisedStructBlock.render = _render
    PersonalisedStructBlock.get_api_representation = _api_representation
    PersonalisedStructBlock.get_searchable_content = _searchable_content


def _render(self: Any, value: Any, context: Any = None) -> str:
    """The block, if it is for everybody or for this shopper; with the reason in her case."""
    as_struct: Any = super(PersonalisedStructBlock, self)
    if _segment_of(value) == EVERYBODY:
        shown: str = as_struct.render(value, context)
        return shown
    request = request_of(context)

    def render() -> str:
        explained = _decide(value, request)
        if request is None or explained is None or explained.is_default:
            return ""
        content = as_struct.render(value, context) if explained.decision.is_personal else ""
        return with_reason(content, explained, request)

    return as_part(request, "block", render)


def _api_representation(self: Any, value: Any, context: Any = None) -> dict[str, Any] | None:
    """As for any struct, or None where the requester would not see the block."""
    as_struct: Any = super(PersonalisedStructBlock, self)
    if _segment_of(value) == EVERYBODY:
        whole: dict[str, Any] = as_struct.get_api_representation(value, context=context)
        return whole
    explained = _decide(value, request_of(context))
    if explained is None or not explained.decision.is_personal:
        return None
    whole = as_struct.get_api_representation(value, context=context)
    return {**whole, "personalization_reason": explained.reason}


def _searchable_content(self: Any, value: Any) -> list[str]:
    if _segment_of(value) != EVERYBODY:
        return []
    as_struct: Any = super(PersonalisedStructBlock, self)
    content: list[str] = as_struct.get_searchable_content(value)
    return content


def _decide(value: Any, request: HttpRequest | None) -> Explained | None:
    segment = _segment_of(value)
    if request is None or segment is None:
        return None
    return decide_version(request, f"block-{segment}", {segment: str(segment)})


def _segment_of(value: Any) -> int | None:
    """The segment's primary key, or EVERYBODY; None where the editor chose nothing."""
    try:
        return int(value["segment"])
    except (KeyError, TypeError, ValueError):
        return None
