"""Messages of the package, read from its code and from its catalogues without GNU gettext."""

from collections import defaultdict
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import ethical_personalization

PACKAGE = Path(ethical_personalization.__file__).parent
LANGUAGES = ("de", "fr")
#: What only editors, developers and the shop's lawyers read. Anything new is for shoppers.
NOT_FOR_SHOPPERS = (
    "accountability/",
    "apps.py",
    "checks/",
    "editor/",
    "management/",
    "models/",
    "personalization/blocks.py",
    "shopper/chains.py",
    "shopper/root_checks.py",
    "templates/ethical_personalization/editor/",
)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


@cache
def catalogue(language):
    """The messages of the catalogue in source form, by msgid."""
    with _path(language, "po").open("rb") as file:
        return {message.id: message for message in read_po(file, locale=language) if message.id}


def compiled(language):
    """The translations that are in effect, by msgid."""
    with _path(language, "mo").open("rb") as file:
        entries = {_key(message.id): _key(message.string) for message in read_mo(file)}
    return {message: translated for message, translated in entries.items() if message}


def _key(text):
    return text if isinstance(text, str) else tuple(text)


@cache
def messages_in_code():
    """Every message of the package with the files that it stands in."""
    found = defaultdict(set)
    for path in sorted(PACKAGE.rglob("*.*")):
        if path.suffix in {".py", ".html", ".txt"}:
            for message in _messages(path):
                found[message].add(path.relative_to(PACKAGE).as_posix())
    return found


def shopper_messages():
    """Those that stand in at least one file that writes for shoppers."""
    return {
        message
        for message, files in messages_in_code().items()
        if not all(name.startswith(NOT_FOR_SHOPPERS) for name in files)
    }


def _messages(path):
    source = path.read_text()
    if path.suffix != ".py":
        source = " ".join(templatize(source).split("\n"))
    for _line, message, _comments, _context in extract(
        "python", BytesIO(source.encode()), keywords=KEYWORDS
    ):
        yield message


def _path(language, suffix):
    return PACKAGE / "locale" / language / "LC_MESSAGES" / f"django.{suffix}"
