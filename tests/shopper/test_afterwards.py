"""What nobody waits for is done once a response was sent, whatever became of the response."""

import pytest
from django.db import DatabaseError
from django.http import HttpResponse

from ethical_personalization.shopper.afterwards import after_response
from ethical_personalization.shopper.vault import open_record
from ethical_personalization.testing import consent_given


def replacing(get_response):
    """A middleware that answers anew, as Django's own does where nothing was modified."""

    def answer(request):
        get_response(request)
        return HttpResponse("Replaced.")

    return answer


def test_work_waits_until_the_request_is_closed_and_keeps_its_order(rf):
    request, done = rf.get("/"), []
    after_response(request, lambda: done.append(1), what="first")
    after_response(request, lambda: done.append(2), what="second")
    assert done == []
    request.close()
    assert done == [1, 2]


def test_work_that_fails_stops_no_other_and_is_logged_without_its_message(rf, caplog):
    request, done = rf.get("/"), []

    def fail():
        raise DatabaseError("Dresses")

    after_response(request, fail, what="first")
    after_response(request, lambda: done.append(2), what="second")
    request.close()
    assert done == [2]
    assert "what=first" in caplog.text
    assert "Dresses" not in caplog.text


@pytest.mark.django_db
def test_view_is_recorded_though_a_middleware_replaces_the_response(
    client, home, catalogue, settings
):
    settings.MIDDLEWARE = ["tests.shopper.test_afterwards.replacing", *settings.MIDDLEWARE]
    subject, coats = consent_given(client, "browsing"), catalogue.category("Coats")
    assert client.get(coats.get_absolute_url()).content == b"Replaced."
    assert list(open_record(subject.pk, "browsing")["categories"]) == [str(coats.pk)]
