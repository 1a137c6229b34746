"""Another site can make a browser send a form, but not make the shop act on it."""

import pytest
from django.db import transaction
from django.test import Client

from tests.security.conftest import SAME_ORIGIN
from tests.security.ours import addresses, everything_kept, screens
from tests.security.shared import *  # noqa: F403

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forms")]
#: What a browser sends along when another site sends the form, or an old one that says nothing.
FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "origin": "http://testserver"},
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://testserver:81"},
    {"referer": "http://testserver/"},
]
TOKENS = [{}, {"csrfmiddlewaretoken": "a" * 64}, {"csrfmiddlewaretoken": ""}]


def posted(client, form, headers, **more):
    """The answer, what is kept after it and the cookies it set; then everything is undone."""
    client = copy_of(client)
    with transaction.atomic():
        headers = headers | {"accept": "application/json"}
        answer = client.post(form.action, form.body | more, headers=headers)
        kept = everything_kept()
        transaction.set_rollback(True)
    return answer, kept, {name for name in answer.cookies if name != "csrftoken"}


def copy_of(client):
    made = Client(enforce_csrf_checks=True, raise_request_exception=True)
    made.cookies.load({name: morsel.value for name, morsel in client.cookies.items()})
    return made


def test_every_form_that_another_site_sends_changes_nothing(forms):
    before = everything_kept()
    for client, form in forms:
        for headers in FOREIGN:
            answer, kept, cookies = posted(client, form, headers)
            assert answer.status_code in (400, 403, 409), (form, headers)
            assert (kept, cookies) == (before, set()), (form, headers)


def test_every_form_with_a_token_of_somebody_else_changes_nothing(forms):
    before = everything_kept()
    for client, form in forms:
        for token in TOKENS[1:]:
            answer, kept, cookies = posted(client, form, {"sec-fetch-site": "cross-site"}, **token)
            assert answer.status_code in (400, 403, 409), (form, token)
            assert (kept, cookies) == (before, set()), (form, token)


def test_every_form_is_heard_when_a_page_of_ours_sends_it(forms, guest):
    for client, form in forms:
        answer, _kept, _cookies = posted(client, form, SAME_ORIGIN)
        asks_again = form.data.get("do") == ["erase"] and client is guest
        assert answer.status_code in ((409,) if asks_again else (200, 302)), form


def test_every_address_that_takes_only_forms_is_reached_by_one(forms, client):
    only_forms = {
        f"ethical_personalization:{address}"
        for address in addresses()
        if not address.kinds and client.get(address.path()).status_code == 405
    }
    assert only_forms <= {form.name for _client, form in forms}


def test_forms_of_a_guest_are_among_those_that_are_tried(forms, guest):
    hers = [form for client, form in forms if client is guest]
    assert {form.name.partition(":")[2] for form in hers} == {"guest_data"}
    assert {form.data["do"][0] for form in hers} == {"download", "erase"}


def test_no_address_of_ours_changes_anything_when_it_is_only_opened(told):
    client = told()
    before, cookies = everything_kept(), dict(client.cookies)
    for address in addresses():
        for method in (client.get, client.head, client.options):
            assert method(address.path()).status_code < 500
    assert everything_kept() == before
    assert dict(client.cookies) == cookies


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_no_address_of_ours_knows_other_methods(told, method):
    client = told()
    before = everything_kept()
    for address in addresses():
        answer = getattr(client, method)(address.path(), headers=SAME_ORIGIN)
        assert answer.status_code in (403, 404, 405), address
    assert everything_kept() == before


def test_no_screen_of_the_admin_is_exempt_from_djangos_check():
    found = screens()
    assert len(found) > 30
    assert not [each for each in found if getattr(each.view, "csrf_exempt", False)]


def test_confirmation_page_can_not_be_framed_or_cached(forms):
    for client, form in forms:
        answer = copy_of(client).post(form.action, form.body, headers={"origin": "null"})
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "no-store" in answer.headers["Cache-Control"]
