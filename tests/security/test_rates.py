"""Nobody fills the ledger from one place, and a shop that is busy is not slowed down."""

import logging
import time

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from ethical_personalization.models import ConsentEvent
from ethical_personalization.preferences import replies
from ethical_personalization.shopper import throttle
from tests.preferences.visitor import Visitor
from tests.security.conftest import SAME_ORIGIN
from tests.security.ours import CENTER, addresses, everything_kept

pytestmark = pytest.mark.django_db
CHOICES = f"{CENTER}choices/"
REFUSAL = {"where": "center", "answer": "none"}
SOMEWHERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def _limited(settings, monkeypatch):
    """Two writes, by the header of a proxy."""
    settings.ETHICAL_PERSONALIZATION_ADDRESS_HEADER = "X-Real-IP"
    monkeypatch.setattr(replies, "MAX_WRITES", 2)


def refuses(address=SOMEWHERE, client=None, **headers):
    sent = {**SAME_ORIGIN, "x-real-ip": address, **headers}
    return (client or Client()).post(CHOICES, REFUSAL, headers=sent)


def exhaust(address=SOMEWHERE):
    for _number in range(2):
        assert refuses(address).status_code == 302


def test_writes_from_one_address_are_refused_beyond_the_limit():
    exhaust()
    answer = refuses()
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == str(throttle.WINDOW_SECONDS)
    assert "ep_choices" not in answer.cookies


def test_writes_from_another_address_go_on():
    exhaust()
    assert refuses(ELSEWHERE).status_code == 302


def test_every_address_of_ours_is_limited_and_writes_nothing_beyond(told):
    client = told()
    exhaust()
    before = everything_kept()
    for address in addresses():
        headers = {**SAME_ORIGIN, "x-real-ip": SOMEWHERE}
        assert client.post(address.path(), REFUSAL, headers=headers).status_code in (403, 405, 429)
    assert everything_kept() == before


def test_pages_are_never_limited(home):
    exhaust()
    refuses()
    for path in ("/", CENTER):
        assert Client().get(path, headers={"x-real-ip": SOMEWHERE}).status_code == 200


def test_choice_beyond_the_limit_is_not_lost_and_can_be_sent_once_more(monkeypatch):
    exhaust()
    visitor = Visitor(headers={**SAME_ORIGIN, "x-real-ip": SOMEWHERE}).opens().presses("Allow all")
    assert visitor.response.status_code == 429
    assert "Please wait a little" in visitor.text
    monkeypatch.setattr(replies, "MAX_WRITES", 99)
    visitor.presses("Send it once more")
    assert visitor.response.status_code == 302
    assert ConsentEvent.objects.filter(status="given").count() == 4


def test_form_of_another_site_is_not_offered_to_be_sent_once_more():
    exhaust()
    answer = refuses(**{"sec-fetch-site": "cross-site"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 429
    assert not page.select(".ep-page form")


def test_fetch_hears_that_nothing_was_saved():
    exhaust()
    answer = refuses(accept="application/json")
    assert (answer.status_code, answer.json()["saved"]) == (429, False)


def test_count_begins_again_when_its_time_is_over(monkeypatch):
    monkeypatch.setattr(throttle, "WINDOW_SECONDS", 2)
    exhaust()
    assert refuses().status_code == 429
    time.sleep(2.1)  # the cache may be another process, with a clock of its own
    assert refuses().status_code == 302


def test_cache_holds_no_address_and_only_for_minutes(monkeypatch):
    monkeypatch.undo()
    kept = {}
    monkeypatch.setattr(cache, "add", lambda key, value, timeout: kept.update({key: timeout}))
    throttle.is_too_often("write", SOMEWHERE, limit=9)
    ((key, timeout),) = kept.items()
    assert SOMEWHERE not in key
    assert timeout <= 600


def test_nothing_is_limited_and_nothing_lost_while_the_cache_is_down(settings, caplog):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1",
        }
    }
    with caplog.at_level(logging.ERROR):
        statuses = {refuses().status_code for _number in range(4)}
    assert statuses == {302}
    assert SOMEWHERE not in caplog.text


@pytest.mark.parametrize(
    ("remote", "header", "counts"),
    [
        ("127.0.0.1", None, False),
        ("10.0.0.9", None, False),
        ("", None, False),
        ("unix:", None, False),
        ("9.9.9.9", None, True),
        ("2620:fe::fe", None, True),
        ("::ffff:10.0.0.9", None, False),
        ("10.0.0.9", "203.0.113.7", True),
        ("10.0.0.9", "evil, 203.0.113.7", True),
        ("10.0.0.9", "203.0.113.7, evil", False),
        ("10.0.0.9", "", False),
    ],
)
def test_address_counts_only_where_it_tells_visitors_apart(remote, header, counts):
    """A private address is the shop's own proxy: it would stand for everybody."""
    sent = SAME_ORIGIN if header is None else {**SAME_ORIGIN, "x-real-ip": header}
    statuses = {
        Client(REMOTE_ADDR=remote).post(CHOICES, REFUSAL, headers=sent).status_code
        for _number in range(3)
    }
    assert (429 in statuses) is counts


def test_header_that_nobody_named_is_not_believed(settings):
    settings.ETHICAL_PERSONALIZATION_ADDRESS_HEADER = ""
    statuses = [
        refuses(f"203.0.113.{number}", Client(REMOTE_ADDR="9.9.9.9")).status_code
        for number in range(3)
    ]
    assert statuses == [302, 302, 429]


def test_addresses_of_one_household_count_together():
    statuses = [refuses(f"2001:db8:1:2::{number}").status_code for number in range(3)]
    assert statuses == [302, 302, 429]
    assert refuses("2001:db8:1:3::1").status_code == 302


def test_an_office_where_everybody_answers_at_once_stays_below_the_limit(monkeypatch):
    monkeypatch.undo()
    assert replies.MAX_WRITES >= 500
