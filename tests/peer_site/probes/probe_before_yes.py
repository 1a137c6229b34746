"""What is stored about somebody who said nothing, and what it costs others."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks
from wagtail_personalisation.rules import VisitCountRule

from .conftest import browser

CACHED = (
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.middleware.cache.FetchFromCacheMiddleware",
)


@pytest.mark.parametrize("path", ["/linen/", "/plain/"])
def test_first_visit_stores_nothing(visitor, linen, plain, path, rows):
    response = visitor.get(path, headers={"Sec-GPC": "1", "DNT": "1"})
    assert response.status_code == 200
    assert (Session.objects.count(), rows(), dict(response.cookies)) == (0, 0, {})


def test_visits_of_many_leave_no_session(linen):
    for _count in range(10):
        browser().get("/linen/")
    assert Session.objects.count() == 0


def test_history_does_not_join_the_account(visitor, linen):
    visitor.get("/linen/")
    get_user_model().objects.create_user("mary", "mary@example.com", "pass-word-1")
    visitor.login(username="mary", password="pass-word-1")
    assert not {"visit_count", "segments"} & set(visitor.session.keys())


def test_visit_counts_nothing_at_the_segment(member, linen, segment):
    made = segment()
    member.get("/linen/")
    made.refresh_from_db()
    assert made.visit_count == 0


def test_visit_enters_nobody_into_a_list_of_members(member, linen, segment):
    made = segment(type="static", count=10)
    excluding = segment(name="None", type="static", count=10, randomisation_percent=0)
    member.get("/linen/")
    assert (made.static_users.count(), excluding.excluded_users.count()) == (0, 0)


def test_visit_leaves_the_session_to_who_writes_it_meanwhile(member, linen):
    def checkout(page, request, args, kwargs):
        other = SessionStore(session_key=member.session.session_key)
        other["address"] = "Mary's"
        other.save()

    with hooks.register_temporarily("before_serve_page", checkout, order=1000):
        member.get("/linen/")
    assert member.session.get("address") == "Mary's"


def test_page_cache_answers_the_second_visitor(linen, settings):
    *others, last = settings.MIDDLEWARE
    settings.MIDDLEWARE = [CACHED[0], *others, CACHED[1], last]
    served = []
    with hooks.register_temporarily(
        "before_serve_page", lambda page, *args: served.append(page), order=-1000
    ):
        for _count in range(5):
            browser().get("/linen/")
    assert len(served) == 1


def test_no_screen_reads_every_session(staff, linen, segment):
    made = segment(VisitCountRule(counted_page=linen, count=1), type="static", count=10)
    made.static_users.add(get_user_model().objects.create_user("tom", "t@example.com", "x"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        staff.get(reverse("segment:segment_user_data", args=[made.pk]))
    asked = [query["sql"] for query in queries if 'FROM "django_session"' in query["sql"]]
    assert [sql for sql in asked if "WHERE" not in sql] == []
