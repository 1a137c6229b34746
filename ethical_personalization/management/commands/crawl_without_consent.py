"""``manage.py crawl_without_consent``: what the shop keeps of a visitor who allowed nothing."""

import os
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from ethical_personalization.accountability.frontier import Limits
from ethical_personalization.accountability.in_a_browser import Credentials
from ethical_personalization.accountability.report import Report
from ethical_personalization.accountability.runs import crawl_in_a_browser, crawl_in_process
from ethical_personalization.core.exceptions import PersonalizationError

PASSWORD = "CRAWL_PASSWORD"  # noqa: S105 - the name of an environment variable


class Command(BaseCommand):
    """Browses, searches, fills a basket and sends garbage; compares everything before and after."""

    help = (
        "Crawl the shop as a visitor who allowed nothing, and tell what was left of the visit. "
        "All rows are rolled back, e-mail stays in memory and caches get keys of their own. A "
        "rollback can't undo calls to other services, files of new thumbnails and writes to a "
        "search engine, so use a copy of the shop. With --browser nothing is rolled back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        limits = Limits()
        parser.add_argument(
            "--start", action="append", help="Path to begin at; may be repeated. Default: /"
        )
        parser.add_argument(
            "--most", type=int, default=limits.most, help="Pages at most (%(default)s)."
        )
        parser.add_argument(
            "--per-kind",
            type=int,
            default=limits.per_kind,
            help="Pages of one view at most (%(default)s); of views with parameters as many again.",
        )
        parser.add_argument(
            "--skip", action="append", default=[], help="Leave out paths with this beginning."
        )
        parser.add_argument(
            "--allow",
            action="append",
            default=[],
            help="A model, table or cookie (or kind and name of storage) that may be left.",
        )
        parser.add_argument(
            "--without-garbage",
            action="store_false",
            dest="with_garbage",
            help="Don't send garbage to the forms; much faster.",
        )
        parser.add_argument("--login", metavar="EMAIL", help="An account that allowed nothing.")
        parser.add_argument(
            "--refuse", action="store_true", help="She refuses everything before she begins."
        )
        parser.add_argument(
            "--browser",
            metavar="URL",
            help="Drive Chromium on a copy of the shop that runs there with this database. "
            f"The password of --login is asked for, or read from {PASSWORD}.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = _crawl(options)
        except PersonalizationError as error:
            raise CommandError(str(error)) from error
        for line in report.lines():
            self.stdout.write(line)
        if count := len(report.findings):
            raise CommandError(_("%(count)d findings.") % {"count": count})


def _crawl(options: dict[str, Any]) -> Report:
    limits = Limits(
        starts=tuple(options["start"] or Limits().starts),
        most=options["most"],
        per_kind=options["per_kind"],
        skip=tuple(options["skip"]),
        with_garbage=options["with_garbage"],
    )
    email, shop = options["login"], options["browser"]
    more = {"refuses": options["refuse"], "allow": options["allow"]}
    if not shop:
        return crawl_in_process(limits, email=email, **more)
    credentials = _credentials(email) if email else None
    return crawl_in_a_browser(shop, limits, credentials=credentials, **more)


def _credentials(email: str) -> Credentials:
    password = os.environ.get(PASSWORD) or getpass()
    return Credentials(email=email, password=password, path=resolve_url(settings.LOGIN_URL))
