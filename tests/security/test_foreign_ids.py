"""The ids of others open nothing, and can't be told from ids that nobody has."""

import re
from dataclasses import replace
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client
from django.urls import resolve
from django.utils.html import escape

from ethical_personalization.preferences.overtaken import digest_of_answers
from ethical_personalization.shopper import guests
from tests.security.conftest import SAME_ORIGIN
from tests.security.ours import NOBODYS, addresses, everything_kept, links_of, models, pages_of

pytestmark = pytest.mark.django_db


def ids_of_others():
    """By kind of parameter: primary keys, hashes and slugs of every row of ours."""
    found = {"int": set(), "slug": set(), "string": set(), "uuid": set(), "path": set()}
    for model in models():
        for row in model._base_manager.all()[:3]:
            for field in model._meta.concrete_fields:
                value = str(getattr(row, field.attname))
                kinds = ["string", "path"] if re.fullmatch(r"[\w.:@+=~-]+", value) else []
                kinds += ["slug"] if re.fullmatch(r"[\w-]+", value) else []
                kinds += ["int"] if value.isdecimal() else []
                kinds += ["uuid"] if field.get_internal_type() == "UUIDField" else []
                for kind in kinds:
                    found[kind].add(value)
    return found


def seen(client, address, values, method="get"):
    """What can be told from the answer: status, headers and text without the id itself."""
    path = address.path(values)
    answer = getattr(client, method)(path, headers=SAME_ORIGIN)
    text = answer.content.decode()
    for written in (path, escape(path), quote(path), quote(path, safe="")):
        text = text.replace(written, "…")
    headers = {name: text for name, text in answer.items() if name != "Content-Length"}
    return answer.status_code, headers, without_keys(text)


def without_keys(text):
    """A page without what is another one each time it is opened: tokens and keys of forms."""
    text = re.sub(r'name="(key|csrfmiddlewaretoken)" value="[^"]+"', "", text)
    return re.sub(r'next=[^"]*', "", text)  # the way back of the links to other languages


@pytest.fixture
def with_ids():
    return [address for address in addresses() if address.kinds]


@pytest.mark.parametrize("method", ["get", "post"])
def test_ids_of_others_are_answered_like_ids_of_nobody(told, with_ids, method):
    told()
    others, stranger = ids_of_others(), told()
    mine = {path for page in pages_of(stranger) for path in links_of(page)}
    before = everything_kept()
    for address in with_ids:
        nothing = seen(stranger, address, NOBODYS, method)
        assert nothing[0] in (403, 404, 405, 409, 400), address
        for kind in set(address.kinds.values()):
            for value in others[kind]:
                values = NOBODYS | {kind: value}
                if address.path(values) not in mine:
                    assert seen(stranger, address, values, method) == nothing, address
    assert everything_kept() == before


def test_link_of_a_guest_is_answered_like_nonsense_unless_it_is_hers(
    told, account, catalogue, order
):
    """No id of an order, and no signature of something else, opens what is behind one."""
    customers = order(catalogue("Coat"), on=account("somebody"))
    (link,) = [address for address in addresses() if address.known]
    ((_name, token),) = link.known
    guests_order, stranger = signing.loads(token, salt=guests._SALT), told()
    forged = [str(guests_order), signing.dumps(guests_order), signing.dumps(guests_order, salt="x")]
    forged += [guests.make_token(customers.pk), guests.make_token(0), token[:-1], f"{token}x"]
    before = everything_kept()
    for method in ("get", "post"):
        nothing = _behind(link, "nobodys", stranger, method)
        assert nothing[0] in (400, 404, 409)
        for each in forged:
            assert _behind(link, each, stranger, method) == nothing, each
    assert everything_kept() == before
    assert _behind(link, token, stranger, "get")[0] == 200


def _behind(link, token, client, method):
    return seen(client, replace(link, known=(("token", token),)), NOBODYS, method)


def test_visitor_without_a_cookie_gets_nothing_of_anybody(told):
    client = told()
    for page in pages_of(client):
        path = page.request["PATH_INFO"]
        if resolve(path).kwargs:
            assert Client().get(path).content != page.content


def test_pseudonym_that_exists_can_not_be_told_from_one_that_does_not(told):
    """Both are signatures that don't fit; nobody can ask about a pseudonym he may not have."""
    answers = set()
    for key in (told().subject.pk.hex, uuid4().hex):
        client = Client()
        client.cookies["ep_choices"] = f"s.{key}:{'x' * 43}"
        answers.add(without_keys(client.get("/preferences/").content.decode()))
    assert len(answers) == 1


def test_two_shoppers_never_see_what_the_other_told(told, account):
    anonymous, customer = told(), told(account("somebody"))
    stood = digest_of_answers({"fabric": ["wool"]})
    body = {"save": "save", "question": "fabric", "likes-fabric": "silk", "stood": stood}
    assert anonymous.post("/preferences/likes/", body, headers=SAME_ORIGIN).status_code == 302
    for page in pages_of(customer):
        text = page.content.decode()
        assert 'value="silk" checked' not in text
        assert str(anonymous.subject.pk) not in text
        assert anonymous.subject.pk.hex not in text


def test_account_takes_nothing_from_the_cookie_of_a_stranger(told, account, client):
    """Somebody who puts his own cookie into her browser sees nothing of hers, nor she of his."""
    stranger, customer = told(), told(account("somebody"))
    customer.cookies["ep_choices"] = stranger.cookies["ep_choices"].value
    before = everything_kept()
    page = customer.get("/preferences/").content.decode()
    assert stranger.subject.pk.hex not in page
    assert everything_kept() == before
