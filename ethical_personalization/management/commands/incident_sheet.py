"""``manage.py incident_sheet``: what to tell the authority and the shoppers after a breach."""

import csv
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ethical_personalization.accountability.incident import (
    IncidentSheet,
    incident_sheet,
    to_notify,
)
from ethical_personalization.core.exceptions import UnknownName

#: What a spreadsheet takes for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Command(BaseCommand):
    """A sheet to read; with ``--notify`` also a file of the addresses to write to."""

    help = "Say which data, how many shoppers, and until when the authority has to be told."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--aware-at", required=True, help=_("When you learned of it: 2026-11-24T10:30.")
        )
        parser.add_argument(
            "--table", action="append", default=[], help=_("A table that got out; default all.")
        )
        parser.add_argument("--notify", type=Path, help=_("Write the addresses to this file."))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sheet = incident_sheet(options["table"], aware_at=_moment(options["aware_at"]))
        except UnknownName as error:
            raise CommandError(str(error)) from error
        for line in _lines(sheet):
            self.stdout.write(line)
        if options["notify"] is not None:
            count = _write(options["notify"], sheet)
            self.stdout.write(_("%(count)d addresses written.") % {"count": count})


def _lines(sheet: IncidentSheet) -> list[str]:
    left = sheet.due_at - timezone.now()
    hours = int(left.total_seconds() // 3600)
    return [
        _("# Personal data breach"),
        "",
        _("Known since: %(at)s") % {"at": _said(sheet.aware_at)},
        _("Tell the supervisory authority by: %(at)s (GDPR Art. 33, 72 hours)")
        % {"at": _said(sheet.due_at)},
        _("Hours left: %(hours)d") % {"hours": hours}
        if hours >= 0
        else _("The 72 hours are over: tell the authority now, and why it is late."),
        "",
        _("## Whose data"),
        "",
        _("Accounts: %(count)d") % {"count": len(sheet.affected.accounts)},
        _("Guests, by the address of an order: %(count)d") % {"count": len(sheet.affected.guests)},
        _("Pseudonyms that lead to no address: %(count)d. Tell them in public (Art. 34(3)(c)).")
        % {"count": sheet.affected.pseudonyms},
        "",
        _("## Which data"),
        "",
        *(_table_line(table) for table in sheet.tables if table.rows),
        "",
        _("## What it was used for, and how many shoppers allowed that"),
        "",
        *(f"- {title}: {count}" for title, count in sheet.purposes),
    ]


def _table_line(table: Any) -> str:
    line = _("- %(title)s (%(name)s): %(rows)d rows about %(persons)d persons: %(columns)s") % {
        "title": table.title,
        "name": table.name,
        "rows": table.rows,
        "persons": table.persons,
        "columns": ", ".join(table.columns),
    }
    return line + (_(" [encrypted with a key of each shopper]") if table.is_encrypted else "")


def _said(at: datetime) -> str:
    return str(date_format(timezone.localtime(at), "DATETIME_FORMAT"))


def _write(file: Path, sheet: IncidentSheet) -> int:
    addresses = list(to_notify(sheet.affected))
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["email"])
        for address in addresses:
            writer.writerow([f"'{address}" if address.startswith(_FORMULA) else address])
    file.chmod(0o600)
    return len(addresses)


def _moment(given: str) -> datetime:
    moment = parse_datetime(given)
    if moment is None:
        raise CommandError(_("Write the time as 2026-11-24T10:30+01:00."))
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
