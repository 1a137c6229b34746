"""``manage.py export_consent_root``: the signed roots, for keeping elsewhere."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ethical_personalization.models import DailyRoot
from ethical_personalization.shopper.roots import trusted_keys


class Command(BaseCommand):
    """Writes JSON: statements with their signatures, nothing about a person, no private key."""

    help = "Write the signed daily roots as JSON, to be kept where the shop can't change them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since",
            type=date.fromisoformat,
            help="only days from this one on: 2026-11-24",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        roots = DailyRoot.objects.order_by("day").defer("entries")
        if options["since"]:
            roots = roots.filter(day__gte=options["since"])
        said = {
            "about": _("Compare it by: manage.py verify_consent --against FILE --public-key KEY"),
            "public_keys": {name: key.hex() for name, key in trusted_keys().items()},
            "roots": [
                {"statement": signed.statement.as_json(), "signature": signed.signature}
                for signed in roots
            ],
        }
        self.stdout.write(json.dumps(said, indent=1))
