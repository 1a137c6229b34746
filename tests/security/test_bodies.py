"""Whatever is sent to an address of ours is answered, and writes nothing by accident."""

from itertools import product

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ethical_personalization.preferences.replies import MAX_BODY_BYTES
from tests.security.conftest import SAME_ORIGIN
from tests.security.ours import NOBODYS, addresses, everything_kept, forms_of, pages_of

pytestmark = pytest.mark.django_db
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
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


@pytest.fixture
def shopper(told, home):
    """A browser whose shopper allowed everything, without Django's check in the way."""
    client = told()
    client.handler.enforce_csrf_checks = False
    return client


@pytest.fixture
def names(shopper, guest):
    """The names and values of every field in a form of ours."""
    found = {}
    for page in [*pages_of(shopper), *pages_of(guest)]:
        for form in forms_of(page):
            for name, values in form.data.items():
                found.setdefault(name, set()).update(values)
    return found


def sent(client, address, body, content_type=FORM, **headers):
    headers = {**SAME_ORIGIN, "accept": "application/json", **headers}
    return client.generic("POST", address.path(), body, content_type, headers=headers)


def assert_nothing_done(client, body, content_type=FORM, **headers):
    before = everything_kept()
    for address in addresses():
        answer = sent(client, address, body, content_type, **headers)
        assert 400 <= answer.status_code < 500, (address, body)
        assert "ep_choices" not in answer.cookies, (address, body)
    assert everything_kept() == before, body


@FEW
@given(body=st.binary(max_size=300))
def test_bytes_that_are_no_form_are_answered_and_change_nothing(shopper, body):
    assert_nothing_done(shopper, body)


@FEW
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(
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
def test_bodies_of_other_types_are_answered_and_change_nothing(shopper, body, kind):
    assert_nothing_done(shopper, body, kind)


def test_charsets_that_no_browser_names_are_answered(shopper, names):
    said = {name: next(iter(values)).encode() for name, values in names.items()}
    for charset, half in product(CHARSETS, [b"/\\ud800", b"/+2AA-", b"\xff\xfe\x00\xd8", b"xn--a"]):
        pairs, kind = said | {"next": half}, f"{PARTS}; charset={charset}"
        body = b"".join(PART % (name.encode(), each) for name, each in pairs.items()) + END
        for address in addresses():
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
def test_fields_of_our_forms_with_wrong_values_change_nothing(shopper, names, data):
    text = st.text(max_size=30) | st.sampled_from(
        ["\x00", "9" * 400, "-1", "[]", "<x>", "%s", "yes "]
    )
    chosen = data.draw(st.lists(st.sampled_from(sorted(names)), unique=True, min_size=1))
    pairs = {name: "x" + data.draw(text) for name in chosen}
    before = everything_kept()
    for address in addresses():
        answer = shopper.post(
            address.path(), pairs, headers={**SAME_ORIGIN, "accept": "application/json"}
        )
        assert answer.status_code < 500, (address, pairs)
        assert answer.status_code != 302, (address, pairs)
    assert everything_kept() == before


@FEW
@given(data=st.data())
def test_fields_of_our_forms_mixed_up_are_answered(shopper, names, data):
    """Every value is one of ours, in any field and any number; it may do what it says."""
    values = sorted({value for each in names.values() for value in each})
    some = st.lists(st.sampled_from(values), max_size=3)
    pairs = {name: data.draw(some) for name in sorted(names)}
    for address in addresses():
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
def test_oversized_bodies_are_refused_and_change_nothing(shopper, body):
    assert_nothing_done(shopper, body)


@pytest.mark.parametrize("length", ["-1", "1e3", "9" * 30, "0x10", "٣", "", " 5", "999999"])
def test_length_that_can_not_be_is_refused(shopper, length):
    assert_nothing_done(shopper, b"answer=none&where=center", **{"content-length": length})


def test_fields_of_our_forms_that_are_files_are_refused(shopper, names):
    files = (PART % (b'%s"; filename="a' % name.encode(), b"x") for name in names)
    assert_nothing_done(shopper, b"".join(files) + END, PARTS)


@settings(FEW, max_examples=15)
@given(query=st.text(max_size=60), value=st.text(max_size=60))
def test_queries_are_answered_whatever_they_ask(shopper, query, value):
    for address in addresses():
        answer = shopper.get(address.path(), {query or "x": value, "ep-saved": value})
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
