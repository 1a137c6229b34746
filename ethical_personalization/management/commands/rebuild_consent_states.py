"""``manage.py rebuild_consent_states``: makes the states of consent follow from the events."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from ethical_personalization.shopper.states import rebuild_states


class Command(BaseCommand):
    """For after a restore, or when verify_consent says that a state is wrong."""

    help = "Rebuild the states of consent from the recorded events."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild_states()
        text = ngettext(
            "The states of %(count)d subject were mended.",
            "The states of %(count)d subjects were mended.",
            count,
        )
        self.stdout.write(text % {"count": count})
