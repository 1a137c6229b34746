"""Requests of shoppers: due in a month, spoken of in time, and without names."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from ethical_personalization.core.periods import one_month_after
from ethical_personalization.models import DataRequest, Erasure, Subject
from tests.editor.conftest import DESK
from tests.editor.forms import fields_of, text_of

pytestmark = pytest.mark.django_db
NEW = f"{DESK}/requests/new/"


@pytest.fixture
def enter(desk):
    """Fill in the form for a request that came by mail, and send it."""

    def send(**fields):
        form = fields_of(desk.get(NEW), selector="main form")
        return desk.post(NEW, form | {"kind": "access", "channel": "mail"} | fields)

    return send


@pytest.fixture
def waits():
    """A request that is due in so many days, or was so many days ago."""

    def make(days):
        due = timezone.localdate() + timedelta(days=days)
        return DataRequest.objects.create(kind="access", due_on=due)

    return make


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-01-31", "2026-02-28"),
        ("2028-01-31", "2028-02-29"),
        ("2026-12-15", "2027-01-15"),
        ("2026-05-31", "2026-06-30"),
    ],
)
def test_month_ends_on_the_same_day_or_on_the_last_one(asked, due):
    assert one_month_after(date.fromisoformat(asked)) == date.fromisoformat(due)


def test_request_that_came_by_mail_is_due_in_one_month(enter):
    assert enter(asked_on="2026-03-31", reference="2026-17").status_code == 302
    request = DataRequest.objects.get()
    assert (request.due_on, request.reference) == (date(2026, 4, 30), "2026-17")


@pytest.mark.parametrize("reference", ["Jane Doe", "jane@example.com", "Müller"])
def test_reference_is_a_number_and_no_name(enter, reference):
    enter(reference=reference)
    assert not DataRequest.objects.exists()


@pytest.mark.parametrize(
    "dates",
    [
        {"asked_on": "2026-03-01", "due_on": "2026-06-02"},
        {"asked_on": "2026-03-01", "due_on": "2026-02-28"},
        {"asked_on": "2026-03-01", "done_on": "2026-02-28"},
    ],
)
def test_dates_that_the_law_does_not_know_are_refused(enter, dates):
    assert enter(**dates).status_code == 200
    assert not DataRequest.objects.exists()


def test_extended_request_is_due_within_three_months(enter):
    assert enter(asked_on="2026-03-01", due_on="2026-06-01").status_code == 302


def test_waiting_requests_are_listed_before_answered_ones(desk, waits):
    DataRequest.objects.create(kind="erasure", done_on=timezone.localdate())
    waits(-1)
    text = text_of(desk.get(f"{DESK}/requests/"))
    assert text.index("overdue") < text.index("answered")


def test_first_page_of_the_admin_alerts_to_what_is_overdue(desk, waits):
    waits(-1), waits(-5), waits(3)
    text = text_of(desk.get("/admin/"))
    assert "2 requests are overdue." in text
    assert "1 request is due within a week." in text


def test_request_is_not_overdue_on_the_day_it_is_due(desk, waits):
    waits(0)
    assert "overdue" not in text_of(desk.get("/admin/"))


def test_first_page_is_silent_where_nothing_is_due(desk, waits):
    waits(20)
    DataRequest.objects.create(kind="access", due_on="2026-01-01", done_on="2026-01-01")
    assert "Requests of shoppers" not in text_of(desk.get("/admin/"))


def test_first_page_tells_of_erasures_that_nobody_carries_out(desk):
    due = timezone.now() - timedelta(days=3)
    Erasure.objects.create(subject=Subject.objects.create(), due_at=due)
    assert "1 erasure waits to be done." in text_of(desk.get("/admin/"))


def test_who_may_not_see_requests_hears_nothing_of_them(client, editor, waits):
    waits(-1)
    client.force_login(editor(), backend="django.contrib.auth.backends.ModelBackend")
    assert "overdue" not in text_of(client.get("/admin/"))
