"""No text that an editor, a shopper or a stranger writes becomes markup anywhere."""

from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db.models import CharField, SlugField, TextField
from django.test import Client
from oscar.core.loading import get_model
from oscar.models.fields import UppercaseCharField
from wagtail_personalisation.models import Segment

from ethical_personalization.editor.definitions import definition_of
from ethical_personalization.models import Feedback, Purpose, SegmentPolicy
from ethical_personalization.shopper.guests import make_token
from ethical_personalization.shopper.holdings import HOLDINGS
from tests.editor.forms import fields_of
from tests.filling import a_row, a_row_at
from tests.security.conftest import SAME_ORIGIN
from tests.security.ours import forms_of, pages_of, screens
from tests.security.shared import *  # noqa: F403
from tests.security.test_forged_requests import copy_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("poisoned")]
BACKEND = "django.contrib.auth.backends.ModelBackend"
EVIL = "\"'`--></script></title></textarea></template><ep-evil onevil=1>{{7*7}}<!--"
#: Columns that only name something in code; no form takes another value for them.
NAMES = {"key", "attribute_code", "options"}


def evil(name):
    """A text for one field, to be found again in a page."""
    return f"{name}{EVIL}"


def injected(answer):
    """What of the text became markup."""
    page = BeautifulSoup(answer.content, "html.parser")
    tags = page.find_all(lambda tag: tag.name == "ep-evil" or tag.has_attr("onevil"))
    return list(tags)


def text_fields():
    """(model, field) of every text that a form of a desk of ours takes."""
    edited = (s for s in screens() if s.name == "edit" and s.model is not None)
    models = {s.model for s in edited if s.model._meta.app_label == "ethical_personalization"}
    return [
        (model, field)
        for model in models
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not isinstance(field, SlugField)
        if field.editable and not field.choices and field.name not in NAMES
        if (field.max_length or SHORTEST) >= SHORTEST
    ]


#: A column of two letters, such as a country's, holds no markup.
SHORTEST = 20


@pytest.fixture(scope="module")
def poisoned(told, account, segment, home, variant, question, catalogue, order):
    """A shop in which every text is evil, and a customer whom all of it concerns."""
    shopper = account("somebody")
    question.options = f"{evil('option')}\nwool"
    question.save()
    made = segment(evil("segment"), ("stated.fabric", "any_of", ["wool"]), benefit=evil("benefit"))
    definition = definition_of(made)
    SegmentPolicy.objects.update(definition=definition)
    for model, field in text_fields():
        if not model.objects.exists():
            a_row(model)
        text = evil(f"{model.__name__}.{field.name}")[: field.max_length]
        model.objects.update(**{field.name: text})
    Segment.objects.update(name=evil("segment"))
    SegmentPolicy.objects.get().save_revision()
    variant(home, made, opening=evil("variant"))
    category = catalogue.category(evil("category"))
    order(catalogue(evil("product"), categories=[category], brand=evil("brand")), on=shopper)
    shopper.groups.add(Group.objects.create(name=evil("group")[:150]))
    shopper.first_name = evil("first")[:150]
    shopper.save()
    client = told(shopper)
    Feedback.objects.update(subject=client.subject, words=evil("Feedback.words"))
    client.get("/", headers={"referer": "http://<ep-evil onevil=1>.example/"})
    return client


@pytest.fixture(scope="module")
def hers(poisoned):
    """Each page of ours that she reaches."""
    return pages_of(poisoned)


@pytest.fixture(scope="module")
def forms(hers):
    return [form for page in hers for form in forms_of(page)]


def assert_harmless(answers, *seen):
    found = ""
    for answer in answers:
        if answer.headers["Content-Type"] == "application/json":
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            continue
        assert injected(answer) == [], answer.request["PATH_INFO"]
        found += unescape(answer.content.decode())
    missing = [name for name in seen if evil(name)[: len(name) + 3] not in found]
    assert not missing


def test_texts_on_shoppers_pages_stay_texts(poisoned, hers):
    told = [f"Purpose.{field}" for field in ("title", "benefit", "data", "recipients")]
    asked = [f"PreferenceQuestion.{field}" for field in ("title", "help_text")]
    answers = [Client().get("/"), poisoned.get("/"), *hers]
    said = ["Feedback.words", "Feedback.answer"]
    assert_harmless(answers, *told, *asked, *said, "option", "category", "variant", "group")


def poisoned_row(holding, lookup, value):
    """A row of hers in which every text that she reads is evil; yields their names."""
    row = a_row_at(holding.model_class, lookup, value)
    for field in holding.model_class._meta.concrete_fields:
        name = f"{holding.model}.{field.name}"
        is_text = isinstance(field, CharField | TextField) and not field.choices
        if not is_text or field.name not in holding.told or lookup.startswith(field.name):
            continue
        if (field.max_length or 100) < len(name) + 3 or field.name == "phone_number":
            continue
        text = evil(name)[: field.max_length]
        holding.model_class._default_manager.filter(pk=row.pk).update(**{field.name: text})
        if not isinstance(field, UppercaseCharField):  # it would be looked for in vain
            yield name


OF_ACCOUNT = [holding for holding in HOLDINGS if holding.of_account]
OF_GUEST = [holding for holding in HOLDINGS if holding.of_guest]
WRITTEN = {
    "address.UserAddress.notes",
    "reviews.ProductReview.body",
    "wishlists.WishList.name",
}


def test_texts_of_a_shopper_on_the_page_of_her_data_stay_texts(account):
    shopper, client = account("writer"), Client()
    client.force_login(shopper, backend=BACKEND)
    names = [n for h in OF_ACCOUNT for n in poisoned_row(h, h.of_account, shopper.pk)]
    assert set(names) > WRITTEN
    assert_harmless([client.get("/preferences/your-data/")], *names)


def test_texts_of_a_guest_on_the_page_of_her_data_stay_texts():
    address = "guest@example.com"
    names = [n for h in OF_GUEST for n in poisoned_row(h, h.of_guest, address)]
    order = get_model("order", "Order").objects.filter(guest_email=address).first()
    page = Client().get(f"/preferences/your-data/guests/{make_token(order.pk)}/")
    assert "order.OrderNote.message" in names
    assert_harmless([page], *names)


def test_texts_on_pages_that_ask_once_more_stay_texts(poisoned, forms):
    answers = [copy_of(poisoned).post(form.action, form.body) for form in forms]
    assert_harmless(answers, "Purpose.title", "option")


def test_texts_on_every_screen_of_the_desk_stay_texts(poisoned, superuser, home):
    client = Client()
    client.force_login(superuser, backend=BACKEND)
    policy = SegmentPolicy.objects.get()
    known = {"segment_id": policy.segment_id, "page_id": home.pk}
    written = [f"{model.__name__}.{field.name}" for model, field in text_fields()]
    assert len(written) >= 8
    answers = [client.get(screen.path(known)) for screen in screens()]
    answers += [client.get(f"/?segment={policy.segment_id}"), client.get("/admin/")]
    html = [answer for answer in answers if "html" in answer.headers.get("Content-Type", "")]
    assert_harmless(html, *written, "segment")


def test_texts_in_messages_of_the_desk_stay_texts(poisoned, superuser):
    client = Client()
    client.force_login(superuser, backend=BACKEND)
    purpose, policy = Purpose.objects.first(), SegmentPolicy.objects.get()
    edited = client.get(f"/admin/personalization/purposes/edit/{purpose.pk}/")
    answers = [
        client.post(edited.request["PATH_INFO"], fields_of(edited), follow=True),
        client.post(f"/admin/personalization/segments/delete/{policy.pk}/", follow=True),
        client.post(f"/admin/personalization/segments/unpublish/{policy.pk}/", follow=True),
    ]
    assert_harmless(answers, "Purpose.title")


@pytest.mark.parametrize("path", ["/", "/preferences/"])
def test_texts_in_addresses_stay_texts(poisoned, path):
    asked = dict.fromkeys(("ep-saved", "ep-normal", "segment", "next", "q", EVIL), EVIL)
    assert_harmless([client.get(path, asked) for client in (Client(), poisoned)])


@pytest.mark.parametrize("path", ["/", "/preferences/"])
def test_texts_in_headers_stay_texts(poisoned, path):
    for names in (("referer", "user-agent", "accept-language"), ("host",)):
        assert_harmless([poisoned.get(path, headers=dict.fromkeys(names, EVIL))])


def test_texts_in_a_form_that_is_refused_stay_texts(poisoned, forms):
    """Forms of one address that have the same fields differ in values only: one of them is sent."""
    for form in {(form.action, *sorted(form.data)): form for form in forms}.values():
        for name in form.data:
            for headers in (SAME_ORIGIN, {}):
                sent = {**form.body, name: EVIL, "next": "/" + EVIL}
                assert_harmless([copy_of(poisoned).post(form.action, sent, headers=headers)])


def test_answers_for_scripts_are_never_taken_for_pages(poisoned, forms):
    for form in forms:
        headers = {"accept": "application/json"}
        answer = copy_of(poisoned).post(form.action, form.body, headers=headers)
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_policy_of_the_sandbox_stops_what_would_slip_through(poisoned, hers):
    for page in (poisoned.get("/"), *hers):
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        parsed = BeautifulSoup(page.content, "html.parser")
        assert not [s for s in parsed("script") if not s.get("src") and s.get("type") is None]
