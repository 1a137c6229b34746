"""What other apps can listen to."""

from django.dispatch import Signal

#: After a choice is committed. Sent with ``subject`` and ``event``.
consent_recorded = Signal()
#: After a shopper confirmed her erasure: use nothing about her any more. Sent with ``subject_id``
#: and ``user_id``, one of which may be None.
erasure_confirmed = Signal()
#: Inside the transaction that deletes: delete what you keep about her, too. Sent with
#: ``subject_id`` and ``user_id``, one of which may be None. An error takes the deletion back.
erasing = Signal()
