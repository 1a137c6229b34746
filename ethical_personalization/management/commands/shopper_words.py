"""``manage.py shopper_words``: all that shoppers can be told, for a lawyer or an editor to read."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from ethical_personalization.management.told_words import Told, all_told

_FORMATS = ("text", "markdown")


class Command(BaseCommand):
    """Prints the words in one language after the other; changes nothing."""

    help = "Print every sentence, button and message that shoppers can be told, by language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--language", action="append", help=_("Such as de; all of the shop's by default.")
        )
        parser.add_argument("--format", choices=_FORMATS, default=_FORMATS[0])

    def handle(self, *args: Any, **options: Any) -> None:
        known = [code for code, _name in settings.LANGUAGES]
        chosen = options["language"] or known
        if strange := sorted(set(chosen) - set(known)):
            raise CommandError(
                _("%(codes)s: not a language of the shop; choose among %(known)s.")
                % {"codes": ", ".join(strange), "known": ", ".join(known)}
            )
        write = _as_markdown if options["format"] == "markdown" else _as_text
        for code in chosen:
            with override(code):
                self.stdout.write(write(get_language_info(code)["name_local"], list(all_told())))


def _as_text(language: str, told: list[Told]) -> str:
    parts = [language.upper()]
    parts += ["\n".join([part.about, *(f"  {words}" for words in part.words)]) for part in told]
    return "\n\n".join(parts) + "\n"


def _as_markdown(language: str, told: list[Told]) -> str:
    parts = [f"# {language}"]
    for part in told:
        listed = "\n".join(f"- {_escaped(words)}" for words in part.words)
        parts.append(f"## {_escaped(part.about)}\n\n{listed}")
    return "\n\n".join(parts) + "\n"


def _escaped(words: str) -> str:
    """Words of the shop's own may hold signs that mean something in Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#" else sign for sign in words)
