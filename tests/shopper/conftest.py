"""A shopper without a browser: requests, subjects and choices made through the real ledger."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.test import RequestFactory
from wagtail.models import Site

from ethical_personalization.models import ConsentMethod, Subject
from ethical_personalization.shopper.ledger import Occasion, record_answers
from ethical_personalization.testing import unguarded_ledger
from tests.personalization.conftest import allow, catalogue, home

from .devices.probe import clock, four_purposes, world
from .shared_pages import cache, pages

__all__ = ["allow", "cache", "catalogue", "clock", "four_purposes", "home", "pages", "world"]


class Session(dict):
    """A session that was stored, which is all that we ask of it."""

    session_key = "key"


NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def site(db):
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def subject(db):
    return Subject.objects.create()


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("demo", "demo@example.com", "demo-pass-1")


@pytest.fixture
def occasion(site):
    """An occasion at ``NOW``, or at another time."""

    def make(now=NOW, words=None):
        return Occasion(
            site=site,
            language="en",
            method=ConsentMethod.BANNER,
            words=words or {"heading": "May we?"},
            now=now,
        )

    return make


@pytest.fixture
def answered(subject, occasion):
    """The subject after she gave some answers."""

    def answer(now=NOW, on=None, **answers):
        return record_answers(on or subject, answers, occasion(now))

    return answer


@pytest.fixture
def request_with():
    """A request that carries a cookie of ours, and an empty session."""

    def make(cookie=None, user=None):
        request = RequestFactory().get("/", headers={"host": "localhost"})
        if cookie is not None:
            request.COOKIES["ep_choices"] = cookie
        if user is not None:
            request.user = user
            request.session = Session()
        return request

    return make


@pytest.fixture
def tamper(db):
    """Changes one row behind the back of the ledger, or removes it."""

    def change(row, **values):
        rows = QuerySet(type(row)).filter(pk=row.pk)
        with unguarded_ledger():
            rows.update(**values) if values else rows._raw_delete("default")

    return change
