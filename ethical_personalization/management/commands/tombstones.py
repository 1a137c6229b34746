"""``manage.py tombstones``: keep apart who was erased, and erase them again after a restore."""

import json
from argparse import ArgumentParser
from collections import Counter
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ethical_personalization.models import Tombstone
from ethical_personalization.shopper.restoring import erase_again
from ethical_personalization.shopper.taken_back import marks_of_refusals

EXPORT, APPLY = "export", "apply"


class Command(BaseCommand):
    """``export FILE`` every night, away from the backups; ``apply FILE`` before a shop reopens."""

    help = "Keep keyed hashes of who was erased or took a yes back, for a restored backup."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=(EXPORT, APPLY))
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--since", help=_("Only what happened after this time, such as a backup's.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        since = self._time(options["since"])
        if options["action"] == EXPORT:
            self._export(options["file"], since)
        else:
            self._apply(options["file"], since)

    def _export(self, file: Path, since: datetime | None) -> None:
        stones = Tombstone.objects.order_by("erased_at", "pk").values_list("mark", "erased_at")
        lines = [
            json.dumps({"mark": mark, "erased_at": erased_at.isoformat()})
            for mark, erased_at in chain(stones, marks_of_refusals(since))
            if since is None or erased_at >= since
        ]
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        self.stdout.write(_("%(count)d written.") % {"count": len(lines)})

    def _apply(self, file: Path, since: datetime | None) -> None:
        marks = {
            mark: erased_at
            for mark, erased_at in self._read(file)
            if since is None or erased_at >= since
        }
        done = Counter(erase_again(marks, now=timezone.now()))
        for what, count in sorted(done.items()):
            self.stdout.write(
                _("%(what)s: %(count)d erased again") % {"what": what, "count": count}
            )
        if not done:
            self.stdout.write(_("Nobody had to be erased again."))

    def _read(self, file: Path) -> list[tuple[str, datetime]]:
        try:
            said = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
            return [(entry["mark"], datetime.fromisoformat(entry["erased_at"])) for entry in said]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(
                _("%(file)s can't be read: %(error)s") % {"file": file, "error": error}
            ) from error

    def _time(self, given: str | None) -> datetime | None:
        if not given:
            return None
        moment = parse_datetime(given)
        if moment is None:
            raise CommandError(_("Write the time as 2026-11-24T10:30+01:00."))
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
