"""What she says on the spot: kept at once, undone to what was, never about anybody else."""

import pytest

from ethical_personalization.models import ConsentEvent, Purpose, SealedRecord, Subject
from ethical_personalization.shopper import instructions
from ethical_personalization.shopper.instructions import Part, leave_out
from ethical_personalization.shopper.vault import open_record
from ethical_personalization.testing import as_a_new_worker, consent_given
from tests.personalization.conftest import catalogue, order  # noqa: F401 - fixtures

from .visitor import SAME_ORIGIN, Visitor

pytestmark = pytest.mark.django_db
CONTROL = "/preferences/control/"


def send(client, control, value, **more):
    return client.post(CONTROL, {"control": control, "value": value, **more}, headers=SAME_ORIGIN)


def kept(subject):
    return dict(open_record(subject.pk, "instructions"))


@pytest.fixture
def dress(catalogue):  # noqa: F811
    dresses = catalogue.category("Dresses")
    return catalogue("Dress", brand="Atelier", style="romantic", categories=[dresses])


@pytest.fixture
def subject(client):
    return consent_given(client, answers={"styles": ["romantic"]})


@pytest.mark.parametrize(
    ("control", "undo", "value_of"),
    [
        ("hide", "show", lambda product: product.pk),
        ("less", "as-before", lambda product: product.pk),
        ("mute-brand", "unmute-brand", lambda product: "Atelier"),
        ("mute-category", "unmute-category", lambda product: product.categories.get().pk),
    ],
)
def test_control_is_kept_sealed_and_undone_to_exactly_what_was(
    client, subject, dress, control, undo, value_of
):
    leave_out(subject.pk, Part.EXCLUDED, "orders.count", now=subject.created_at)
    before, value = kept(subject), value_of(dress)
    assert send(client, control, value).status_code == 302
    as_a_new_worker()
    assert kept(subject) != before
    assert b'{"' not in bytes(SealedRecord.objects.get(name="instructions").ciphertext)
    send(client, undo, value)
    assert kept(subject) == before


def test_double_click_counts_once_and_from_the_first_time(client, subject, dress):
    send(client, "hide", dress.pk)
    first = kept(subject)
    send(client, "hide", dress.pk)
    assert kept(subject) == first


def test_two_tabs_that_disagree_end_with_what_was_said_last(client, subject, dress):
    send(client, "less", dress.pk)
    send(client, "hide", dress.pk)
    send(client, "as-before", dress.pk)
    assert set(kept(subject)) == {"hidden"}
    send(client, "as-before", dress.pk)
    assert set(kept(subject)) == {"hidden"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"control": "hide"},
        {"value": "1"},
        {"control": "nonsense", "value": "1"},
        {"control": "hide", "value": "987654321"},
        {"control": "hide", "value": "9" * 40},
        {"control": "hide", "value": "-1"},
        {"control": "hide", "value": "٣"},
        {"control": "mute-brand", "value": "Nobody’s"},
        {"control": "mute-category", "value": "x"},
        {"control": "leave-out", "value": "1"},
        {"control": "off", "value": "stated nonsense"},
        {"control": "off", "value": "\0"},
        {"control": "hide", "value": "x" * 600},
    ],
)
def test_form_about_nothing_that_there_is_is_told_so(client, subject, body):
    response = client.post(CONTROL, body, headers=SAME_ORIGIN)
    assert response.status_code == 400
    assert kept(subject) == {}
    assert ConsentEvent.objects.count() == 1


def test_order_line_of_somebody_else_is_none(client, user, dress, order, django_user_model):  # noqa: F811
    client.force_login(user)
    subject = consent_given(client, "orders")
    other = django_user_model.objects.create_user("other", "other@example.com", "x")
    line = order(dress, on=other).lines.get()
    assert send(client, "leave-out", line.pk).status_code == 400
    assert kept(subject) == {}


def test_visitor_without_subject_has_nothing_to_leave_out(client, dress):
    response = send(client, "hide", dress.pk)
    assert response.status_code == 400
    assert b"Nothing is used about you" in response.content
    assert not Subject.objects.exists()
    assert not response.cookies


def test_more_than_can_be_kept_is_refused_and_loses_nothing(
    client,
    subject,
    dress,
    catalogue,  # noqa: F811
    monkeypatch,
):
    monkeypatch.setattr(instructions, "MAX_ENTRIES", 1)
    send(client, "hide", dress.pk)
    before = kept(subject)
    assert send(client, "hide", catalogue("Other").pk).status_code == 409
    assert kept(subject) == before


def test_less_of_what_is_in_no_list_of_hers_is_told_so(client, catalogue, subject):  # noqa: F811
    sporty = catalogue("Sporty", style="sporty")
    response = send(client, "less", sporty.pk)
    assert response.status_code == 400
    assert kept(subject) == {}


def test_form_that_no_browser_vouches_for_is_asked_once_more(client, subject, dress):
    visitor = Visitor(client)
    body = {"control": "hide", "value": dress.pk, "next": "/shop/"}
    visitor._reads(client.post(CONTROL, body))
    assert visitor.response.status_code == 409
    assert kept(subject) == {}
    visitor.presses("Hide this product", headers={})
    assert visitor.response["Location"] == "/shop/?ep-saved=hidden"
    assert set(kept(subject)) == {"hidden"}


def test_off_takes_back_what_it_names_and_nothing_else(client, dress):
    consent_given(client, "stated", "browsing")
    response = send(client, "off", "stated", next="/shop/")
    assert response.status_code == 200
    assert "Switched off for good." in response.text
    assert 'href="/shop/"' in response.text
    said = [
        (event.purpose_version.purpose.key, event.status) for event in ConsentEvent.objects.all()
    ]
    assert said[-1] == ("stated", "withdrawn")
    assert ("browsing", "withdrawn") not in said
    assert Purpose.objects.filter(key="stated").exists()


def test_center_lists_what_is_left_out_and_takes_it_back(client, subject, dress):
    visitor = Visitor(client)
    send(client, "hide", dress.pk)
    send(client, "mute-brand", "Atelier")
    visitor.opens()
    listed = visitor.page.find(id="muted").get_text(" ")
    assert "Dress" in listed
    assert "Atelier" in listed
    visitor.presses("Show it again: Dress").follows()
    assert set(kept(subject)) == {"brand"}
    visitor.presses("Use it again: Atelier").follows()
    assert visitor.page.find(id="muted") is None


def test_deleted_product_is_named_gracefully_and_can_be_taken_back(client, subject, dress):
    visitor = Visitor(client)
    send(client, "hide", dress.pk)
    dress.delete()
    visitor.opens()
    assert "Something that is no longer in the shop" in visitor.page.find(id="muted").get_text()
    visitor.presses("Show it again", within="#muted").follows()
    assert kept(subject) == {}


def test_page_of_a_product_says_what_was_said_of_it(client, subject, dress):
    visitor = Visitor(client)
    visitor.opens(f"/preferences/products/{dress.pk}/")
    visitor.presses("Mute this category: Dresses").follows()
    assert "You told us so." in visitor.text
    visitor.presses("Use it again: Dresses").follows()
    assert kept(subject) == {}


def test_page_of_a_product_that_is_gone_says_so(client, subject):
    assert client.get("/preferences/products/987654321/").status_code == 404


def test_order_line_is_left_out_on_its_page_and_used_again(client, user, dress, order):  # noqa: F811
    client.force_login(user)
    subject = consent_given(client, "orders")
    order(dress)
    visitor = Visitor(client).opens("/preferences/order-lines/")
    visitor.presses("Don’t use this order line").follows()
    assert "Not used, as you told us." in visitor.text
    visitor.presses("Use it again").follows()
    assert kept(subject) == {}


def test_order_lines_are_not_read_without_her_yes(client, user, dress, order):  # noqa: F811
    client.force_login(user)
    consent_given(client, "stated")
    order(dress)
    page = client.get("/preferences/order-lines/").content.decode()
    assert "demo-0" not in page
    assert "nothing rests on them" in page


def test_instructions_are_in_her_export(client, subject, dress):
    send(client, "hide", dress.pk)
    exported = client.post(
        "/preferences/your-data/download/", {"do": "download"}, headers=SAME_ORIGIN
    ).json()
    (record,) = [each for each in exported["records"] if each["name"] == "instructions"]
    assert str(dress.pk) in record["content"]["hidden"]
