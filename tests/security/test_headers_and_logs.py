"""What a request says reaches no header of the answer and no line of the log by itself."""

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.security.conftest import SAME_ORIGIN
from tests.security.ours import CENTER, addresses
from tests.security.shared import *  # noqa: F403
from tests.security.test_forged_requests import copy_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forms")]
BREAK = "\r\nX-Evil: 1\r\n\r\nevent=evil"
HEADERS = ("referer", "user-agent", "accept", "accept-language", "origin", "sec-gpc", "purpose",
           "sec-purpose", "x-forwarded-for", "x-real-ip", "cf-ipcountry")  # fmt: skip


@pytest.fixture(scope="module")
def someone(forms, told):
    return told()


@pytest.fixture
def lines(caplog):
    """What our own code logs."""
    caplog.set_level(logging.DEBUG)
    return lambda: [r.getMessage() for r in caplog.records if r.name.startswith("ethical_")]


def test_line_breaks_in_a_form_reach_no_header_and_no_line(forms, lines):
    for client, form in forms:
        for name in {*form.data, "next"}:
            sent = form.body | {name: "/x" + BREAK}
            for headers in (SAME_ORIGIN, {}):
                answer = copy_of(client).post(form.action, sent, headers=headers)
                assert answer.status_code < 500
                assert "X-Evil" not in answer.headers
                assert not any("\n" in value for value in answer.headers.values())
    assert not [line for line in lines() if "evil" in line or "\n" in line]


def one_by_one_or_at_once(named):
    """Each alone for the home page and the center, and all of them at once for every address."""
    alone = [{name: value} for name, value in named.items()]
    for path in ("/", CENTER):
        yield from ((path, each) for each in alone)
    yield from ((address.path(), named) for address in addresses())


def test_line_breaks_in_a_header_reach_no_header_and_no_line(told, lines):
    client = told()
    for path, headers in one_by_one_or_at_once(dict.fromkeys(HEADERS, "x" + BREAK)):
        answer = client.get(path, headers=headers)
        assert answer.status_code < 500, (path, headers)
        assert not any("evil" in value for value in answer.headers.values()), (path, headers)
    assert not [line for line in lines() if "evil" in line or "\n" in line]


def test_line_breaks_in_a_query_reach_no_header_and_no_line(told, lines):
    client = told()
    names = ("ep-saved", "ep-normal", "segment", "next", "x" + BREAK)
    for path, query in one_by_one_or_at_once(dict.fromkeys(names, "x" + BREAK)):
        answer = client.get(path, query)
        assert answer.status_code < 500, (path, query)
        assert not any("evil" in value for value in answer.headers.values()), (path, query)
    assert not [line for line in lines() if "evil" in line or "\n" in line]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.sampled_from(["/", "/preferences/"]),
    name=st.sampled_from(HEADERS),
    value=st.text(alphabet=st.characters(codec="latin-1"), max_size=80),
)
def test_headers_are_answered_whatever_they_say(someone, path, name, value):
    assert copy_of(someone).get(path, headers={name: value}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "testserver:x", "a b", "testserver\r\nX: 1", ""])
def test_host_that_is_not_the_shops_is_refused_before_anything_is_done(client, host):
    for address in addresses():
        answer = client.post(address.path(), {"answer": "none"}, headers={"host": host})
        assert answer.status_code == 400, address
        assert "ep_choices" not in answer.cookies


def test_links_of_ours_never_name_the_host_that_was_asked_for(told, home, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    client = told()
    for path in ("/", "/preferences/"):
        assert b"other.example" not in client.get(path, headers={"host": "other.example"}).content
