"""What other apps can listen to."""

from django.dispatch import Signal

#: After a choice is committed. Sent with ``subject`` and ``event``.
consent_recorded = Signal()
#: After a shopper confirmed her erasure: use nothing about her any more. Sent with ``subject_id``,
#: ``user_id`` and ``guest_email``: what she is not known by is None, or empty.
erasure_confirmed = Signal()
#: Inside the transaction that deletes: delete what you keep about her, too. Sent with
#: the same arguments. An error takes the deletion back.
erasing = Signal()
