"""``manage.py verify_consent``: whether any recorded choice was changed or lost."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from ethical_personalization.core.daily_roots import key_id
from ethical_personalization.models import ConsentEvent, DailyRoot
from ethical_personalization.models.one_view import one_view
from ethical_personalization.shopper.chains import Break, broken_chains, broken_notices
from ethical_personalization.shopper.root_checks import broken_roots, differences
from ethical_personalization.shopper.roots import trusted_keys


class Command(BaseCommand):
    """Walks every chain, state, notice and signed root; exit code 1 where something is wrong."""

    help = "Check that no recorded consent event was changed or lost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--against", type=Path, help="a file of roots that export_consent_root wrote earlier"
        )
        parser.add_argument(
            "--public-key",
            action="append",
            default=[],
            help="trust this key instead of the shop's own; may be given several times",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keys = _keys(options["public_key"]) or trusted_keys()
        exported = _read(options["against"]) if options["against"] else []
        with one_view():
            found = list(_breaks(keys, exported))
            events, roots = ConsentEvent.objects.count(), DailyRoot.objects.count()
        for each in found:
            self.stderr.write(_sentence(each))
        if found:
            raise CommandError(_("%(count)d broken.") % {"count": len(found)})
        said = {"events": events, "roots": roots, "compared": len(exported)}
        self.stdout.write(
            _("%(events)d events, every chain is whole; %(roots)d signed days stand") % said
            + (_(", and %(compared)d agree with the file.") % said if exported else ".")
        )


def _breaks(keys: Mapping[str, bytes], exported: Sequence[Mapping[str, Any]]) -> Iterator[Break]:
    yield from broken_notices()
    yield from broken_chains()
    yield from broken_roots(keys, now=timezone.now())
    try:
        yield from differences(exported, keys)
    except (KeyError, TypeError, ValueError) as error:
        raise CommandError(_("The file holds no roots that export_consent_root wrote.")) from error


def _sentence(found: Break) -> str:
    """Where, and what: event, subject and day as far as they are known."""
    where = [
        _("event %(pk)d") % {"pk": found.event} if found.event is not None else "",
        _("subject %(id)s") % {"id": found.subject} if found.subject is not None else "",
        _("day %(day)s") % {"day": found.day.isoformat()} if found.day is not None else "",
    ]
    place = ", ".join(part for part in where if part)
    return f"{place}: {found.what}" if place else found.what


def _keys(given: Sequence[str]) -> dict[str, bytes]:
    try:
        keys = [bytes.fromhex(each) for each in given]
    except ValueError as error:
        raise CommandError(_("A public key is 64 hexadecimal digits.")) from error
    if any(len(key) != 32 for key in keys):
        raise CommandError(_("A public key is 64 hexadecimal digits."))
    return {key_id(key): key for key in keys}


def _read(path: Path) -> Sequence[Mapping[str, Any]]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return list(said["roots"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        text = _("%(path)s can't be read, or holds no roots.") % {"path": path}
        raise CommandError(text) from error
