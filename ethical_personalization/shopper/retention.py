"""Ends what its period is over for: every table of ours, and Oscar's rows about what was viewed.

Each step works in small transactions and remembers nothing: it can be stopped at any moment and
run again.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet
from oscar.core.loading import get_model

from ethical_personalization.conf import conf
from ethical_personalization.core.failing_closed import attempt
from ethical_personalization.core.periods import (
    FEEDBACK_KEPT,
    INSTRUCTIONS_KEPT,
    REQUESTS_KEPT,
    SUBJECTS_KEPT,
    TOMBSTONES_KEPT,
)
from ethical_personalization.facts.categories import sensitive_categories
from ethical_personalization.facts.viewed import retention as views_kept
from ethical_personalization.models import DataRequest, Erasure, Feedback, Subject, Tombstone

from .erasure import finish_erasure
from .proof_periods import drop_expired_chains
from .record_retention import end_records

#: Yields how many rows were dealt with, after each transaction.
Step = Callable[[datetime, int], Iterator[int]]


def _finish_erasures(now: datetime, batch: int) -> Iterator[int]:
    """Those that can't be undone any more; one that fails is tried again next time."""
    due = Erasure.objects.filter(due_at__lte=now).order_by("due_at")
    for pk in list(due.values_list("pk", flat=True)):
        finish = partial(finish_erasure, pk, now=now)
        yield int(attempt(finish, otherwise=False, what="erasure"))


def _end_oscar_rows(now: datetime, batch: int) -> Iterator[int]:
    """Oscar itself keeps views and searches for ever; the words of the purpose say how long.

    Views of what became sensitive go at once.
    """
    oldest = now - views_kept()
    for name in ("UserProductView", "UserSearch"):
        rows = get_model("analytics", name).objects.filter(date_created__lt=oldest)
        yield from _delete_in_batches(rows, batch)
    standing = get_model("catalogue", "ProductCategory").objects.filter(
        category_id__in=sensitive_categories()
    )
    products = standing.values("product_id")
    is_sensitive = Q(product__in=products) | Q(product__parent__in=products)
    views = get_model("analytics", "UserProductView").objects.filter(is_sensitive)
    yield from _delete_in_batches(views, batch)


def _end_proofs(now: datetime, batch: int) -> Iterator[int]:
    """Chains of choices that nobody can ask for any more; their signed days stay."""
    yield from drop_expired_chains(now=now, batch=batch)


def _end_subjects(now: datetime, batch: int) -> Iterator[int]:
    """Pseudonyms that nothing hangs on any more, such as those whose proof is over."""
    runs = Q(restricted_at__isnull=True) | Q(restricted_until__lte=now)
    gone = Q(user__isnull=True, restricted_at__lt=now - INSTRUCTIONS_KEPT - conf.cookie_max_age)
    grown = Q(under_age_until__isnull=True)
    empty = Subject.objects.filter(
        (runs & grown) | gone,  # her account goes on being paused, or under age
        created_at__lt=now - SUBJECTS_KEPT,
        events__isnull=True,
        sealed_records__isnull=True,
        erasure__isnull=True,
    )
    while keys := list(empty.order_by("pk").values_list("pk", flat=True)[:batch]):
        with transaction.atomic():  # look again under the lock: she may have answered meanwhile
            held = Subject.objects.select_for_update(skip_locked=True).filter(pk__in=keys)
            still = list(empty.filter(pk__in=[subject.pk for subject in held]))
            Subject.objects.filter(pk__in=[subject.pk for subject in still]).delete()
        yield len(still)
        if not still:  # somebody else holds them: the next run finds them again
            break


def _end_ages(now: datetime, batch: int) -> Iterator[int]:
    """Notes that somebody is under age, once she no longer is."""
    over = Subject.objects.filter(under_age_until__lte=now).order_by("pk")
    while keys := list(over.values_list("pk", flat=True)[:batch]):
        yield over.filter(pk__in=keys).update(under_age_until=None)


def _end_requests(now: datetime, batch: int) -> Iterator[int]:
    answered = DataRequest.objects.filter(done_on__lt=(now - REQUESTS_KEPT).date())
    yield from _delete_in_batches(answered, batch)


def _end_feedback(now: datetime, batch: int) -> Iterator[int]:
    """First what still tells which page it came from, then what is too old."""
    marked = Feedback.objects.filter(mark_until__lt=now.date())
    while keys := list(marked.order_by("pk").values_list("pk", flat=True)[:batch]):
        yield marked.filter(pk__in=keys).update(mark=None, mark_until=None)
    oldest = (now - FEEDBACK_KEPT).date()
    is_new = Q(answered_on__gte=oldest)
    yield from _delete_in_batches(Feedback.objects.filter(week__lt=oldest).exclude(is_new), batch)


def _end_tombstones(now: datetime, batch: int) -> Iterator[int]:
    old = Tombstone.objects.filter(erased_at__lt=now - TOMBSTONES_KEPT)
    yield from _delete_in_batches(old, batch)


def _end_sessions(now: datetime, batch: int) -> Iterator[int]:
    """Django keeps sessions that ran out until somebody clears them."""
    if apps.is_installed("django.contrib.sessions"):
        sessions = apps.get_model("sessions", "Session").objects.filter(expire_date__lt=now)
        yield from _delete_in_batches(sessions, batch)


def _delete_in_batches(rows: QuerySet[Any], batch: int) -> Iterator[int]:
    """By primary key, so that no transaction holds more than ``batch`` rows.

    What was changed meanwhile, such as a session that was prolonged, has to be over still.
    """
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:batch]):
        rows.filter(pk__in=keys).delete()
        yield len(keys)


#: In this order: what is erased leaves subjects without anything behind.
STEPS: Mapping[str, Step] = {
    "erasures": _finish_erasures,
    "records": end_records,
    "oscar_rows": _end_oscar_rows,
    "proofs": _end_proofs,
    "ages": _end_ages,
    "subjects": _end_subjects,
    "requests": _end_requests,
    "feedback": _end_feedback,
    "tombstones": _end_tombstones,
    "sessions": _end_sessions,
}
