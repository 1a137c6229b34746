"""A fact whose reader never comes back holds up the page that asked, and no later one."""

import threading
import time
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client

from ethical_personalization.core import patience
from ethical_personalization.core.registry import facts

# On SQLite the sandbox's pages wait for each other: one transaction at a time.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hanging_page(home, romantic, variant, client, allow, monkeypatch):
    """A page of the shopper, in another thread, whose rule asks a reader that hangs."""
    monkeypatch.setattr(patience, "LIMIT_SECONDS", 0.1)
    variant(home, romantic, "Ruffles for you")
    allow(client, "stated", styles=["romantic"])
    other, may_end, has_begun = Client(), threading.Event(), threading.Event()
    other.cookies = client.cookies

    def hang(source):
        has_begun.set()
        may_end.wait(20)

    def open_and_close():
        other.get("/")
        connection.close()

    page = threading.Thread(target=open_and_close)
    with facts.temporarily(replace(facts.get("stated.styles"), reader=hang)):
        page.start()
        assert has_begun.wait(10)
        time.sleep(patience.LIMIT_SECONDS)
        yield page
        may_end.set()
        page.join()


def test_later_page_is_the_default_and_quick_while_a_reader_hangs(hanging_page, client):
    started = time.monotonic()
    response = client.get("/")
    assert response.status_code == 200
    assert "For everybody" in response.content.decode()
    assert time.monotonic() - started < 1
    assert hanging_page.is_alive()
