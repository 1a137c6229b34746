"""``manage.py enforce_retention``: ends everything whose period is over; run it every night.

It also records what the shop tells, if that changed without an editor's saving it.
"""

import signal
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from ethical_personalization.models.disclosures import keep_disclosure
from ethical_personalization.shopper.retention import STEPS


class Command(BaseCommand):
    """Stops between two transactions when it is told to; the next run goes on from there."""

    help = "Delete what may not be kept any longer, in small steps."
    is_told_to_stop = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=500, help=_("Rows in one transaction."))
        parser.add_argument("--only", choices=[*STEPS], action="append", help=_("Only this step."))

    def handle(self, *args: Any, **options: Any) -> None:
        before = signal.signal(signal.SIGTERM, self._stop)
        try:
            for name in options["only"] or STEPS:
                self._run(name, options["batch"])
            keep_disclosure()
        finally:
            signal.signal(signal.SIGTERM, before)
        if self.is_told_to_stop:
            self.stdout.write(_("Stopped as told; what was done is done. Run it again."))

    def _run(self, name: str, batch: int) -> None:
        done, told = 0, 0
        for count in STEPS[name](timezone.now(), max(1, batch)):
            if self.is_told_to_stop:
                break
            done += count
            if done - told >= batch:
                told = done
                self.stdout.write(_("%(step)s: %(count)d so far") % {"step": name, "count": done})
        self.stdout.write(_("%(step)s: %(count)d") % {"step": name, "count": done})

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.is_told_to_stop = True
