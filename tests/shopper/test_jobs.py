"""What a job without a request is told: the same as the next page, from the database."""

from datetime import timedelta
from uuid import UUID, uuid4

import hypothesis
import pytest
from django.db import DatabaseError
from django.utils import timezone
from django_tasks import task
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from wagtail.models import Site

from ethical_personalization.models import ConsentMethod, Subject
from ethical_personalization.shopper import jobs
from ethical_personalization.shopper.cookie import DeviceChoices
from ethical_personalization.shopper.erasure import erase_subject
from ethical_personalization.shopper.jobs import is_permitted_now, permitted_now
from ethical_personalization.shopper.keeping import while_permitted_now
from ethical_personalization.shopper.ledger import Occasion, record_answers
from ethical_personalization.shopper.restriction import restrict
from ethical_personalization.shopper.shopper import Shopper

from .conftest import NOW

pytestmark = pytest.mark.django_db
steps = st.lists(
    st.tuples(
        st.sampled_from(["yes", "no", "pause", "resume"]), st.sampled_from(["stated", "orders"])
    ),
    max_size=7,
)


def test_job_is_told_what_she_allows_now(subject, answered, site):
    answered(orders=True)
    assert is_permitted_now(subject.pk, "orders", site, now=NOW)
    answered(NOW + timedelta(hours=1), orders=False)
    assert not is_permitted_now(subject.pk, "orders", site, now=NOW)


def test_job_is_told_no_of_who_is_gone(site):
    assert permitted_now(uuid4(), site) == frozenset()
    assert not while_permitted_now(uuid4(), "orders", site, lambda: None)


def test_job_is_told_no_where_the_database_fails(subject, answered, site, monkeypatch):
    answered(orders=True)
    monkeypatch.setattr(jobs, "load_consent", _broken)
    assert permitted_now(subject.pk, site, now=NOW) == frozenset()


def _broken(*args, **kwargs):
    raise DatabaseError("secret value")


def test_job_is_told_no_once_it_has_run_out(subject, answered, site):
    answered(orders=True)
    assert not is_permitted_now(subject.pk, "orders", site, now=NOW + timedelta(days=731))


def test_job_is_told_no_of_who_is_under_age(subject, answered, site):
    answered(orders=True)
    Subject.objects.update(under_age_until=NOW + timedelta(days=1))
    assert not is_permitted_now(subject.pk, "orders", site, now=NOW)


@task()
def uses_orders(subject_id, site_id):
    """A shop's own job; tells whether it may go on."""
    return is_permitted_now(UUID(subject_id), "orders", Site.objects.get(pk=site_id))


def pauses(subject, site):
    Subject.objects.filter(pk=subject.pk).update(restricted_at=timezone.now())


def withdraws(subject, site):
    occasion = Occasion(
        site=site, language="en", method=ConsentMethod.API, words={"text": "?"}, now=timezone.now()
    )
    record_answers(subject, {"orders": False}, occasion)


def is_erased(subject, site):
    erase_subject(subject.pk, now=timezone.now())


def says_her_age(subject, site):
    Subject.objects.filter(pk=subject.pk).update(under_age_until=timezone.now() + HOUR)


def loses_her_account(subject, site):
    subject.user.delete()


@pytest.mark.parametrize(
    "change", [None, withdraws, pauses, is_erased, says_her_age, loses_her_account]
)
def test_job_that_waited_in_the_queue_hears_what_changed_meanwhile(
    subject, answered, site, user, settings, change
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    subject.user = user
    subject.save()
    answered(timezone.now() - HOUR, orders=True)
    queued = uses_orders.enqueue(str(subject.pk), site.pk)
    if change is not None:
        change(subject, site)
    allowed = queued.task.func(*queued.args, **queued.kwargs)
    assert allowed is (change is None)


@given(steps)
@hypothesis.settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_job_and_page_agree_after_any_sequence(site, answered, request_with, sequence):
    subject, said, is_paused = Subject.objects.create(), {"context": True}, False
    answered(NOW, on=subject, **said)

    def page(hour):
        shopper = Shopper(request_with())
        shopper.device, shopper.now = DeviceChoices(subject_id=subject.pk), NOW + hour * HOUR
        return shopper

    for hour, (step, purpose) in enumerate(sequence, start=1):
        if step in ("pause", "resume"):
            is_paused = step == "pause"
            restrict(page(hour), restricted=is_paused)
        else:
            said[purpose] = step == "yes"
            answered(NOW + hour * HOUR, on=subject, **{purpose: said[purpose]})
        allowed = set() if is_paused else {key for key, is_yes in said.items() if is_yes}
        assert page(hour).permitted == allowed
        assert permitted_now(subject.pk, site, now=NOW + hour * HOUR) == allowed


HOUR = timedelta(hours=1)
