"""What only a database with several writers and strict transactions can show."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from ethical_personalization.core.registry import facts
from ethical_personalization.models import ConsentEvent, ConsentMethod, Purpose, Subject
from ethical_personalization.personalization.arrow import decide
from ethical_personalization.shopper.chains import first_broken_event
from ethical_personalization.shopper.ledger import Occasion, record_answers
from ethical_personalization.shopper.vault import change_record, open_record
from ethical_personalization.testing import consent_given
from tests.preferences.visitor import SAME_ORIGIN

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
WRITERS = 4


def at_once(write):
    """Call ``write`` with 0, 1, … from as many threads, all at the same moment."""
    barrier = Barrier(WRITERS)

    def start(number):
        try:
            barrier.wait(timeout=10)
            write(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(start, range(WRITERS)))


def test_choices_made_at_once_form_one_chain():
    subject, keys = Subject.objects.create(), list(Purpose.objects.values_list("key", flat=True))
    site = Site.objects.get()

    def choose(number):
        occasion = Occasion(
            site=site, language="en", method=ConsentMethod.API, words={}, now=timezone.now()
        )
        record_answers(subject, {keys[number]: True}, occasion)

    at_once(choose)
    assert ConsentEvent.objects.filter(subject=subject).count() == WRITERS
    assert first_broken_event(subject) is None


def test_changes_made_at_once_are_all_kept():
    subject = Subject.objects.create()
    at_once(
        lambda number: change_record(
            subject.pk, "notes", lambda record: {**record, str(number): True}
        )
    )
    assert set(open_record(subject.pk, "notes")) == {"0", "1", "2", "3"}


@pytest.mark.parametrize("is_atomic", [False, True], ids=["autocommit", "atomic-requests"])
def test_first_yes_sent_by_a_browser_several_times_at_once_makes_one_subject(
    client, monkeypatch, is_atomic
):
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", is_atomic)
    page = BeautifulSoup(client.get("/preferences/").content, "html.parser")
    form = page.select_one("form:has(input[name=key]):has([value=all])")
    sent = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    answers = {}

    def send(number):
        connection.settings_dict["ATOMIC_REQUESTS"] = is_atomic
        answers[number] = Client().post(
            "/preferences/choices/", sent | {"answer": "all"}, headers=SAME_ORIGIN
        )

    at_once(send)
    assert {response.status_code for response in answers.values()} == {302}
    carried = {response.cookies["ep_choices"].value.split(":")[0] for response in answers.values()}
    assert len(carried) == Subject.objects.count() == 1
    events = ConsentEvent.objects.values_list("purpose_version__purpose", flat=True)
    assert len(events) == len(set(events)) == Purpose.objects.count()
    assert first_broken_event(Subject.objects.get()) is None


def test_failed_query_of_a_decision_leaves_the_transaction_usable(rf, client):
    consent_given(client, "orders")
    request = rf.get("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}

    def rules(read):
        connection.cursor().execute("SELECT * FROM no_such_table")

    with transaction.atomic():
        assert not decide(request, "corner", rules).decision.is_personal
        assert Subject.objects.count() == 1


def test_fact_whose_query_fails_leaves_the_preference_center_whole(client):
    consent_given(client, "orders")

    def fail(source):
        connection.cursor().execute("SELECT * FROM no_such_table")

    with facts.temporarily(replace(facts.get("orders.count"), reader=fail)):
        response = client.get("/preferences/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "Categories you bought from" in page
    assert "be read at the moment" in page


BROKEN = [
    "ethical_personalization.models.freshness.ask_fingerprints",
    "ethical_personalization.shopper.shopper.known_by_pseudonym",
    "ethical_personalization.shopper.shopper.read_box",
    "ethical_personalization.personalization.variants._original_url",
    "ethical_personalization.personalization.segments.plan_of",
    "ethical_personalization.personalization.variants.count_visit",
]


@pytest.mark.parametrize("place", BROKEN)
def test_query_that_fails_on_the_way_leaves_the_page_whole(client, boutique, monkeypatch, place):
    consent_given(client, "orders", "browsing")

    def fail(*args, **kwargs):
        connection.cursor().execute("SELECT * FROM no_such_table")

    monkeypatch.setattr(place, fail)
    response = client.get("/")
    assert response.status_code == 200
    assert "Clothes for a long while" in response.content.decode()
