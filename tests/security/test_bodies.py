"""Whatever is sent to an address of ours is answered, and writes nothing by accident."""

from itertools import product

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ethical_personalization.preferences import replies
from ethical_personalization.preferences.replies import MAX_BODY_BYTES
from tests.security.conftest import SAME_ORIGIN
from tests.security.ours import NOBODYS, addresses, everything_kept, forms_of, pages_of
from tests.security.shared import *  # noqa: F403
from tests.security.test_forged_requests import copy_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("names")]
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
WRONG = 405
PART = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
END = b"--x--\r\n"
FEW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
#: Charsets that Python knows and a browser would never name; some make text of no text.
CHARSETS = [
    "utf-7",
    "utf-16",
    "utf-32",
    "unicode_escape",
    "raw_unicode_escape",
    "idna",
    "punycode",
    "rot13",
    "base64",
    "zlib",
    "nonsense",
    "",
    "utf-8; x",
    "hex",
    "undefined",
]


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """Or what follows on many bodies would not be read."""
    monkeypatch.setattr(replies, "MAX_WRITES", 1_000_000)


@pytest.fixture(scope="module")
def someone(told, home):
    """A browser whose shopper allowed everything."""
    return told()


def unchecked(client):
    """A copy of it, for one test, without Django's check in the way."""
    made = copy_of(client)
    made.handler.enforce_csrf_checks = False
    return made


@pytest.fixture
def shopper(someone):
    return unchecked(someone)


@pytest.fixture(scope="module")
def names(someone, guest):
    """The names and values of every field in a form of ours."""
    found = {}
    for page in [*pages_of(someone), *pages_of(guest)]:
        for form in forms_of(page):
            for name, values in form.data.items():
                found.setdefault(name, set()).update(values)
    return found


@pytest.fixture(scope="module")
def hearing(someone):
    """The addresses that take a form; every other one is asked by a test of its own."""
    client = unchecked(someone)
    found = [each for each in addresses() if sent(client, each, b"x=1").status_code != WRONG]
    assert len(found) >= 10
    return found


def sent(client, address, body, content_type=FORM, **headers):
    headers = {**SAME_ORIGIN, "accept": "application/json", **headers}
    return client.generic("POST", address.path(), body, content_type, headers=headers)


def assert_nothing_done(client, hearing, body, content_type=FORM, **headers):
    before = everything_kept()
    for address in hearing:
        answer = sent(client, address, body, content_type, **headers)
        assert 400 <= answer.status_code < 500, (address, body)
        assert "ep_choices" not in answer.cookies, (address, body)
    assert everything_kept() == before, body


def test_bodies_for_addresses_that_take_none_are_refused_unread(shopper, hearing):
    heard = set(map(str, hearing))
    deaf = [each for each in addresses() if str(each) not in heard]
    assert deaf
    before = everything_kept()
    for address, (body, kind) in product(deaf, [(b"\xff=%", FORM), (PART, PARTS), (b"", "")]):
        assert sent(shopper, address, body, kind).status_code == WRONG, address
    assert everything_kept() == before


@settings(FEW, max_examples=80)
@given(
    body=st.binary(max_size=300),
    kind=st.just(FORM)
    | st.sampled_from(
        [
            "",
            "text/plain",
            "application/json",
            "multipart/form-data",
            PARTS,
            "multipart/form-data; boundary=\xff",
            "x" * 300,
            "/;=;",
        ]
    ),
)
def test_bytes_and_bodies_of_other_types_are_answered_and_change_nothing(
    shopper, hearing, body, kind
):
    assert_nothing_done(shopper, hearing, body, kind)


def test_charsets_that_no_browser_names_are_answered(shopper, hearing, names):
    said = {name: next(iter(values)).encode() for name, values in names.items()}
    for charset, half in product(CHARSETS, [b"/\\ud800", b"/+2AA-", b"\xff\xfe\x00\xd8", b"xn--a"]):
        pairs, kind = said | {"next": half}, f"{PARTS}; charset={charset}"
        body = b"".join(PART % (name.encode(), each) for name, each in pairs.items()) + END
        for address in hearing:
            assert sent(shopper, address, body, kind).status_code < 500, (address, charset)


@pytest.mark.parametrize("headers", [SAME_ORIGIN, {}])
@pytest.mark.parametrize(
    ("charset", "half"), [("utf-7", b"/+2AA-"), ("unicode_escape", b"/\\ud800")]
)
def test_half_a_character_in_the_way_back_breaks_nothing(client, charset, half, headers):
    """No browser can send it, and it can't be written into an answer."""
    pairs = {b"where": b"center", b"answer": b"none", b"next": half}
    body = b"".join(PART % pair for pair in pairs.items()) + END
    kind = f"{PARTS}; charset={charset}"
    answer = client.generic("POST", "/preferences/choices/", body, kind, headers=headers)
    assert answer.status_code in (302, 400, 409)


@FEW
@given(data=st.data())
def test_fields_of_our_forms_with_wrong_values_change_nothing(shopper, hearing, names, data):
    text = st.text(max_size=30) | st.sampled_from(
        ["\x00", "9" * 400, "-1", "[]", "<x>", "%s", "yes "]
    )
    chosen = data.draw(st.lists(st.sampled_from(sorted(names)), unique=True, min_size=1))
    pairs = {name: "x" + data.draw(text) for name in chosen}
    before = everything_kept()
    for address in hearing:
        answer = shopper.post(
            address.path(), pairs, headers={**SAME_ORIGIN, "accept": "application/json"}
        )
        assert answer.status_code < 500, (address, pairs)
        assert answer.status_code != 302, (address, pairs)
    assert everything_kept() == before


@FEW
@given(data=st.data())
def test_fields_of_our_forms_mixed_up_are_answered(shopper, hearing, names, data):
    """Every value is one of ours, in any field and any number; it may do what it says."""
    values = sorted({value for each in names.values() for value in each})
    some = st.lists(st.sampled_from(values), max_size=3)
    pairs = {name: data.draw(some) for name in sorted(names)}
    for address in hearing:
        headers = {**SAME_ORIGIN, "accept": "application/json"}
        assert shopper.post(address.path(), pairs, headers=headers).status_code < 500, address


@pytest.mark.parametrize(
    "body",
    [
        b"next=" + b"x" * MAX_BODY_BYTES,
        b"&".join(b"question=%d" % number for number in range(4_000)),
        b"&".join(b"x%d=" % number for number in range(5_000)),
        b"choice-" * 8_000,
    ],
    ids=["a long value", "a field many times", "many fields", "a long name"],
)
def test_oversized_bodies_are_refused_and_change_nothing(shopper, hearing, body):
    assert_nothing_done(shopper, hearing, body)


@pytest.mark.parametrize("length", ["-1", "1e3", "9" * 30, "0x10", "٣", "", " 5", "999999"])
def test_length_that_can_not_be_is_refused(shopper, hearing, length):
    assert_nothing_done(shopper, hearing, b"answer=none&where=center", **{"content-length": length})


def test_fields_of_our_forms_that_are_files_are_refused(shopper, hearing, names):
    files = (PART % (b'%s"; filename="a' % name.encode(), b"x") for name in names)
    assert_nothing_done(shopper, hearing, b"".join(files) + END, PARTS)


@settings(FEW, max_examples=5)
@given(asked=st.dictionaries(st.text(max_size=60), st.text(max_size=60), min_size=3, max_size=3))
def test_queries_are_answered_whatever_they_ask(shopper, asked):
    for address in addresses():
        answer = shopper.get(address.path(), {**asked, "ep-saved": next(iter(asked.values()))})
        assert answer.status_code < 500, address


@FEW
@given(
    value=st.text(
        alphabet=st.characters(codec="utf-8", exclude_characters="/?#"), min_size=1, max_size=80
    )
)
def test_parameters_of_addresses_are_answered_whatever_they_are(shopper, value):
    for address in addresses():
        for kind in set(address.kinds.values()) & {"string", "path"}:
            assert shopper.get(address.path(NOBODYS | {kind: value})).status_code < 500, address


@FEW
@given(value=st.text(alphabet=st.characters(codec="latin-1", exclude_characters=";"), max_size=90))
def test_cookies_are_answered_whatever_they_say(home, value):
    client = Client()
    for path in ("/", "/preferences/"):
        assert client.get(path, headers={"cookie": f"ep_choices={value}"}).status_code == 200
