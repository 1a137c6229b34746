"""``manage.py verify_consent``: whether any recorded choice was changed or lost."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ethical_personalization.models import ConsentEvent, Subject
from ethical_personalization.shopper.ledger import first_broken_event


class Command(BaseCommand):
    """Walks each subject's chain of hashes and names the first event that breaks it."""

    help = "Check that no recorded consent event was changed or lost."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [
            event
            for subject in Subject.objects.filter(events__isnull=False).distinct().iterator()
            if (event := first_broken_event(subject)) is not None
        ]
        for event in broken:
            self.stderr.write(_("The chain breaks at event %(pk)d.") % {"pk": event.pk})
        if broken:
            raise CommandError(_("%(count)d broken chains.") % {"count": len(broken)})
        count = ConsentEvent.objects.count()
        self.stdout.write(_("%(count)d events, every chain is whole.") % {"count": count})
