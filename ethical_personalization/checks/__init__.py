"""What is missing or wrong in an installation, each with the line to type.

A worker that serves pages asks none of them, so they are loaded by the first command that does.
"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, register

_OURS = "ethical_personalization"


def connect() -> None:
    """Register with Django; calling it again changes nothing."""
    register(check_installation, _OURS)
    register(check_database, Tags.database, _OURS)
    register(check_deployment, Tags.security, _OURS, deploy=True)


def check_installation(**options: Any) -> Sequence[CheckMessage]:
    from .all import CHECKS

    return [message for check in CHECKS for message in check(**options)]


def check_database(**options: Any) -> Sequence[CheckMessage]:
    from .all import DATABASE_CHECKS

    return [message for check in DATABASE_CHECKS for message in check(**options)]


def check_deployment(**options: Any) -> Sequence[CheckMessage]:
    from .all import DEPLOYMENT_CHECKS

    return [message for check in DEPLOYMENT_CHECKS for message in check(**options)]
