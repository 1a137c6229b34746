"""What a session holds, by name: Oscar and Django keep some things there for a form."""

import re
from importlib import import_module

from django.conf import settings

_NUMBER = re.compile(r"\d+")


def names_in(session_key: str) -> frozenset[str]:
    """The names in the session, whatever engine keeps it, numbers replaced by ``#``."""
    if not session_key:
        return frozenset()
    store = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return frozenset(_NUMBER.sub("#", name) for name in store.keys())  # noqa: SIM118 - a session is no mapping
