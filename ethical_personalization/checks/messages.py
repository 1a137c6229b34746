"""How a check speaks: ids ``ethical_personalization.E…`` for broken and ``.W…`` for risky."""

from django.core.checks import CheckMessage, Error, Warning


def error(number: str, message: str, hint: str) -> CheckMessage:
    """Something does not work; ``hint`` is what to type."""
    return Error(message, hint=hint, id=f"ethical_personalization.{number}")


def warning(number: str, message: str, hint: str) -> CheckMessage:
    """Something works, but not as somebody meant it; ``hint`` is what to type."""
    return Warning(message, hint=hint, id=f"ethical_personalization.{number}")
