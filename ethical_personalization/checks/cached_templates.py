"""Whether the question stands inside a fragment that a template keeps in a cache."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.loaders.cached import Loader as CachedLoader

from .messages import warning

_FRAGMENT = re.compile(r"{%\s*((?:wagtail|wagtailpage)?cache)\b.*?{%\s*end\1\s*%}", re.DOTALL)
_QUESTION = re.compile(r"{%\s*consent_banner\b")


def check_cached_question(**kwargs: Any) -> list[CheckMessage]:
    """Its form leads back to the page it was made for. All else of ours may stand there.

    Only what is written in one file is found: what is included, or filled in by a template that
    extends another, may stand in a fragment as well.
    """
    return [
        warning(
            "W040",
            f"In {path} the question stands inside {{% {tag} %}}: whoever answers it is led back "
            "to the page that was kept first.",
            f"Move {{% consent_banner %}} out of {{% {tag} %}}.",
        )
        for path in sorted(set(_template_files()))
        for tag in _fragments_with_question(path)
    ]


def _fragments_with_question(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return  # Django says so once it is used
    if "consent_banner" not in text:
        return
    for found in _FRAGMENT.finditer(text):
        if _QUESTION.search(found[0]):
            yield found[1]


def _template_files() -> Iterator[Path]:
    for engine in engines.all():
        if not isinstance(engine, DjangoTemplates):
            continue
        for loader in _plain(engine.engine.template_loaders):
            for folder in getattr(loader, "get_dirs", tuple)():
                yield from Path(folder).rglob("*.html")


def _plain(loaders: Any) -> Iterator[Any]:
    """The loaders, those inside Django's caching one included."""
    for loader in loaders:
        if isinstance(loader, CachedLoader):
            yield from _plain(loader.loaders)
        else:
            yield loader
