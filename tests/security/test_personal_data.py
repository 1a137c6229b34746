"""What a shopper is and says stays out of logs, caches, addresses, error pages and sessions."""

import logging
import pickle
import sys
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.core.signals import got_request_exception
from django.db import DatabaseError
from django.test import Client
from django.urls import resolve, reverse
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter
from oscar.core.loading import get_model

from ethical_personalization.core.registry import facts
from ethical_personalization.models import Subject
from ethical_personalization.preferences import choices, likes
from ethical_personalization.shopper.error_reports import hide_cookie
from ethical_personalization.shopper.vault import read_box
from tests.security.conftest import PASSWORD, SAME_ORIGIN
from tests.security.ours import GUEST, forms_of, pages_of
from tests.security.test_forged_requests import FOREIGN, copy_of

pytestmark = pytest.mark.django_db
NAME = "quagmire-ottoline"
EMAIL = f"{NAME}@example.com"
FORUM = "quagmire-forum.example"
ADDRESS = "203.0.113.77"
#: Where she asks for all that is known: the pseudonym is part of it.
HER_OWN = {"your_data", "download", "receipt", "receipt_file"}
HEADERS = {**SAME_ORIGIN, "referer": f"http://{FORUM}/x", "x-real-ip": ADDRESS}


class Walk:
    """What a shopper sent and got, from her first page to her last."""

    def __init__(self, client):
        self.client, self.answers = client, []

    def gets(self, path):
        self.answers.append(self.client.get(path, headers=HEADERS))
        return self.answers[-1]

    def posts(self, path, data, **headers):
        sent = {**HEADERS, **headers}
        self.answers.append(self.client.post(path, data, headers=sent))
        return self.answers[-1]

    def sends_every_form(self, headers, pages):
        for page in pages:
            self.answers.append(page)
            for form in forms_of(page):
                client = copy_of(self.client)
                self.answers.append(client.post(form.action, form.body, headers=headers))


@pytest.fixture
def logged(caplog):
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.fixture
def walk(settings, logged, home, question, account, catalogue, order, guest):
    """Everything a customer and a guest can do here, right and wrong, from each page."""
    settings.ETHICAL_PERSONALIZATION_ADDRESS_HEADER = "X-Real-IP"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    customer = account(NAME)
    product = catalogue("Coat", categories=[catalogue.category("Coats")], brand="Nord")
    order(product, on=customer)
    walk = Walk(Client())
    for path in ("/", "/preferences/", product.get_absolute_url()):
        walk.gets(path)
    _allow_and_answer(walk)
    walk.gets(product.get_absolute_url())
    login = {"login-username": EMAIL, "login-password": PASSWORD, "login_submit": "1"}
    assert walk.posts(reverse("customer:login"), login).status_code == 302
    _allow_and_answer(walk)
    for path in ("/", "/preferences/", product.get_absolute_url()):
        walk.gets(path)
    for headers in (SAME_ORIGIN, *FOREIGN[:2]):
        walk.sends_every_form(headers, pages_of(walk.client))
        by_letter = Walk(guest)
        by_letter.sends_every_form(headers, map(guest.get, guest.letters))
        walk.answers += by_letter.answers
    keys = Subject.objects.values_list("pk", flat=True)
    walk.pseudonyms = [written for key in keys for written in (str(key), key.hex)]
    walk.markers = [NAME, FORUM, ADDRESS, GUEST, *walk.pseudonyms]
    assert len(walk.pseudonyms) == 4
    assert sum(GUEST in answer.content.decode() for answer in walk.answers) >= 2
    assert any(FORUM in answer.content.decode() for answer in walk.answers)
    return walk


def _allow_and_answer(walk):
    walk.gets("/preferences/")
    form = next(f for f in forms_of(walk.answers[-1]) if f.data.get("answer") == ["all"])
    assert walk.posts(form.action, form.body).status_code == 302
    body = {"save": "save", "question": "fabric", "likes-fabric": "wool"}
    assert walk.posts("/preferences/likes/", body).status_code == 302


def found_in(text, markers):
    return [marker for marker in markers if marker in unquote(text)]


def test_walk_is_logged_without_anything_about_the_shopper(walk, logged):
    assert found_in(logged.text, walk.markers) == []


def test_caches_hold_nothing_about_the_shopper_in_keys_or_values(walk):
    kept = caches["default"]._cache
    assert kept
    for key, value in kept.items():
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
    said = repr(dict(walk.client.session))
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
    client = told(account(NAME))
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
    rows = [row for model in (Subject,) for row in model.objects.values_list()]
    assert "wool" not in repr(rows)
    assert read_box(subject.pk)
    record = get_model("ethical_personalization", "SealedRecord").objects.first()
    assert b"wool" not in bytes(record.ciphertext)
