"""What other apps can listen to."""

from django.dispatch import Signal

#: After a choice is committed. Sent with ``subject`` and ``event``.
consent_recorded = Signal()
