"""Whether what the hooks of all apps register fits together."""

from collections.abc import Mapping
from typing import Any

from django.core.checks import CheckMessage
from wagtail_personalisation.rules import AbstractBaseRule

from ethical_personalization.core.exceptions import PersonalizationError
from ethical_personalization.core.registry import Registry, facts, purposes, rules
from ethical_personalization.discovery import HOOKS

from .messages import error, warning


def check_declarations(**kwargs: Any) -> list[CheckMessage]:
    """Every hook returns something that can be registered."""
    found = []
    for hook_name, registry in HOOKS.items():
        try:
            registry.declared()
        except PersonalizationError as problem:
            hint = f'Look for @hooks.register("{hook_name}") in the files wagtail_hooks.py.'
            found.append(error("E009", str(problem), hint))
    return found


def check_facts(**kwargs: Any) -> list[CheckMessage]:
    """Every fact is for a purpose that shoppers can allow."""
    known = _declared(purposes)
    return [
        warning(
            "W003",
            f"The fact {fact.key!r} is never read: nobody registers its purpose {fact.purpose!r}.",
            f"Write purpose= one of {', '.join(sorted(known))}, or register the purpose.",
        )
        for fact in _declared(facts).values()
        if fact.purpose is not None and fact.purpose not in known
    ]


def check_rules(**kwargs: Any) -> list[CheckMessage]:
    """Every rule class says which facts it uses; one that doesn't is not evaluated."""
    known = _declared(rules)
    return [
        warning(
            "W002",
            f"{model._meta.label} is never evaluated: nobody declared which facts it uses.",
            '@hooks.register("register_personalization_rule") a function that returns '
            f'RuleDeclaration(key="{model._meta.label_lower}", condition=…).',
        )
        for model in AbstractBaseRule.get_descendant_models()
        if model._meta.label_lower not in known
    ]


def _declared(registry: Registry[Any]) -> Mapping[str, Any]:
    """Empty where a hook is broken: ``check_declarations`` says that."""
    try:
        return registry.declared()
    except PersonalizationError:
        return {}
