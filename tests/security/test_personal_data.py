"""What a shopper is and says stays out of logs, caches, addresses, error pages and sessions."""

import logging
import pickle
import sys
from io import StringIO
from unittest import mock
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.core.signals import got_request_exception
from django.db import DatabaseError
from django.test import override_settings
from django.urls import resolve
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter
from oscar.core.loading import get_model

from ethical_personalization.core.registry import facts
from ethical_personalization.models import Subject
from ethical_personalization.preferences import choices, guests, likes
from ethical_personalization.shopper.error_reports import hide_cookie
from ethical_personalization.shopper.vault import read_box
from tests.security.conftest import SAME_ORIGIN
from tests.security.shared import *  # noqa: F403
from tests.security.walk import ADDRESS, EMAIL, FORUM, NAME, everything_written, walked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("walk")]
#: Where she asks for all that is known: the pseudonym is part of it.
HER_OWN = {"your_data", "download", "receipt", "receipt_file"}


@pytest.fixture
def logged(caplog):
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.fixture(scope="module")
def walk(home, question, account, catalogue, order, guest):
    """Everything a customer and a guest can do here, right and wrong, from each page.

    Made once: what is logged, in the cache and in her session after it is kept with it.
    """
    shop = override_settings(
        ETHICAL_PERSONALIZATION_ADDRESS_HEADER="X-Real-IP",
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    )
    often = mock.patch.object(guests, "MAX_USES", 100_000)
    with shop, often, everything_written(StringIO()) as logged:
        walk = walked(account, catalogue, order, guest)
        walk.logged = logged.getvalue()
        walk.cached = dict(caches["default"]._cache)
        walk.session = dict(walk.client.session)
    return walk


def found_in(text, markers):
    return [marker for marker in markers if marker in unquote(text)]


def test_walk_is_logged_without_anything_about_the_shopper(walk):
    assert "/preferences/" in walk.logged
    assert found_in(walk.logged, walk.markers) == []


def test_caches_hold_nothing_about_the_shopper_in_keys_or_values(walk):
    assert walk.cached
    for key, value in walk.cached.items():
        assert found_in(key, walk.markers) == []
        assert found_in(repr(pickle.loads(value)), walk.markers) == []  # noqa: S301 - our own
        assert "wool" not in key


def test_addresses_tell_nothing_about_the_shopper(walk):
    for answer in walk.answers:
        page = BeautifulSoup(answer.content, "html.parser")
        there = [
            tag.get(name, "") for tag in page.find_all(True) for name in ("href", "action", "src")
        ]
        for address in (answer.headers.get("Location", ""), *there):
            assert found_in(address, walk.markers) == [], address
            assert "wool" not in address


def test_error_pages_tell_nothing_about_the_shopper(walk):
    wrong = [answer for answer in walk.answers if answer.status_code >= 400]
    assert {409} <= {answer.status_code for answer in wrong}
    for answer in wrong:
        page = BeautifulSoup(answer.content, "html.parser").select_one(".ep-page")
        said = page.get_text() if page is not None else answer.content.decode()
        assert found_in(said, walk.markers) == []


def test_pseudonym_stands_in_our_one_cookie_and_nowhere_else(walk):
    pseudonyms = walk.pseudonyms
    for answer in walk.answers:
        for name, morsel in answer.cookies.items():
            assert name == "ep_choices" or found_in(morsel.value, pseudonyms) == []
        assert not any(
            found_in(str(v), pseudonyms) for k, v in answer.headers.items() if k != "Set-Cookie"
        )
        is_hers = resolve(answer.request["PATH_INFO"]).url_name in HER_OWN
        assert is_hers or found_in(answer.content.decode(), pseudonyms) == []


def test_session_holds_nothing_that_she_told(walk):
    said = repr(walk.session)
    assert found_in(said, [FORUM, ADDRESS, *walk.pseudonyms]) == []
    assert "wool" not in said


@pytest.mark.parametrize(
    ("module", "body"),
    [
        (choices, {"where": "center", "answer": "none"}),
        (likes, {"save": "save", "question": "fabric"}),
    ],
)
def test_failure_to_save_is_logged_and_told_without_the_value(
    told, logged, monkeypatch, module, body
):
    """Messages of databases quote the values that they refuse."""

    def fail(*args, **kwargs):
        raise DatabaseError(f'Key (email)=({EMAIL}) violates "unique"')

    monkeypatch.setattr(module, "_save", fail)
    client = told()
    answer = client.post(
        f"/preferences/{module.__name__.split('.')[-1]}/", body, headers=SAME_ORIGIN
    )
    assert answer.status_code == 503
    assert "event=not_saved" in logged.text
    assert found_in(logged.text + answer.content.decode(), [EMAIL, client.subject.pk.hex]) == []


def test_fact_that_fails_is_logged_and_shown_without_the_value(told, logged, account, monkeypatch):
    def fail(source):
        raise ValueError(f"no such value: {EMAIL} of {source.subject_id}")

    fact = facts.get("orders.count")
    monkeypatch.setitem(vars(fact), "reader", fail)
    client = told(account(f"{NAME}-too"))
    page = client.get("/preferences/").content.decode()
    assert "event=failed_closed" in logged.text
    assert found_in(logged.text, [EMAIL, str(client.subject.pk), client.subject.pk.hex]) == []
    assert found_in(page, [str(client.subject.pk), "no such value"]) == []


@pytest.fixture
def reports():
    """What Django would send to the admins of the shop about each error."""
    written = []

    def write(sender, request, **kwargs):
        written.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_text())

    got_request_exception.connect(write)
    yield written
    got_request_exception.disconnect(write)


def test_report_of_an_error_to_the_admins_leaves_out_what_was_sent(told, reports, monkeypatch):
    def fail(*args, **kwargs):
        raise ValueError("unforeseen")

    monkeypatch.setattr(likes, "_save", fail)
    client = told()
    client.raise_request_exception = False
    body = {"save": "save", "question": "fabric", "likes-fabric": "wool"}
    assert client.post("/preferences/likes/", body, headers=SAME_ORIGIN).status_code == 500
    (report,) = reports
    assert "unforeseen" in report
    assert "wool" not in report
    assert client.cookies["ep_choices"].value not in report
    assert client.subject.pk.hex not in report


def test_filter_of_the_shop_for_reports_stays_in_use(rf, settings):
    settings.DEBUG = False
    request = rf.get("/")
    request.COOKIES = {"ep_choices": "hers", "other": "seen"}
    request.exception_reporter_filter = ShopsFilter()
    hide_cookie(request)
    assert isinstance(request.exception_reporter_filter, ShopsFilter)
    cookies = request.exception_reporter_filter.get_safe_cookies(request)
    assert cookies == {"ep_choices": "********************", "other": "seen"}


class ShopsFilter(SafeExceptionReporterFilter):
    """What a shop may have put in its place."""


def test_stranger_who_meets_an_error_learns_nothing_of_the_shop(client):
    client.raise_request_exception = False
    for path in ("/preferences/nothing/", "/preferences/choices/x"):
        said = client.get(path).content.decode()
        assert "Traceback" not in said
        assert "ethical_personalization." not in said


def test_what_is_written_down_about_a_shopper_is_not_readable_without_the_key(told):
    subject = told().subject
    assert "wool" not in repr(Subject.objects.filter(pk=subject.pk).values_list().get())
    assert read_box(subject.pk)
    records = get_model("ethical_personalization", "SealedRecord").objects.all()
    assert records
    assert not [record for record in records if b"wool" in bytes(record.ciphertext)]
