"""``manage.py rotate_keys``: lets the newest sealing key guard everything, beside the traffic."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ethical_personalization.shopper.rotation import keys_left, rotate_keys


class Command(BaseCommand):
    """Afterwards the older keys can be taken out of the setting, if it says so."""

    help = "Wrap the key of each shopper under the newest key of the shop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=500, help=_("Keys between two lines."))

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for count in rotate_keys(max(1, options["batch"])):
            done += count
            self.stdout.write(_("%(count)d so far") % {"count": done})
        left = keys_left()
        if left:
            raise CommandError(self._what_is_left(left))
        self.stdout.write(
            _("%(count)d keys wrapped anew. Older keys can be taken out of the setting.")
            % {"count": done}
        )

    def _what_is_left(self, left: dict[str, int]) -> str:
        lines = (
            ngettext(
                "%(count)d key is still wrapped by %(key)s.",
                "%(count)d keys are still wrapped by %(key)s.",
                count,
            )
            % {"count": count, "key": key}
            for key, count in left.items()
        )
        hint = _("Keep that key in the setting, start all workers anew, and run this again.")
        return " ".join([*lines, hint])
