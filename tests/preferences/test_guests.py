"""Guests get a link to the address of their order, and nobody learns which addresses there are."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from oscar.core.loading import get_model

from ethical_personalization.models import DataRequest, Erasure
from ethical_personalization.shopper import guests
from ethical_personalization.shopper.holdings import HOLDINGS
from tests.filling import a_row, a_row_at

from .visitor import SAME_ORIGIN, Visitor

pytestmark = pytest.mark.django_db
FORM = "/preferences/your-data/guests/"
LINK = f"{FORM}link/"
ADDRESS = "guest@example.com"
OF_GUEST = {holding.model: holding for holding in HOLDINGS if holding.of_guest}


def a_row_of(model, address=ADDRESS):
    holding = OF_GUEST[model]
    return a_row_at(holding.model_class, holding.of_guest, address)


@pytest.fixture
def order(db):
    return a_row_of("order.Order")


#: An address on the internet: those of a private network are not counted.
SOMEWHERE = "9.9.9.9"


@pytest.fixture
def ask(client, django_capture_on_commit_callbacks):
    """Send the form, and whatever is sent after the transaction."""

    def send(email, headers=SAME_ORIGIN):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(LINK, {"email": email}, headers=headers, REMOTE_ADDR=SOMEWHERE)

    return send


@pytest.fixture
def opened(visitor, order, ask):
    """The page behind the link in the e-mail."""
    ask(ADDRESS)
    return visitor.opens(re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1])


def test_answer_is_the_same_for_known_and_unknown_addresses(ask, order):
    known, unknown = ask(ADDRESS), ask("nobody@example.com")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.content == unknown.content
    assert [sent.to for sent in mail.outbox] == [[ADDRESS]]


def test_link_goes_to_the_address_of_the_order_and_not_to_the_one_that_was_typed(ask, order):
    ask("GUEST@EXAMPLE.COM")
    assert mail.outbox[0].to == [ADDRESS]


def test_address_of_an_account_gets_no_link(ask, user):
    holding = OF_GUEST["order.Order"]
    a_row_at(holding.model_class, holding.of_account, user.pk)
    ask(user.email)
    assert mail.outbox == []


def test_mail_says_who_asked_for_what_and_names_no_data(ask, order):
    ask(ADDRESS)
    assert "Somebody, probably you, asked" in mail.outbox[0].body
    assert "24 hours" in mail.outbox[0].body
    assert ADDRESS not in mail.outbox[0].body


def test_shop_can_reword_the_mail_as_any_other_of_oscars(ask, order):
    get_model("communication", "CommunicationEventType").objects.create(
        code=guests.EVENT_CODE,
        name="Link for guests",
        email_subject_template="Own words",
        email_body_template="Here: {{ path }}",
    )
    ask(ADDRESS)
    assert mail.outbox[0].subject == "Own words"
    assert mail.outbox[0].body.startswith("Here: /preferences/your-data/guests/")


def test_second_mail_has_to_wait(ask, order):
    for _time in range(3):
        assert ask(ADDRESS).status_code == 302
    assert len(mail.outbox) == 1


def test_many_addresses_from_one_place_are_too_many(ask):
    codes = [ask(f"guest{number}@example.com").status_code for number in range(11)]
    assert codes == [302] * 10 + [429]


def test_cache_holds_no_address(ask, order, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    ask(ADDRESS)
    held = str(dict(cache._cache))
    assert "ep-often-link" in held  # the count of what came from her network
    assert ADDRESS not in held


def test_addresses_are_not_logged(ask, order, caplog):
    caplog.set_level("DEBUG")
    ask(ADDRESS)
    assert ADDRESS not in caplog.text


@pytest.mark.parametrize("email", ["", "no address", "a@b\n.example", "x" * 300 + "@example.com"])
def test_what_is_no_address_is_refused_on_the_spot(ask, email):
    response = ask(email)
    assert response.status_code == 400
    assert mail.outbox == []


def test_form_that_no_browser_vouches_for_is_asked_again(ask, order):
    assert ask(ADDRESS, headers={"sec-fetch-site": "cross-site"}).status_code == 409
    assert mail.outbox == []


def test_link_shows_the_order_and_what_else_is_kept_with_the_address(opened, order):
    assert opened.response.status_code == 200
    assert order.number in opened.text
    assert "Your orders" in opened.text


def test_link_tells_no_other_page_about_itself(opened):
    assert opened.response["Referrer-Policy"] == "same-origin"
    assert "no-store" in opened.response["Cache-Control"]


def test_link_does_not_show_orders_of_other_guests(opened):
    other = a_row_of("order.Order", "other@example.com")
    opened.opens(opened.response.request["PATH_INFO"])
    assert other.number not in opened.text


def test_guest_takes_the_data_along(opened, order):
    opened.presses("Download my data")
    document = opened.response.json()
    tables = {table["table"]: table["rows"] for table in document["tables"]}
    assert tables["order.Order"][0]["number"] == order.number
    assert "facts" not in document
    assert DataRequest.objects.get().channel == "guest"


def test_guest_erases_what_does_not_belong_to_orders(opened, order):
    alert = a_row_of("customer.ProductAlert")
    opened.presses("Erase what does not belong to the orders")
    assert opened.response.status_code == 409
    assert type(alert).objects.filter(pk=alert.pk).exists()
    opened.presses("Erase").follows()
    assert "Only what belongs to your orders is still here." in opened.text
    assert not type(alert).objects.filter(pk=alert.pk).exists()
    assert type(order).objects.filter(pk=order.pk).exists()
    Erasure.objects.update(due_at=timezone.now())
    call_command("enforce_retention")
    assert not Erasure.objects.exists()
    assert DataRequest.objects.get().done_on is not None
    opened.presses("Undo the erasure")  # of a page that was open all the time
    assert opened.response.status_code == 400
    assert not type(alert).objects.exists()


def test_guest_undoes_an_erasure_with_a_link_of_her_own(opened, order):
    review, alert = a_row_of("reviews.ProductReview"), a_row_of("customer.ProductAlert")
    votes = a_row(get_model("reviews", "Vote"), review=review)
    product = a_row(get_model("catalogue", "Product"))
    a_row(type(alert), email=ADDRESS, product=product)
    page = opened.response.request["PATH_INFO"]
    for _time in range(2):  # a second tab
        tab = Visitor(opened.client).opens(page)
        tab.presses("Erase what does not belong to the orders").presses("Erase")
    assert Erasure.objects.count() == DataRequest.objects.count() == 1
    assert ADDRESS not in str(Erasure.objects.values())
    assert not type(alert).objects.exists()
    opened.opens(page)
    assert "Nothing of it is used since then." in opened.text
    assert order.number in opened.text
    product.delete()  # what an alert was about can't be there again
    opened.presses("Undo the erasure").follows()
    assert "What had your address is here again." in opened.text
    assert [each.key for each in type(alert).objects.all()] == [alert.key]
    assert type(votes).objects.get().review == review
    assert not Erasure.objects.exists()
    assert DataRequest.objects.get().done_on is not None
    assert not opened.page.find("button", value="undo")


def test_forged_link_opens_nothing(client, order):
    for token in ("nonsense", str(order.pk), signing.dumps(order.pk, salt="another")):
        assert client.get(f"{FORM}{token}/").status_code == 404


def test_link_runs_out(client, order, monkeypatch):
    token = guests.make_token(order.pk)
    assert client.get(f"{FORM}{token}/").status_code == 200
    monkeypatch.setattr(guests, "LINK_HOLDS", timedelta(seconds=-1))
    assert client.get(f"{FORM}{token}/").status_code == 404


def test_link_opens_nothing_once_the_order_belongs_to_an_account(client, order, user):
    type(order).objects.update(user=user)
    assert client.get(f"{FORM}{guests.make_token(order.pk)}/").status_code == 404
