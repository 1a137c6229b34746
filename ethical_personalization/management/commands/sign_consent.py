"""``manage.py sign_consent``: signs the root of every finished day of consent events."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from ethical_personalization.shopper.roots import sign_finished_days


class Command(BaseCommand):
    """Once a night by cron; twice, or twice at once, does no harm."""

    help = "Sign the daily root over the consent events of every finished day."

    def handle(self, *args: Any, **options: Any) -> None:
        days = sign_finished_days(now=timezone.now())
        for day in days:
            self.stdout.write(_("%(day)s signed.") % {"day": day.isoformat()})
        if not days:
            self.stdout.write(_("Every finished day is signed."))
