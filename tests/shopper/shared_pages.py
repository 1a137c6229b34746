"""Pages of one shopper on any worker, who know each other's news by a shared cache alone."""

from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ethical_personalization.models import ConsentState, Subject
from ethical_personalization.shopper import shared_choices
from ethical_personalization.shopper.answers import Said, occasion_of
from ethical_personalization.shopper.cookie import write_subject
from ethical_personalization.shopper.erasure import confirm_erasure
from ethical_personalization.shopper.ledger import record_answers
from ethical_personalization.shopper.shopper import Shopper

SAID = Said(method="api", words={"text": "A test."})


@pytest.fixture
def cache(settings, tmp_path):
    """A folder that all processes of a machine share; on it nothing is lost and nothing waits."""
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = settings.CACHES | {"shared": {"BACKEND": backend, "LOCATION": tmp_path}}
    settings.ETHICAL_PERSONALIZATION_SHARED_CACHE = "shared"
    return caches["shared"]


@pytest.fixture(params=["anonymous"])
def pages(request, cache, request_with):
    """Each call is the next page of the same shopper, who allowed two purposes, on any worker."""
    user = request.getfixturevalue("user") if request.param == "account" else None
    subject = Subject.objects.create(user=user)

    def open_page():
        response = HttpResponse()
        write_subject(response, subject.pk)
        cookie = None if user is not None else response.cookies["ep_choices"].value
        return Shopper(request_with(cookie, user))

    open_page.subject = subject
    record_answers(subject, {"stated": True, "orders": True}, occasion_at(open_page()))
    return open_page


def occasion_at(shopper):
    return occasion_of(shopper, SAID)


def choose(**answers):
    return lambda pages: record_answers(pages.subject, answers, occasion_at(pages()))


def erase(pages):
    confirm_erasure([pages().subject], pages().user, now=timezone.now())


@contextmanager
def asked_for_choices():
    """The queries for what somebody chose; what is published is asked once a second besides."""
    found = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    table = ConsentState._meta.db_table
    found += [query["sql"] for query in captured if table in query["sql"]]


def place_of(pages):
    user = pages().user
    if user is None:
        return shared_choices.place_of_subject(pages.subject.pk)
    return shared_choices.place_of_account(user.pk)
