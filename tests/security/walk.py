"""Everything that a customer and a guest can do here, with what was sent, got and written."""

import logging
from contextlib import contextmanager

from django.test import Client
from django.urls import reverse

from ethical_personalization.models import Subject
from tests.security.conftest import PASSWORD, SAME_ORIGIN
from tests.security.ours import GUEST, forms_of, pages_of
from tests.security.test_forged_requests import FOREIGN, copy_of

NAME = "quagmire-ottoline"
EMAIL = f"{NAME}@example.com"
FORUM = "quagmire-forum.example"
ADDRESS = "203.0.113.77"
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


@contextmanager
def everything_written(to):
    """What anything logs meanwhile."""
    handler, root = logging.StreamHandler(to), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield to
    root.setLevel(before)
    root.removeHandler(handler)


def walked(account, catalogue, order, guest):
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
