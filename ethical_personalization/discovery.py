"""Fills the registries from the hooks of every installed app."""

from collections.abc import Callable, Iterable
from typing import Any

from wagtail import hooks

from .core.registry import Registry, facts, placements, purposes, rules

HOOKS: dict[str, Registry[Any]] = {
    "register_personalization_purpose": purposes,
    "register_personalization_fact": facts,
    "register_personalization_rule": rules,
    "register_personalization_placement": placements,
}


def connect() -> None:
    """Tell each registry its hook. The hooks themselves are asked on first use."""
    for hook_name, registry in HOOKS.items():
        registry.collect_from(_source(hook_name))


def _source(hook_name: str) -> Callable[[], Iterable[Any]]:
    def items() -> Iterable[Any]:
        for function in hooks.get_hooks(hook_name):
            returned = function()
            yield from returned if isinstance(returned, list | tuple) else [returned]

    return items
