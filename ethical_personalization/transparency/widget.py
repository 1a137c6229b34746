"""Being written."""

from typing import Any


def widget_context(request: Any) -> dict[str, Any]:
    return {}


def why_context(request: Any, explained: Any) -> dict[str, Any]:
    return {}
