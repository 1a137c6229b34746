"""The one cookie: what it may say, and that nobody else can say it."""

from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from uuid import uuid4

from django.core.signing import Signer
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from ethical_personalization.core.purposes import PurposeDeclaration
from ethical_personalization.core.registry import purposes
from ethical_personalization.shopper.cookie import (
    DeviceChoices,
    read_cookie,
    write_refusals,
    write_subject,
)

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
KEYS = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9_-]{0,20}", fullmatch=True), st.just(NOW), min_size=1, max_size=8
)


class Request:
    def __init__(self, value):
        self.COOKIES = {} if value is None else {"ep_choices": value}


def read_choices(request, *, now):
    return read_cookie(request, None, now=now).choices


def written(write, *args):
    response = HttpResponse()
    write(response, *args)
    return response.cookies["ep_choices"]


def declared(keys):
    """Purposes of these keys, for the length of a ``with`` block."""
    words = dict.fromkeys(("title", "benefit", "data"), "Words")
    terms = {"data_categories": (), "sources": (), "retention": timedelta(days=1)}
    return purposes.temporarily(*(PurposeDeclaration(key=key, **words, **terms) for key in keys))


@given(KEYS)
def test_refusals_come_back_as_written(refused):
    with declared(refused):
        value = written(write_refusals, refused).value
        assert read_choices(Request(value), now=NOW) == DeviceChoices(refused=refused)


def test_refusal_of_a_purpose_with_a_long_key_survives_a_release_without_it():
    later = NOW + timedelta(hours=1)
    first = written(write_refusals, {"personal-fittings": NOW}).value
    held = read_choices(Request(first), now=later).refused
    second = written(write_refusals, {**held, "orders": later}).value
    with declared(["personal-fittings"]):
        said = read_choices(Request(second), now=later).refused
    assert said == {"personal-fittings": NOW, "orders": later}


def test_refusal_of_a_long_key_from_before_it_was_shortened_is_read():
    signed = Signer(salt="ethical_personalization.choices").sign("r.personal-fittings~tfyc00")
    assert read_choices(Request(signed), now=NOW).refused == {"personal-fittings": NOW}


@given(st.just({}) | KEYS, st.integers(1, 70_000).map(lambda days: NOW + timedelta(days=days)))
def test_age_comes_back_beside_refusals_until_its_day(refused, until):
    response = HttpResponse()
    write_refusals(response, refused, under_age_until=until)
    request = Request(response.cookies["ep_choices"].value)
    narrowed = DeviceChoices(refused=refused, under_age_until=until)
    with declared(refused):
        assert read_choices(request, now=NOW) == narrowed
        assert read_choices(request, now=until).under_age_until is None


@given(st.uuids())
def test_pseudonym_comes_back_as_written(subject_id):
    value = written(write_subject, subject_id).value
    assert read_choices(Request(value), now=NOW) == DeviceChoices(subject_id=subject_id)


@given(st.uuids(), st.integers(0, 200), st.characters(codec="ascii"))
def test_changed_cookie_counts_as_none(subject_id, position, character):
    value = written(write_subject, subject_id).value
    changed = value[:position] + character + value[position + 1 :]
    if changed != value:
        assert read_choices(Request(changed), now=NOW) == DeviceChoices()


@given(st.uuids(), st.integers(0, 70))
def test_truncated_cookie_counts_as_none(subject_id, length):
    value = written(write_subject, subject_id).value
    assert read_choices(Request(value[:length]), now=NOW) == DeviceChoices()


@given(st.text(max_size=3000))
def test_foreign_cookie_counts_as_none(value):
    assert read_choices(Request(value), now=NOW) == DeviceChoices()


@given(st.text(max_size=100))
def test_signed_nonsense_counts_as_none(value):
    signed = Signer(salt="ethical_personalization.choices").sign("x" + value)
    assert read_choices(Request(signed), now=NOW) == DeviceChoices()


def test_value_signed_for_something_else_counts_as_none():
    signed = Signer(salt="other").sign(f"s.{uuid4().hex}")
    assert read_choices(Request(signed), now=NOW) == DeviceChoices()


def test_refusal_from_the_future_counts_for_the_clock_was_ours():
    refused = {"stated": NOW + timedelta(days=1)}
    value = written(write_refusals, refused).value
    assert read_choices(Request(value), now=NOW) == DeviceChoices(refused=refused)


def test_refusals_carry_no_id_and_stay_small():
    keys = ["stated", "orders", "browsing", "context", "fifth", "sixth", "seventh", "eighth"]
    value = written(write_refusals, dict.fromkeys(keys, NOW)).value
    assert value.startswith("r.browsing~tfyc00+context~tfyc00+")
    assert len(f"ep_choices={value}") <= 200


def test_cookie_is_out_of_reach_of_scripts_and_other_sites():
    cookie = written(write_subject, uuid4())
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert isinstance(SimpleCookie(cookie.OutputString()), SimpleCookie)


def test_nothing_refused_leaves_no_cookie():
    assert written(write_refusals, {})["max-age"] == 0
