"""HTML that is the same for everybody, rendered once: it stands on every page."""

from collections.abc import Callable, Hashable

from django.conf import settings
from django.template.engine import Engine
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

#: More than a shop has languages, pieces and ways of asking; what was kept for older words goes.
MAX_KEPT = 500
_kept: dict[Hashable, SafeString] = {}


def rendered_once(name: str, render: Callable[[], str], *about: Hashable) -> SafeString:
    """``render()`` for the language of the reader, kept as long as ``about`` stays the same.

    Nothing of the request may enter. While ``DEBUG`` is on, templates change and nothing is kept.
    """
    if settings.DEBUG:
        return mark_safe(render())  # noqa: S308 - rendered by Django's templates
    # Where links and files lead, and by which templates.
    urls = get_urlconf() or settings.ROOT_URLCONF
    places = (get_language(), get_script_prefix(), urls, settings.STATIC_URL)
    key = (name, places, Engine.get_default(), about)
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= MAX_KEPT:
            _kept.clear()
        found = _kept[key] = mark_safe(render())  # noqa: S308 - rendered by Django's templates
    return found
