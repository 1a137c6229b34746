"""Fills the sandbox: catalogue, pictures, customers, orders, pages and the search index."""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from boutique.demo.customers import ADMIN, DEMO_PASSWORD, EDITOR, SHOPPER
from boutique.demo.pages import load_pages
from boutique.demo.personalization import clear_personalization, load_personalization
from boutique.demo.pictures import draw_pictures
from boutique.demo.shop import clear_shop, is_loaded, load_shop

SEED = 2026
SMALL = 0.25


class Command(BaseCommand):
    help = "Load the boutique: products, pictures, customers, orders and pages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=SEED, help="Which shop to make up.")
        parser.add_argument(
            "--reset", action="store_true", help="Delete the demo data first and load it again."
        )
        parser.add_argument(
            "--small-pictures",
            action="store_true",
            help="Draw the articles at a quarter of their size, which takes less time.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = monotonic()
        if options["reset"]:
            self.stdout.write("Deleting the demo data")
            clear_personalization()
            clear_shop()
        if is_loaded():
            self.stdout.write("The boutique is loaded already. Use --reset to load it again.")
            return
        with transaction.atomic():  # a load that was interrupted leaves nothing behind
            self._load(options["seed"], SMALL if options["small_pictures"] else 1.0)
        self.stdout.write(f"Loaded in {monotonic() - started:.0f} s.")
        self._introduce_accounts()

    def _load(self, seed: int, scale: float) -> None:
        load_shop(seed=seed, now=timezone.now(), tell=self.stdout.write)
        draw_pictures(seed, scale=scale, tell=self.stdout.write)
        load_pages(self.stdout)
        load_personalization(self.stdout.write)
        self.stdout.write("Building the search index")
        call_command("rebuild_index", interactive=False, verbosity=0)

    def _introduce_accounts(self) -> None:
        self.stdout.write(f"Demo accounts, all with the password {DEMO_PASSWORD}:")
        for email, role in ((SHOPPER, "shopper"), (EDITOR, "editor"), (ADMIN, "administrator")):
            self.stdout.write(f"  {email:<22} {role}")
