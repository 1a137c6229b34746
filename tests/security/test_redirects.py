"""No form and no link of ours leads out of the shop."""

import re
from itertools import cycle
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ethical_personalization.preferences.replies import way_back
from ethical_personalization.transparency.addresses import same_page, with_parameters
from ethical_personalization.transparency.saved import SAVED
from tests.security.conftest import SAME_ORIGIN
from tests.security.shared import *  # noqa: F403
from tests.security.test_forged_requests import copy_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forms")]
SHOP = "http://testserver"
ELSEWHERE = [
    "http://evil.example/",
    "https://testserver.evil.example/",
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    r"\\evil.example",
    r"/\evil.example",
    r"\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\x00//evil.example",
    "/\x00/evil.example",
    "http:evil.example",
    "http:///evil.example",
    "http://testserver@evil.example/",
    "http://evil.example\\@testserver/",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>x</script>",
    "//evil。example/",
    "//[::1]/",
    "//[evil",
    "http://[",
    "/" + "x" * 40_000,
]


class Request:
    """What ``way_back`` asks of a request."""

    def __init__(self, url):
        self.POST = {"next": url}

    def get_host(self):
        return "testserver"

    def is_secure(self):
        return False


def is_here(url):
    """Whether a browser on a page of the shop stays there."""
    seen = re.sub(r"[\t\n\r]", "", url).replace("\\", "/").strip("\x00 ")
    return urlsplit(urljoin(f"{SHOP}/preferences/", seen)).netloc == "testserver"


def test_no_form_leads_elsewhere_afterwards(forms):
    """Each form is sent with every third way elsewhere: all forms read it by the same function."""
    for number, (client, form) in enumerate(forms):
        for url in ELSEWHERE[number % 3 :: 3]:
            sent = form.body | {"next": url}
            answer = copy_of(client).post(form.action, sent, headers=SAME_ORIGIN)
            assert answer.status_code in (200, 302, 400, 409), (form, url)
            assert is_here(answer.headers.get("Location", "/")), (form, url)
            assert len(answer.headers.get("Location", "")) < 3000


def test_no_page_asks_once_more_with_a_way_elsewhere(forms):
    for (client, form), url in zip(cycle(forms[:3]), ELSEWHERE, strict=False):
        answer = copy_of(client).post(form.action, form.body | {"next": url})
        field = BeautifulSoup(answer.content, "html.parser").find("input", {"name": "next"})
        assert is_here(field["value"]), url


@pytest.mark.parametrize("url", ELSEWHERE, ids=range(len(ELSEWHERE)))
def test_way_back_is_no_way_elsewhere(url):
    assert is_here(with_parameters(way_back(Request(url)) or "/", {SAVED: "choices"}))


@given(st.text(alphabet="/\\:@.?#[]%evil\t\n\r \x00\u3002;&=", max_size=20))
def test_way_back_stays_in_the_shop_whatever_is_sent(rest):
    for url in (rest, "/" + rest, "//" + rest):
        assert is_here(with_parameters(way_back(Request(url)) or "/", {SAVED: "choices"}))


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "///evil.example/x?y=1"])
def test_address_of_a_page_stays_in_the_shop(rf, path):
    request = rf.get("/")
    request.path = request.path_info = path
    assert is_here(same_page(request))


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=40))
def test_word_in_the_address_says_only_what_we_wrote(word):
    from_outside = Client().get("/preferences/", {SAVED: f"<b>{word}"})
    assert from_outside.status_code == 200
    assert b'class="ep-note" role="status"' not in from_outside.content
